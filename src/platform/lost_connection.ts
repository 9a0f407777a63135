import type postgres from "postgres";

/**
 * What the driver (3.4.9) does wrong when a connection is lost inside a transaction, made right: it sends `rollback`,
 * and whatever the transaction still asks for, to the connection that comes next. That ends the process, or leaves a
 * connection that can never be made, or stores half of a transaction outside of any. Here a transaction ends with its
 * connection, and everything it asks for afterwards is refused.
 */

interface Transaction {
  isOver: boolean;
}

/** The same client, whose transactions are such from now on. */
export function endingWithConnection(client: postgres.Sql): postgres.Sql {
  const { begin } = client;
  const guarded = (...given: unknown[]) => {
    const transaction: Transaction = { isOver: false };
    const begun: Promise<unknown> = Reflect.apply(begin, client, withGuardedBody(given, transaction));
    // The driver tells the loss here also when nothing was being asked for.
    begun.catch(() => void (transaction.isOver = true));
    return begun;
  };
  return Object.assign(client, { begin: guarded as typeof begin });
}

/** The arguments of `begin` or `savepoint`, of which the last is what is done inside. */
function withGuardedBody(given: readonly unknown[], transaction: Transaction): unknown[] {
  const body = given.at(-1) as (sql: postgres.TransactionSql) => unknown;
  const guarded = async (sql: postgres.TransactionSql) => {
    try {
      const result = await body(guardedSql(sql, transaction));
      if (!transaction.isOver) return result;
    } catch (error) {
      if (!transaction.isOver) throw error;
    }
    // The driver rejects the whole transaction by itself; if this ended, it would send a statement first.
    return await new Promise<never>(() => {});
  };
  return [...given.slice(0, -1), guarded];
}

function guardedSql(sql: postgres.TransactionSql, transaction: Transaction): postgres.TransactionSql {
  const asked = (query: unknown) => {
    const reject = Reflect.get(Object(query), "reject");
    if (typeof reject === "function") {
      // Before anybody else hears of it.
      Reflect.set(Object(query), "reject", (error: unknown) => {
        if (isLoss(error)) transaction.isOver = true;
        reject(error);
      });
    }
    return query;
  };
  const refuseWhenOver = () => {
    if (transaction.isOver) {
      throw Object.assign(new Error("The connection of this transaction was lost"), { code: "CONNECTION_CLOSED" });
    }
  };
  const tagged = (_sql: unknown, _self: unknown, given: unknown[]) => {
    refuseWhenOver();
    return asked(Reflect.apply(sql as never, sql, given));
  };
  const methods: Readonly<Record<string, unknown>> = {
    unsafe: (...given: unknown[]) => {
      refuseWhenOver();
      return asked(Reflect.apply(sql.unsafe, sql, given));
    },
    savepoint: async (...given: unknown[]) => {
      refuseWhenOver();
      return await Reflect.apply(sql.savepoint, sql, withGuardedBody(given, transaction));
    },
  };
  const handler: ProxyHandler<postgres.TransactionSql> = {
    get: (target, name) => Object.hasOwn(methods, name) ? methods[String(name)] : Reflect.get(target, name),
    apply: tagged,
  };
  return new Proxy(sql, handler);
}

/** An error of the connection, not of the statement. */
function isLoss(error: unknown): boolean {
  return /^(CONNECTION_(CLOSED|DESTROYED)|CONNECT_TIMEOUT|EPIPE|ECONN\w+|ETIMEDOUT)$/.test(
    String(Reflect.get(Object(error), "code")),
  );
}
