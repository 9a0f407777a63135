import type { UserId } from "../accounts/access.ts";
import type { Database } from "../platform/database.ts";
import {
  type Moment,
  recentSyncEvents,
  type ShownSyncEvent,
  syncEventNumbers,
  untoldSyncEvents,
} from "./sync_queries.ts";

/** How many events one read gives at most. */
const pageSize = 200;
/** How many numbers are remembered at most. */
const maxTold = 5_000;

/**
 * What one reader has not seen of a person's events yet: each event once, none left out.
 *
 * Numbers are given when an event is written, but it is seen when its transaction commits, so that a smaller number can
 * come after a larger one. A reader that only remembered the last number would lose it. This one remembers every number
 * it told, until the database says that all transactions have ended that could still bring a smaller one.
 */
export class UnreadEvents {
  /** Everything up to this number was told. */
  #after = 0;
  /** What was told above it. */
  readonly #told = new Set<number>();
  /** `#after` becomes `no` once every transaction before `transaction` has ended; the first is waited for. */
  readonly #settling: { readonly no: number; readonly transaction: number }[] = [];

  private constructor(private readonly db: Database, private readonly userId: UserId) {}

  /** Everything up to now counts as seen, except the newest `replay` events, which are given, oldest first. */
  static async open(
    db: Database,
    userId: UserId,
    replay: number,
  ): Promise<{ readonly unread: UnreadEvents; readonly events: ShownSyncEvent[] }> {
    const unread = new UnreadEvents(db, userId);
    // The numbers first: what is committed between the two statements is unread, not lost.
    const { numbers, ...moment } = await syncEventNumbers(db, userId, maxTold);
    if (numbers.length === maxTold) unread.#after = Math.min(...numbers) - 1;
    unread.#remember(numbers);
    unread.#settle(moment);
    const events = (await recentSyncEvents(db, userId, replay)).reverse();
    unread.#remember(events.map(({ no }) => no));
    return { unread, events };
  }

  /** What came since, or null when the person is gone. `more`: a next read has something at once. */
  async read(): Promise<{ readonly events: readonly ShownSyncEvent[]; readonly more: boolean } | null> {
    const { known, events, ...moment } = await untoldSyncEvents(
      this.db,
      this.userId,
      this.#after,
      this.#told,
      pageSize,
    );
    if (!known) return null;
    this.#remember(events.map(({ no }) => no));
    const more = events.length === pageSize;
    // A full page may have left out smaller numbers than were told before.
    if (!more) this.#settle(moment);
    return { events, more };
  }

  #remember(numbers: readonly number[]): void {
    for (const no of numbers) if (no > this.#after) this.#told.add(no);
    if (this.#told.size <= maxTold) return;
    // Some transaction is open for very long. What it tells at its end may be lost here, but memory is bounded.
    const newest = [...this.#told].sort((a, b) => b - a).slice(0, maxTold / 2);
    this.#forget(Math.min(...newest) - 1);
  }

  #settle({ oldest_running, next_transaction }: Moment): void {
    const first = this.#settling[0];
    if (first !== undefined && oldest_running >= first.transaction) {
      this.#forget(first.no);
      this.#settling.shift();
    }
    if (next_transaction === null || this.#told.size === 0) return;
    // One to wait for and the newest are enough; a row of them would only take memory.
    this.#settling.splice(1, 1, { no: Math.max(...this.#told), transaction: next_transaction });
  }

  #forget(upTo: number): void {
    this.#after = Math.max(this.#after, upTo);
    for (const no of this.#told) if (no <= this.#after) this.#told.delete(no);
  }
}
