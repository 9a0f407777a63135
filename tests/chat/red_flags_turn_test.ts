import assert from "node:assert/strict";
import { noticeWords } from "../../src/chat/notice_words_table.ts";
import { type OllamaRequest, startOllama, type Step, text, toolCall, toolCalls } from "../support/ollama.ts";
import { openWorld } from "../support/world.ts";
import { addLab, addSymptom, ask, openSession, words } from "./turn.ts";

/** What cannot wait is told to the model and by the answer, whichever tool found it, and to whom it applies. */

const english = noticeWords.en;
const now = () => new Date("2026-03-14T12:00:00Z");
let call: readonly [string, Record<string, unknown>] = ["", {}];

/** Looks up what the test wants, then says nothing of it. */
function careless({ messages }: OllamaRequest): readonly Step[] {
  return messages.at(-1)?.role === "tool" ? text("I looked it up for you, and that is all.") : toolCall(...call);
}

Deno.test("a critical value is told by every tool that carries it, with the person's age considered", async () => {
  await using ollama = await startOllama(careless);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url }, now);
  const session = await openSession(world);
  const { user_id } = session;
  const potassium = { test_name: "Potassium", unit: "mmol/L" };
  await addLab(world, user_id, { ...potassium, value: 4.2, recorded_at: "2026-02-01" });
  await addLab(world, user_id, { ...potassium, value: 6.9, recorded_at: "2026-03-13" });
  await addSymptom(world, user_id, { symptom_type: "dizziness", recorded_at: "2026-03-12T08:00:00+01:00" });
  await addSymptom(world, user_id, { symptom_type: "dizziness", recorded_at: "2026-03-13T08:00:00+01:00" });
  const born = (birth_date: string | null) =>
    world.json(`/users/${user_id}/personal-record`, { method: "PATCH", json: { birth_date } });
  const told = async () => {
    const frames = await ask(world, session.id, "What can you find?");
    const result = frames.find((frame) => frame.type === "tool_result");
    assert.ok(result !== undefined);
    return { alerts: JSON.parse(result.result).alerts, answer: words(frames) };
  };
  const calls: readonly (typeof call)[] = [
    ["get_recent_labs", { days: 60 }],
    ["get_lab_trend", { test_name: "Potassium", months: 3 }],
    ["get_daily_summary", { date: "2026-03-13" }],
    ["find_extremes", { metric: "lab:Potassium", order: "highest", days: 60 }],
    ["compare_periods", { metric: "lab:Potassium", days: 20 }],
  ];
  for (call of calls) {
    await born("1980-05-01");
    const adult = await told();
    assert.deepEqual(
      adult.alerts?.map((
        { about, value, urgency, limits }: Record<string, unknown>,
      ) => [about, value, urgency, limits]),
      [["Potassium", 6.9, "emergency", undefined]],
      call[0],
    );
    assert.ok(adult.answer.endsWith(english.emergency), call[0]);
    await born(null);
    const unknown = await told();
    assert.match(unknown.alerts?.[0]?.limits, /age is not on record/, call[0]);
    assert.ok(unknown.answer.includes(english.adultLimits) && unknown.answer.endsWith(english.emergency), call[0]);
    await born("2016-01-01");
    const child = await told();
    assert.equal(child.alerts?.[0]?.urgency, "soon", call[0]);
    assert.ok(child.answer.includes(english.childLimits) && child.answer.endsWith(english.soon), child.answer);
  }
});

Deno.test("a newer normal value ends an alarm, also where only the highest are told", async () => {
  await using ollama = await startOllama(careless);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url }, now);
  const session = await openSession(world);
  const potassium = { test_name: "Potassium", unit: "mmol/L" };
  await addLab(world, session.user_id, { ...potassium, value: 6.9, recorded_at: "2026-03-01" });
  await addLab(world, session.user_id, { ...potassium, value: 4.2, recorded_at: "2026-03-13" });
  call = ["find_extremes", { metric: "lab:Potassium", order: "highest", count: 1, days: 60 }];
  const frames = await ask(world, session.id, "What was my highest potassium?");
  assert.doesNotMatch(JSON.stringify(frames), /alerts|right away/);
});

Deno.test("a result printed as a bound is an alarm when the bound alone decides", async () => {
  await using ollama = await startOllama(careless);
  await using world = await openWorld({ OLLAMA_HOST: ollama.url }, now);
  const session = await openSession(world);
  await addLab(world, session.user_id, {
    test_name: "Platelets",
    value_text: "<10",
    unit: "10^9/L",
    recorded_at: "2026-03-13",
  });
  call = ["get_recent_labs", { days: 60 }];
  const answer = words(await ask(world, session.id, "What can you find?"));
  assert.match(answer, /Platelets <10 10\^9\/L \(2026-03-13\): very low\./);
  assert.ok(answer.endsWith(english.emergency));
});

Deno.test("a critical value that a cut result leaves out is told all the same", async () => {
  await using ollama = await startOllama(({ messages }) =>
    messages.at(-1)?.role === "tool" ? text("All is well.") : toolCalls(...Array.from({ length: 8 }, () => call))
  );
  await using world = await openWorld({ OLLAMA_HOST: ollama.url }, now);
  const session = await openSession(world);
  for (let day = 1; day <= 20; day++) {
    const recorded_at = `2026-03-${String(day % 12 + 2).padStart(2, "0")}`;
    await addLab(world, session.user_id, { test_name: `An invented marker, number ${day}`, value: day, recorded_at });
  }
  await addLab(world, session.user_id, {
    test_name: "Potassium",
    unit: "mmol/L",
    value: 6.9,
    recorded_at: "2026-03-01",
  });
  call = ["get_recent_labs", { days: 60 }];
  const frames = await ask(world, session.id, "Is anything wrong?");
  const shown = frames.flatMap((frame) => frame.type === "tool_result" ? [JSON.parse(frame.result)] : []);
  assert.ok(
    shown.length > 1 &&
      shown.every(({ cut, results }) => cut !== undefined && !JSON.stringify(results).includes("Potassium")),
  );
  assert.match(words(frames), /Potassium 6\.9 mmol\/L \(2026-03-01\): very high\./);
});
