import { drizzle, type PostgresJsDatabase, PostgresJsSession } from "drizzle-orm/postgres-js";
import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { endingWithConnection } from "./lost_connection.ts";

/**
 * One pool of connections, as Drizzle sees it. `Database` is also what a transaction hands to its callback, so that
 * every query function works inside and outside of one.
 */

export type Database = Pick<
  PostgresJsDatabase,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "execute" | "transaction" | "_"
>;

export interface DatabasePool {
  readonly database: Database;
  readonly client: postgres.Sql;
  close(): Promise<void>;
}

export interface PoolOptions {
  /** Bounds the pool. */
  readonly max: number;
  readonly name: string;
  /** How long to wait at least before a lost connection is made again; by default a few milliseconds. */
  readonly reconnectSeconds?: number;
  /**
   * Commits are not waited for until they are on the disk. Only for work that goes on from what is stored: a power
   * failure may take back the last second of it, whole transactions from the end. A later commit that is waited for
   * holds them too.
   */
  readonly lazyCommits?: boolean;
}

/** The driver's own way from hexadecimal to bytes took a quarter of the time of a long import. */
const bytea = {
  to: 17,
  from: [17],
  serialize: (bytes: Uint8Array) => `\\x${bytes.toHex()}`,
  parse: (text: string) => Uint8Array.fromHex(text.slice(2)),
};

/** Opens no connection yet; the first query does. */
export function openDatabase(url: string, options: PoolOptions): DatabasePool {
  const { reconnectSeconds } = options;
  const client = endingWithConnection(postgres(url, {
    max: options.max,
    idle_timeout: 60,
    connect_timeout: 10,
    // Statements of a pooler in transaction mode cannot be prepared by name.
    prepare: !url.includes("pgbouncer=true"),
    onnotice: () => {},
    // As the driver does it, but not at once.
    ...(reconnectSeconds === undefined
      ? {}
      : { backoff: (attempt: number) => Math.max(reconnectSeconds, Math.min(3 ** attempt / 100, 20)) }),
    connection: {
      application_name: options.name,
      TimeZone: "UTC",
      ...(options.lazyCommits === true ? { synchronous_commit: "off" } : {}),
    },
    types: { bytea },
  }));
  return { database: drizzle({ client }), client, close: () => client.end({ timeout: 5 }) };
}

/** Rows of a hand-written statement, as `Row` says they look; the driver does not check it. */
export async function rows<Row>(db: Database, statement: SQL): Promise<Row[]> {
  return [...(await db.execute(statement))] as Row[];
}

const dialect = new PgDialect();

/**
 * As `rows`, but prepared once on each connection: one round trip instead of two, and those that are not waited for
 * travel together. Only for statements of few texts and of one good plan: it is kept for all values.
 */
export async function preparedRows<Row>(db: Database, statement: SQL): Promise<Row[]> {
  const query = db._.session.prepareQuery(dialect.sqlToQuery(statement), undefined, "prepared", false);
  return [...(await query.execute() as Iterable<Row>)];
}

export interface PreparedStatement<Row> {
  /** Says which text it is: of the same name there is only one, whatever else varies. */
  readonly name: string;
  /** The names it selects. */
  readonly columns: readonly (keyof Row & string)[];
  /** Made once. What varies stands in it as `sql.placeholder(name)`. */
  readonly statement: () => SQL;
}

/**
 * The one row, or none, of a statement that is run often. Its text is made once, and it is prepared once on each
 * connection, so that it is neither written, nor sent, nor planned each time.
 */
export async function preparedRow<Row>(
  db: Database,
  { name, columns, statement }: PreparedStatement<Row>,
  values: Readonly<Record<string, unknown>>,
): Promise<Row | undefined> {
  const known = prepared.get(db) ?? new Map<string, Prepared>();
  prepared.set(db, known);
  let found = known.get(name);
  if (found === undefined) {
    const selected = Object.fromEntries(columns.map((column) => [column, sql`${sql.identifier(column)}`]));
    known.set(name, found = db.select(selected).from(sql`(${statement()}) as prepared`).prepare(name));
  }
  return (await found.execute(values))[0] as Row | undefined;
}

interface Prepared {
  execute(values: Readonly<Record<string, unknown>>): Promise<unknown[]>;
}

const prepared = new WeakMap<Database, Map<string, Prepared>>();

/**
 * `copy … from stdin`: sends the pieces as they come. Nothing else may be asked of this connection meanwhile, so `db` is
 * a transaction. Throws what the database says, also what it says only after the last piece.
 */
export async function copyIn(db: Database, statement: string, pieces: Iterable<Uint8Array>): Promise<void> {
  const { session } = db._;
  if (!(session instanceof PostgresJsSession)) throw new Error("COPY needs a connection of the driver's own");
  const query = (session.client as postgres.Sql).unsafe(statement);
  // The driver tells a failure to the promise that has become the stream already; one that comes late never ends it.
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => {});
  const reject = Reflect.get(query, "reject");
  Reflect.set(query, "reject", (error: unknown) => {
    reject(error);
    late.reject(error);
  });
  const stream = await query.writable();
  // When the database has ended it already, the driver's farewell would be read by the next connection.
  const giveUp = stream._destroy.bind(stream);
  stream._destroy = (error, gone) => gone(error);
  // A connection that is lost is heard of here first, and then as an error of the query, which says more.
  stream.on("error", () => {});
  const heard = (use: (hear: (error?: Error | null) => void) => void) =>
    Promise.race([new Promise<void>((resolve) => use((error) => error ? undefined : resolve())), late.promise]);
  const next = pieces[Symbol.iterator]();
  while (true) {
    let piece: IteratorResult<Uint8Array>;
    try {
      piece = next.next();
    } catch (error) {
      stream._destroy = giveUp;
      stream.destroy();
      throw error;
    }
    if (piece.done === true) break;
    await heard((hear) => stream.write(piece.value, hear));
  }
  await heard((hear) => stream.end(hear));
}

/** A `like` pattern for "contains this text", with its wildcards escaped. */
export function contains(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
