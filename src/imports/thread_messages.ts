/** What the main thread and the thread that reads files tell each other. */

/** How an import ended for good; anything else is another attempt's affair. */
export type ImportOutcome =
  | { readonly kind: "completed" | "cancelled" }
  | { readonly kind: "failed"; readonly message: string };

export interface ImportOrder {
  readonly importId: string;
  /** The clock at the start, milliseconds since 1970. */
  readonly now: number;
}

/** Rejects when the attempt failed for a reason that may pass; an aborted signal rejects with its reason. */
export type ReadInThread = (order: ImportOrder, signal: AbortSignal) => Promise<ImportOutcome>;

export type ThreadRequest =
  | { readonly kind: "open"; readonly databaseUrl: string }
  | { readonly kind: "run"; readonly order: ImportOrder };

export type ThreadAnswer =
  | { readonly kind: "ended"; readonly outcome: ImportOutcome }
  /** A step was stored: the thread lives. */
  | { readonly kind: "alive" }
  /** `described` holds nothing private. */
  | { readonly kind: "crashed"; readonly described: Readonly<Record<string, unknown>> };
