import type { Context } from "../platform/context.ts";
import { databaseIsAway } from "../platform/errors.ts";
import type { ChatEvent } from "./event.ts";
import { LiveTurn } from "./live_turn.ts";
import { announceTurns, appendEvents, touchTurns, turnChannel } from "./turn_queries.ts";

/**
 * The turns that this process runs. What they tell is stored before it is shown, with one statement for all turns that
 * have something new: hundreds of streams cost as many statements as one, and hold no connection in between.
 */
export interface TurnLog {
  /** Begins to run a turn that stands in the database. */
  open(turnId: string): LiveTurn;
  /** The turn, if this process runs it. */
  find(turnId: string): LiveTurn | undefined;
  tell(turn: LiveTurn, event: ChatEvent): void;
  /** Until all that was told is stored, or the turn is lost. */
  stored(turn: LiveTurn): Promise<void>;
  close(turn: LiveTurn): void;
  /** Rings when another process told something of this turn; gives the function that stops it. */
  onForeign(turnId: string, ring: () => void): () => void;
}

/** Three of these must fit into the time after which a process counts as dead. */
const heartbeatMs = 2_000;
/** Words are stored so often at most: beside hundreds of streams, one statement holds the words of many. */
const paceMs = 12;
/** Readers in other processes are told so often at most. */
const announceMs = 250;
const retryMs = 250;
/** After so long without the database a turn is given up; others may take this process for dead. */
const giveUpMs = 8_000;

export const notRunning =
  "The conversation was deleted while the answer came, or the server was taken for dead; ask again";
const databaseAway = "The database cannot be reached; read the conversation again later";
const notStored = "The answer could not be stored; ask again";

/** Nobody has seen anything of it, or something else than words is to be told. */
function isUrgent(turn: LiveTurn): boolean {
  return turn.stored === 0 || turn.unstored().some(({ type }) => type !== "content");
}

export function openTurnLog(ctx: Context): TurnLog {
  const live = new Map<string, LiveTurn>();
  const unstored = new Set<LiveTurn>();
  const announcedAt = new Map<string, number>();
  const waiting = new Map<LiveTurn, (() => void)[]>();
  const foreign = new Map<string, Set<() => void>>();
  /** Turns with something new of which readers in other processes were not told, because they had just been told. */
  const quiet = new Set<string>();
  let quietTimer: ReturnType<typeof setTimeout> | undefined;
  const underWay = new Set<LiveTurn>();
  let [writing, writingFirst] = [false, false];
  let failingSince: number | undefined;
  let storedAt = 0;
  let paceTimer: ReturnType<typeof setTimeout> | undefined;
  let hurry = () => {};
  let heart: ReturnType<typeof setInterval> | undefined;
  let listens = false;

  async function write(): Promise<void> {
    if (writing) return;
    writing = true;
    for (let due = waitingTurns(); due.length > 0; due = waitingTurns()) {
      await pause();
      due = waitingTurns();
      if (due.length === 0) break;
      storedAt = performance.now();
      await storeInTime(due);
    }
    writing = false;
  }

  /** Beside the statement that is under way: the first words of an answer do not wait for it. */
  async function writeFirstWords(): Promise<void> {
    if (writingFirst) return;
    writingFirst = true;
    const first = () => waitingTurns().filter((turn) => turn.stored === 0);
    for (let due = first(); due.length > 0; due = first()) await storeInTime(due);
    writingFirst = false;
    if (unstored.size > 0) ctx.background(write());
  }

  /** Turns with something new, but for those of a statement that is under way: each is in one at a time. */
  function waitingTurns(): LiveTurn[] {
    return [...unstored].filter((turn) => !underWay.has(turn));
  }

  async function storeInTime(turns: readonly LiveTurn[]): Promise<void> {
    for (const turn of turns) {
      unstored.delete(turn);
      underWay.add(turn);
    }
    try {
      await store(turns);
      failingSince = undefined;
    } catch (error) {
      if (databaseIsAway(error)) failingSince ??= performance.now();
      const givenUp = failingSince === undefined || performance.now() - failingSince > giveUpMs;
      if (givenUp) await giveUp(turns, error, failingSince === undefined ? notStored : databaseAway);
      else {
        for (const turn of turns) if (turn.lost === null) unstored.add(turn);
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    } finally {
      for (const turn of turns) underWay.delete(turn);
    }
  }

  /** Until the next statement is due. The first words of an answer, and what is no words, do not wait. */
  async function pause(): Promise<void> {
    const left = storedAt + paceMs - performance.now();
    if (left <= 0 || waitingTurns().some(isUrgent)) return;
    await new Promise<void>((resolve) => {
      hurry = resolve;
      paceTimer = setTimeout(resolve, left);
    });
    clearTimeout(paceTimer);
    hurry = () => {};
  }

  async function store(turns: readonly LiveTurn[]): Promise<void> {
    const upTo = new Map(turns.map((turn) => [turn, turn.told]));
    const events = turns.flatMap((turn) =>
      turn.unstored().map((event, index) => ({
        turn_id: turn.id,
        seq: turn.stored + index + 1,
        data: JSON.stringify(event),
      }))
    );
    const now = performance.now();
    const announced = turns.map(({ id }) => id)
      .filter((id) => now - (announcedAt.get(id) ?? Number.NEGATIVE_INFINITY) > announceMs);
    const running = await appendEvents(ctx.database, turns.map(({ id }) => id), events, announced);
    for (const id of announced) announcedAt.set(id, now);
    for (const { id } of turns) {
      if (announced.includes(id)) quiet.delete(id);
      else quiet.add(id);
    }
    if (quiet.size > 0) quietTimer ??= setTimeout(() => ctx.background(announceQuiet()), announceMs);
    for (const [turn, count] of upTo) {
      if (running.has(turn.id)) settle(turn, count);
      else lose(turn, notRunning);
    }
  }

  async function announceQuiet(): Promise<void> {
    quietTimer = undefined;
    const ids = [...quiet].filter((id) => live.has(id));
    quiet.clear();
    if (ids.length === 0) return;
    // Readers look by themselves, too, when this cannot be said.
    await announceTurns(ctx.database, ids).catch((error) => {
      if (!databaseIsAway(error)) ctx.capture(error, { turns: ids.length });
    });
  }

  /** What could not be stored together is tried alone: one of the turns may be the reason. */
  async function giveUp(turns: readonly LiveTurn[], error: unknown, why: string): Promise<void> {
    ctx.capture(error, { turns: turns.length });
    for (const turn of turns) {
      const stored = turns.length > 1 && why === notStored && await store([turn]).then(() => true, () => false);
      if (!stored) lose(turn, why);
    }
  }

  function settle(turn: LiveTurn, count: number): void {
    turn.storedUpTo(count);
    if (turn.told > count) unstored.add(turn);
    else wake(turn);
  }

  function lose(turn: LiveTurn, why: string): void {
    turn.lose(why);
    wake(turn);
  }

  function wake(turn: LiveTurn): void {
    for (const done of waiting.get(turn) ?? []) done();
    waiting.delete(turn);
  }

  async function beat(): Promise<void> {
    if (live.size === 0) return;
    try {
      const turns = [...live.values()].filter((turn) => !turn.finishing);
      const running = new Map((await touchTurns(ctx.database, turns.map(({ id }) => id))).map((row) => [row.id, row]));
      for (const turn of turns.filter((turn) => !turn.finishing)) {
        const row = running.get(turn.id);
        if (row === undefined) lose(turn, notRunning);
        else if (row.cancel_asked) turn.cancel();
      }
    } catch (error) {
      if (!databaseIsAway(error)) ctx.capture(error, { turns: live.size });
    }
  }

  return {
    open(turnId) {
      const turn = new LiveTurn(turnId);
      live.set(turnId, turn);
      heart ??= setInterval(() => ctx.background(beat()), heartbeatMs);
      return turn;
    },
    find: (turnId) => live.get(turnId),
    tell(turn, event) {
      turn.tell(event);
      if (turn.lost !== null) return;
      unstored.add(turn);
      if (!writing) return ctx.background(write());
      if (turn.stored === 0) ctx.background(writeFirstWords());
      else if (isUrgent(turn)) hurry();
    },
    async stored(turn) {
      if (turn.lost !== null || turn.stored === turn.told) return;
      const settled = new Promise<void>((resolve) => waiting.set(turn, [...waiting.get(turn) ?? [], resolve]));
      hurry();
      await settled;
    },
    close(turn) {
      live.delete(turn.id);
      announcedAt.delete(turn.id);
      quiet.delete(turn.id);
      if (quiet.size === 0) {
        clearTimeout(quietTimer);
        quietTimer = undefined;
      }
      if (live.size > 0) return;
      clearInterval(heart);
      heart = undefined;
    },
    onForeign(turnId, ring) {
      if (!listens) {
        listens = true;
        ctx.listen(turnChannel, (payload) => {
          const rung = payload === null ? [...foreign.values()].flatMap((bells) => [...bells]) : foreign.get(payload);
          for (const bell of rung ?? []) bell();
        });
      }
      const bells = foreign.get(turnId) ?? new Set();
      foreign.set(turnId, bells.add(ring));
      return () => {
        bells.delete(ring);
        if (bells.size === 0) foreign.delete(turnId);
      };
    },
  };
}
