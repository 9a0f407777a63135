import type { Context } from "../platform/context.ts";
import type { Database } from "../platform/database.ts";
import { defaultDevicePriorities, type DeviceType, deviceTypes } from "./device_type.ts";
import {
  holdPriorities,
  insertPriorities,
  listPriorities,
  lockPriorities,
  markEverySummaryStale,
  type NewPriority,
  type PriorityRow,
  type RankedThing,
  updatePriorities,
} from "./priority_queries.ts";
import { defaultProviderPriorities, providers, unrankedPriority } from "./provider_table.ts";

/** Who wins where several sources measured the same: one order of providers and device types for everybody. */

/** The order a new installation starts with. */
const defaults: Readonly<Record<RankedThing, readonly NewPriority[]>> = {
  provider: providers.map((name) => ({ name, priority: defaultProviderPriorities[name] ?? unrankedPriority })),
  device_type: deviceTypes.map((name) => ({ name, priority: defaultDevicePriorities[name] })),
};

/** All of them, the strongest first. What was never changed gets its row now, so that its id stays. */
export async function readPriorities(ctx: Context, thing: RankedThing): Promise<PriorityRow[]> {
  const known = await listPriorities(ctx.database, thing);
  if (defaults[thing].every(({ name }) => known.some((row) => row.name === name))) return known;
  await insertPriorities(ctx.database, thing, defaults[thing]);
  return await listPriorities(ctx.database, thing);
}

/** Changes the named ones; of a name that is given twice the last counts. Summaries follow when they are next read, scores within the hour. */
export async function changePriorities(
  ctx: Context,
  thing: RankedThing,
  wanted: readonly NewPriority[],
): Promise<PriorityRow[]> {
  const last = [...new Map(wanted.map((item) => [item.name, item])).values()];
  return await ctx.database.transaction(async (tx) => {
    await lockPriorities(tx);
    await insertPriorities(tx, thing, defaults[thing]);
    if (await updatePriorities(tx, thing, last)) await markEverySummaryStale(tx);
    return await listPriorities(tx, thing);
  });
}

/** What the order looks at. Without a device type it counts as unknown. */
export interface RankedSource {
  readonly provider: string;
  readonly device_type: string | null;
  readonly device_model: string | null;
  /** Decides last, so that the order is the same each time. */
  readonly source?: string | null;
}

/** For `sort`: the source that wins comes first. */
export type SourceOrder = (one: RankedSource, other: RankedSource) => number;

/**
 * The order of now: provider priority, then device type priority, lower wins, then the model's name. What nobody
 * ranked comes last (99). Sources that agree in all of that are ordered by provider and writing app.
 */
export async function priorityOrder(db: Database): Promise<SourceOrder> {
  const [ofProvider, ofType] = await Promise.all([ranks(db, "provider"), ranks(db, "device_type")]);
  return (one, other) =>
    ofProvider(one.provider) - ofProvider(other.provider) ||
    ofType(one.device_type ?? "unknown" satisfies DeviceType) -
      ofType(other.device_type ?? "unknown" satisfies DeviceType) ||
    compareText(one.device_model, other.device_model) ||
    compareText(one.provider, other.provider) ||
    compareText(one.source, other.source);
}

/**
 * The same for whoever keeps what follows from it: the order stays until the transaction ends, so that a change marks
 * what is being kept, too. To be called before the transaction locks anything else, or it may wait in a circle.
 */
export async function heldPriorityOrder(tx: Database): Promise<SourceOrder> {
  await holdPriorities(tx);
  return await priorityOrder(tx);
}

async function ranks(db: Database, thing: RankedThing): Promise<(name: string) => number> {
  const known = new Map(
    [...defaults[thing], ...await listPriorities(db, thing)].map((row) => [row.name, row.priority]),
  );
  return (name) => known.get(name) ?? unrankedPriority;
}

/** By code units, not by a language's rules, so that every machine agrees. */
function compareText(one: string | null | undefined, other: string | null | undefined): number {
  const [a, b] = [one ?? "", other ?? ""];
  return a === b ? 0 : a < b ? -1 : 1;
}
