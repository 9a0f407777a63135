/** Work that goes on after its request was answered: who ends the process waits for it first. */
export interface Background {
  /** `work` deals with its own errors. */
  readonly run: (work: Promise<void>) => void;
  /** Until nothing runs any more. */
  idle(): Promise<void>;
}

export function openBackground(): Background {
  const running = new Set<Promise<void>>();
  return {
    run: (work) => {
      const ended = work.finally(() => running.delete(ended));
      running.add(ended);
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
