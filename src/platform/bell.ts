/** Wakes the one who waits; rung while nobody waits, it is not forgotten. */
export class Bell {
  #rung = false;
  #wake = () => {};

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Until it rings, `ms` at most. */
  async wait(ms: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(late);
          resolve();
        };
      });
    }
    this.#rung = false;
  }
}
