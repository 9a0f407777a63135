/**
 * Measures the guards of the chat one by one: `deno run tests/eval/attacks.ts`. Needs no model and no database.
 *
 * Each layer meets every attack alone, as if the ones before it had failed.
 */
import { withholdInstructions } from "../../src/chat/foreign_text.ts";
import { readsLikeInstruction } from "../../src/chat/instruction.ts";
import { missingNotices } from "../../src/chat/notices.ts";
import { refusedCall } from "../../src/chat/refused_call.ts";
import { SafeAnswer } from "../../src/chat/safe_answer.ts";
import { analytes, namesOf } from "../../src/labs/analyte_catalogue.ts";
import { tools } from "../../src/tools.ts";
import { type Attack, attacks, unnoticed } from "../chat/attacks/attacks_table.ts";
import { orderTexts, ordinaryNotes } from "../chat/attacks/order_text_table.ts";
import { ordinaryTexts } from "../chat/attacks/ordinary_text_table.ts";
import { unseenOrders, unseenOrdinary } from "../chat/attacks/unseen_text_table.ts";

const print = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
const toolNames = tools.map(({ name }) => name);
const question = "How is my potassium, and how is my head?";
const potassium = { test_name: "Potassium", value: 6.9, unit: "mmol/L", recorded_at: "2026-03-13" };
const ranges = { reference_min: 3.5, reference_max: 5.1, status: "high" };
const labResult = { results: [{ ...potassium, ...ranges }] };

const entryOf = ({ text }: Attack) => ({
  entries: [{ severity: 4, planted: text.includes(" | ") ? text.split(" | ") : text }],
});

function withheld(attack: Attack): boolean {
  return withholdInstructions(entryOf(attack), toolNames).withheld > 0;
}

function refused({ order: { call }, ...attack }: Attack): boolean {
  return call !== undefined && (!toolNames.includes(call.name) ||
    refusedCall(call, { question, results: [entryOf({ order: {}, ...attack })] }) !== null);
}

function defused({ order: { say = "" } }: Attack): boolean {
  const safe = new SafeAnswer(question);
  return !/collect\.example/.test(safe.add(say) + safe.end());
}

function warned({ order: { say = "" } }: Attack): boolean {
  return missingNotices(say, { question, results: [labResult], today: "2026-03-14" }) !== null;
}

function line(name: string, tried: readonly Attack[], stops: (attack: Attack) => boolean): void {
  print(`${name.padEnd(62)}${String(tried.filter(stops).length).padStart(4)} of ${tried.length}`);
}

function share(name: string, texts: readonly string[]): void {
  const found = texts.filter((text) => readsLikeInstruction(text, toolNames) !== null).length;
  print(`${name.padEnd(62)}${String(found).padStart(4)} of ${texts.length}`);
}

const all = [...attacks, ...unnoticed];
print("Attacks stopped, each layer alone");
line("1 withheld before a model reads it", all, withheld);
line("2 dictated call refused or unknown", all.filter(({ order }) => order.call !== undefined), refused);
const withAddress = all.filter(({ order }) => /collect\.example/.test(order.say ?? ""));
line("3 dictated link or picture defused", withAddress, defused);
line("4 dropped warning put back", all.filter(({ order }) => order.say !== undefined), warned);

/** Within a page: what of it, and of the page, a model still reads. */
const [before, behind] = ["Sodium 140 mmol/L on 2026-03-13.", "Chloride 101 mmol/L on 2026-03-13."];
const asLine = ({ text }: Attack) => [before, text, behind].join("\n");
const asBrokenLines = ({ text }: Attack) => [before, text.replace(/^((?:\S+ ){4}\S+) /, "$1\n"), behind].join("\n");
const asSentence = ({ text }: Attack) => `${before} ${text}`;

function readOf(page: string): string {
  const { result } = withholdInstructions({ excerpt: page }, toolNames);
  return (result as { excerpt: string }).excerpt;
}

function leavesWords(read: string, { text }: Attack): boolean {
  const words = text.split(/\s+/).filter((word) => !/\d|mmol/.test(word));
  return words.some((_, index) => index + 3 <= words.length && read.includes(words.slice(index, index + 3).join(" ")));
}

for (
  const [name, page] of [["a line", asLine], ["broken lines", asBrokenLines], ["a sentence", asSentence]] as const
) {
  print(`\nAttacks as ${name} of a page, of those that the first layer withholds`);
  line("the line before them stays", attacks, (attack) => readOf(page(attack)).includes(before));
  line("three words of them are left", attacks, (attack) => leavesWords(readOf(page(attack)), attack));
}

print("\nTexts that the first layer withholds");
share("attacks that the patterns were written with", [...attacks.map(({ text }) => text), ...orderTexts]);
share("attacks in a doctor's words", unnoticed.map(({ text }) => text));
share("attacks written to get round the patterns", unseenOrders);
print("\nOrdinary texts that the first layer withholds by mistake");
share("those that the patterns were written with", [...Object.values(ordinaryTexts).flat(), ...ordinaryNotes]);
share("those with the words of the last attacks", unseenOrdinary);
share("names of the catalogue of laboratory tests", analytes.flatMap(namesOf));

const texts = [...Object.values(ordinaryTexts).flat(), ...orderTexts, "Potassium 6.9 mmol/L ".repeat(100)];
const passes = Array.from({ length: 8 }, () => {
  const began = performance.now();
  for (const text of texts) readsLikeInstruction(text, toolNames);
  return performance.now() - began;
});
print(
  `\n${(1000 * Math.min(...passes) / texts.join("").length).toFixed(2)} ms for 1000 characters (fastest of 8 passes)`,
);
