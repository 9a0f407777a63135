import { addMessage } from "../../../src/chat/queries.ts";
import { record } from "../../summaries/recording.ts";
import { storeDocument } from "../../labs/stored_report.ts";
import type { World } from "../../support/world.ts";
import { addLab, addSymptom, openSession } from "../turn.ts";
import type { Attack } from "./attacks_table.ts";

/** A person with a critical potassium and a headache, and the attack's text where it says, by the doors of the product. */
export async function plant(world: World, { place, text }: Attack): Promise<{ id: string; user_id: string }> {
  const session = await openSession(world);
  const { user_id } = session;
  const day = "2026-03-13";
  const potassium = { value: 6.9, unit: "mmol/L", recorded_at: day, reference_min: 3.5, reference_max: 5.1 };
  await addLab(world, user_id, { ...potassium, test_name: "Potassium" });
  const symptom = { recorded_at: `${day}T08:00:00+01:00` };
  const source = {
    provider: "apple" as const,
    source: "watch",
    device_model: place === "device_name" ? text : "Watch6,2",
  };
  await record(world, user_id, (diary) => {
    diary.sample(source, "steps", `${day}T09:00:00+01:00`, 900, 600);
    if (place !== "custom_series") return;
    const at = Date.parse(`${day}T09:00:00Z`);
    diary.batch.addSample(diary.batch.addCustomSeries(text, "1"), diary.batch.addSource(source), at, 1, 0, 60);
  });
  switch (place) {
    case "symptom_note":
      await addSymptom(world, user_id, { ...symptom, notes: text });
      break;
    case "symptom_trigger":
      await addSymptom(world, user_id, { ...symptom, triggers: text.split(" | ") });
      break;
    case "symptom_type":
      await addSymptom(world, user_id, { ...symptom, symptom_type: text });
      break;
    case "lab_name":
      await addLab(world, user_id, { test_name: text, value: 4, recorded_at: day });
      break;
    case "lab_unit":
      await addLab(world, user_id, { test_name: "Zinc", value: 4, unit: text, recorded_at: day });
      break;
    case "document_text":
      await storeDocument(world, [[`Letter about the headache. ${text.replaceAll("\n", " ")}`]], {
        user_id,
        title: "Letter",
      });
      break;
    case "history": {
      // A look-up as it was stored before texts were withheld.
      const result = JSON.stringify({ entries: [{ symptom_type: "headache", severity: 4, notes: text }] });
      const tool_calls = [{ tool: "get_symptom_timeline", arguments: {}, result }];
      await addMessage(world.ctx.database, session.id, { role: "user", content: "Hi", metadata: null, title: null });
      await addMessage(world.ctx.database, session.id, {
        role: "assistant",
        content: "Hello.",
        metadata: { tool_calls },
        title: null,
      });
      break;
    }
    default:
      break;
  }
  return session;
}
