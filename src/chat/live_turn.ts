import { type ChatEvent, isLast } from "./event.ts";

/**
 * A turn that this process runs, as its readers see it: they are shown only what is stored, so that what they saw is
 * there again after a crash.
 */
export class LiveTurn {
  readonly #events: ChatEvent[] = [];
  readonly #bells = new Set<() => void>();
  readonly #ending = new AbortController();
  #stored = 0;
  #lost: string | null = null;
  /** Its end is on the way into the database. */
  finishing = false;

  constructor(readonly id: string) {}

  /** Aborted when the turn shall end: with `cancelled`, or because it is lost. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Why its events cannot be stored any more, in words for its readers. */
  get lost(): string | null {
    return this.#lost;
  }

  /** How many events there are; the number of the last one. */
  get told(): number {
    return this.#events.length;
  }

  get stored(): number {
    return this.#stored;
  }

  /** Whether its last event is stored, or it is lost. */
  get over(): boolean {
    const last = this.#events[this.#stored - 1];
    return this.#lost !== null || (last !== undefined && isLast(last));
  }

  tell(event: ChatEvent): void {
    this.#events.push(event);
  }

  /** Events told and not stored yet. */
  unstored(): readonly ChatEvent[] {
    return this.#events.slice(this.#stored);
  }

  /** Stored events after the first `seen`. */
  shown(seen: number): readonly ChatEvent[] {
    return this.#events.slice(seen, this.#stored);
  }

  /** The first `count` events are stored. */
  storedUpTo(count: number): void {
    this.#stored = count;
    this.#ring();
  }

  cancel(): void {
    this.#ending.abort("cancelled");
  }

  lose(why: string): void {
    this.#lost ??= why;
    this.#ending.abort("lost");
    this.#ring();
  }

  /** Rings whenever more is stored or the turn is lost; gives the function that stops it. */
  onChange(ring: () => void): () => void {
    this.#bells.add(ring);
    return () => void this.#bells.delete(ring);
  }

  #ring(): void {
    for (const ring of this.#bells) ring();
  }
}
