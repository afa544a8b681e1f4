import type { DatabaseSync } from "node:sqlite";
import type { ClaimedMessage, History } from "../model/history.ts";

type Outbox = Pick<History, "claim" | "sent" | "unsent" | "outbox">;
type MessageState = ReturnType<History["outbox"]>[number]["state"];

/**
 * Messages wait in the database until their receiver took them. A message is leased while it is sent: a second process does not send it too, and one whose process was
 * killed in the middle is tried again when the lease ends, under the same key, by which a receiver knows it again.
 */
export function outboxOn(db: DatabaseSync): Outbox {
  return {
    claim(now, leaseMs, limit) {
      const at = now.toISOString();
      const rows = db
        .prepare(`UPDATE outbox SET leased_until = ?, attempts = attempts + 1
          WHERE id IN (SELECT id FROM outbox WHERE state = 'waiting' AND not_before <= ? AND (leased_until IS NULL OR leased_until <= ? OR leased_until > ?) ORDER BY id LIMIT ?)
          RETURNING id, key, channel, payload, not_before, attempts`)
        // A lease that ends later than any lease could was given before a clock was set back.
        .all(new Date(now.getTime() + leaseMs).toISOString(), at, at, new Date(now.getTime() + 2 * leaseMs).toISOString(), limit);
      return rows
        .map((row): ClaimedMessage => ({ id: Number(row["id"]), key: String(row["key"]), channel: String(row["channel"]), payload: String(row["payload"]), notBefore: String(row["not_before"]), attempt: Number(row["attempts"]) }))
        .sort((a, b) => a.id - b.id);
    },
    sent: (message, at) => {
      db.prepare("UPDATE outbox SET state = 'sent', sent_at = ?, leased_until = NULL, error = NULL WHERE id = ?").run(at.toISOString(), message);
    },
    unsent: (message, error, retryAt) => {
      db.prepare("UPDATE outbox SET state = ?, error = ?, leased_until = NULL, not_before = coalesce(?, not_before) WHERE id = ?").run(retryAt === undefined ? "given-up" : "waiting", error.slice(0, 1000), retryAt?.toISOString() ?? null, message);
    },
    outbox: () =>
      db
        .prepare("SELECT id, channel, state, attempts, error, not_before FROM outbox ORDER BY id")
        .all()
        .map((row) => ({ id: Number(row["id"]), channel: String(row["channel"]), state: String(row["state"]) as MessageState, attempts: Number(row["attempts"]), error: typeof row["error"] === "string" ? row["error"] : undefined, notBefore: String(row["not_before"]) })),
  };
}
