import type postgres from "postgres";
import { databaseIsAway } from "./errors.ts";

/**
 * What the database announces (`notify`), over one connection of this process that all listeners share.
 *
 * An announcement is a hint to look, never the only way to learn of something: what is announced while the connection
 * is made anew is lost, and behind a pooler in transaction mode nothing arrives at all. So listeners look once in a
 * while by themselves, too.
 */

/** Gets what was announced; null says that announcements may have been missed up to now. */
export type Heard = (payload: string | null) => void;

/** Starts to listen and gives the function that stops it. Reading after this call sees what came before it. */
export type Listen = (channel: string, heard: Heard) => () => void;

/**
 * The connection is made with the first listener and remade when it breaks; it ends with `client`, of which nothing
 * else is used.
 */
export function openNotifications(client: postgres.Sql, failed: (error: unknown) => void): Listen {
  const channels = new Map<string, Set<Heard>>();
  return (channel, heard) => {
    const listeners = channels.get(channel) ?? new Set();
    if (!channels.has(channel)) {
      channels.set(channel, listeners);
      const tell = (payload: string | null) => {
        for (const listener of listeners) listener(payload);
      };
      // The driver calls the last function each time the channel is listened to again.
      client.listen(channel, tell, () => tell(null)).catch((error) => {
        // The driver tries again by itself, and whoever needs the database says that it is away.
        if (!databaseIsAway(error)) failed(error);
      });
    }
    listeners.add(heard);
    return () => void listeners.delete(heard);
  };
}
