import { requireUser } from "../accounts/access.ts";
import type { Context } from "../platform/context.ts";
import { AppError, notFound, sqlState } from "../platform/errors.ts";
import type { Instant } from "../platform/scalars.ts";
import { requireSymptom } from "./access.ts";
import { deleteSymptom, insertSymptom, type NewSymptom, updateSymptom } from "./queries.ts";
import type { SymptomEntry } from "./table.ts";

/** Symptoms that a person notes, changes or deletes. */

export interface SymptomFields {
  readonly symptom_type: string;
  /** 0 to 10. */
  readonly severity: number;
  readonly recorded_at: Instant;
  readonly notes?: string | null | undefined;
  readonly duration_minutes?: number | null | undefined;
  readonly triggers?: readonly string[] | null | undefined;
}

export type SymptomChange = { readonly [Field in keyof SymptomFields]?: SymptomFields[Field] | undefined };

export async function createSymptom(ctx: Context, userId: string, fields: SymptomFields): Promise<SymptomEntry> {
  const { symptom_type, severity, notes = null, duration_minutes = null, triggers = null } = fields;
  const user_id = await requireUser(ctx, userId);
  try {
    return await insertSymptom(ctx.database, {
      id: crypto.randomUUID(),
      user_id,
      symptom_type,
      severity,
      notes,
      duration_minutes,
      triggers,
      ...recorded(ctx, fields.recorded_at),
    });
  } catch (error) {
    // The person was deleted between the check and the insert.
    throw sqlState(error) === "23503" ? notFound("User", userId) : error;
  }
}

/** Changes the fields that are given; null clears notes, duration and triggers. */
export async function changeSymptom(ctx: Context, id: string, change: SymptomChange): Promise<SymptomEntry> {
  const row = await requireSymptom(ctx, id);
  const { recorded_at, ...others } = change;
  const given: Partial<NewSymptom> = {
    ...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)),
    ...(recorded_at === undefined ? {} : recorded(ctx, recorded_at)),
  };
  const changed = await updateSymptom(ctx.database, row.id, given);
  if (changed === undefined) throw notFound("Symptom");
  return changed;
}

export async function removeSymptom(ctx: Context, id: string): Promise<void> {
  const row = await requireSymptom(ctx, id);
  await deleteSymptom(ctx.database, row.id);
}

/** Instant and offset; without one it was UTC. A day ahead is allowed, for clocks that are wrong. */
function recorded(ctx: Context, { at, zone_offset }: Instant): { recorded_at: Date; zone_offset: string } {
  if (at.getTime() > ctx.clock().getTime() + 86_400_000) {
    const message = "recorded_at must not be in the future";
    throw new AppError("invalid_input", message, { issues: [{ path: "body.recorded_at", message }] });
  }
  return { recorded_at: at, zone_offset: zone_offset ?? "+00:00" };
}
