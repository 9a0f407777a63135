import assert from "node:assert/strict";
import { ImportFailure } from "../../src/imports/import_failure.ts";
import { appleExportText } from "../support/apple_export.ts";
import { readElements, readExport, record, sampleTexts } from "../support/apple_batch.ts";

const stored = ({ batch, counts }: ReturnType<typeof readExport>) => ({
  samples: batch.samples,
  sources: batch.sources,
  stages: batch.sleepStages,
  workouts: batch.workouts,
  counts,
});

Deno.test("the short way and the XML parser read the same, wherever the file is cut", () => {
  const odd = [
    record("HeartRate", "61", { unit: "count/min", sourceName: "a &amp; b &#8217;&#x41;" }),
    record("HeartRate", "62", { unit: "count/min", sourceName: "&lol;", device: "x\ty" }),
    record("HeartRate", "63", { unit: "count/min", sourceName: "a > b" }),
    record("HeartRate", "64", { unit: "count/min", syncIdentifier: "new" }),
    record("HeartRate", "65").replaceAll('"', "'"),
    ` <Record   type="HKQuantityTypeIdentifierStepCount"\n  sourceName="b" unit="count"  startDate="2026-01-16 08:00:00 +0100" endDate="2026-01-16 08:00:00 +0100" value = "7" ></Record>`,
    ` <Record type="HKQuantityTypeIdentifierHeartRateVariabilitySDNN" sourceName="b" unit="ms" startDate="2026-01-16 08:00:00 +0100" endDate="2026-01-16 08:01:00 +0100" value="51.6"><HeartRateVariabilityMetadataList><InstantaneousBeatsPerMinute bpm="62" time="7:47:41.86 AM"/></HeartRateVariabilityMetadataList></Record>`,
    `<!-- ${record("HeartRate", "66")} --><![CDATA[${record("HeartRate", "67")}]]>`,
    record("HeartRate", "68").replace("/>", `><MetadataEntry key="a/>b" value="&lt;"/>\n</Record>`),
  ].join("");
  const usual = appleExportText({ records: 400 });
  const text = usual.replace("</HealthData>", `${odd}</HealthData>`);
  const whole = stored(readExport(text));
  assert.equal(whole.samples.at.length, 408);
  assert.equal(whole.counts.noticed.xml_blemish, 1);
  // A line break is as good as a blank, and is never taken the short way.
  const parsed = stored(readExport(text.replaceAll("<Record ", "<Record\n")));
  assert.deepEqual(parsed, whole);
  for (const pieces of [1, 2, 3, 7, 64, 1_000, 4_096, 65_537]) {
    assert.deepEqual(stored(readExport(text, pieces)), whole, `in pieces of ${pieces}`);
  }
});

Deno.test("a second attempt passes over what was stored, whatever kind of element it was", () => {
  const text = appleExportText({ records: 60 }).replace(
    "</HealthData>",
    ` <Correlation type="x" sourceName="y">\n${record("HeartRate", "61", { unit: "count/min" })} </Correlation>\n` +
      `${record("HeartRate", "62", { unit: "count/min" }).replace("<Record ", "<Record\n")}</HealthData>`,
  );
  const all = readExport(text);
  const size = all.batch.size;
  let last = size;
  for (let passed = 1; passed <= all.reader.elements; passed++) {
    const rest = readExport(text, 500, passed).batch.size;
    assert.ok(rest === last || rest === last - 1, `${passed}: ${last} → ${rest}`);
    last = rest;
  }
  assert.equal(last, 0);
});

Deno.test("entities of a document type are never expanded", () => {
  const lol = Array.from({ length: 30 }, (_, level) => `<!ENTITY lol${level + 1} "${`&lol${level};`.repeat(10)}">`);
  const read = readExport(
    `<?xml version="1.0"?>\n<!DOCTYPE HealthData [\n<!ENTITY lol0 "lol">\n${lol.join("\n")}\n` +
      `<!ENTITY file SYSTEM "file:///etc/passwd">\n]>\n<HealthData>\n` +
      record("HeartRate", "61", { unit: "count/min", sourceName: "&lol30;" }) +
      record("HeartRate", "62", { unit: "count/min", sourceName: "&file;" }) +
      record("HeartRate", "&lol1;", { unit: "count/min" }) + `</HealthData>`,
  );
  assert.deepEqual(sampleTexts(read), ["heart_rate 61", "heart_rate 62"]);
  assert.deepEqual(read.batch.sources.map(({ source }) => source), ["&lol30;", "&file;"]);
  assert.equal(read.counts.skipped["invalid_value:HKQuantityTypeIdentifierHeartRate"], 1);
  assert.equal(read.counts.noticed.xml_blemish, 3);
});

const failing: Readonly<Record<string, readonly [string, RegExp]>> = {
  "a file that ends in the middle of a tag": [`<HealthData>\n${record("HeartRate", "61").slice(0, -9)}`, /ends in the/],
  "a file that ends between two records": [`<HealthData>\n${record("HeartRate", "61")}`, /ends in the middle/],
  "an empty file": ["  ", /ends in the middle/],
  "another root": ["<html><body/></html>", /not an export of Apple Health/],
  "tags that do not match": ["<HealthData><Workout></Record></HealthData>", /not well-formed/],
  "a tag inside of an attribute": [
    `<HealthData>${record("HeartRate", "61").replace("Watch", "Wat<ch")}</HealthData>`,
    /not well-formed/,
  ],
  "an attribute twice": [
    `<HealthData>${record("HeartRate", "61").replace("/>", ` value="99"/>`)}</HealthData>`,
    /not well-formed/,
  ],
  "an entity without an end": [
    `<HealthData>${record("HeartRate", "61", { sourceName: "&broken" })};</HealthData>`,
    /not well-formed/,
  ],
  "no XML at all": ["PK and so on", /not well-formed/],
  "very deep nesting": [`<HealthData>${"<a>".repeat(100)}`, /nested deeper/],
  "an endless attribute": [`<HealthData><Record value="${"1".repeat(5_000_000)}"/>`, /more than 4 MB/],
  "an endless document type": [`<!DOCTYPE HealthData [ ${" ".repeat(5_000_000)} ]><HealthData/>`, /more than 4 MB/],
  "an endless comment": [`<HealthData><!-- ${" ".repeat(5_000_000)} --></HealthData>`, /more than 4 MB/],
};

for (const [what, [text, message]] of Object.entries(failing)) {
  Deno.test(`${what} is refused in words`, () => {
    assert.throws(() => readExport(text, 65_536), (error: unknown) => {
      assert.ok(error instanceof ImportFailure, String(error));
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("control characters do no harm", () => {
  const read = readElements(record("HeartRate", "61", { sourceName: "a\u0001b", unit: "count/min" }));
  assert.deepEqual(sampleTexts(read), ["heart_rate 61"]);
  assert.equal(read.counts.noticed.xml_blemish, 1);
});
