import type { DirectoryClient, DirectoryTarget, Outcome, ReadFailure } from "../../../src/collect/ldap/client-contract.ts";
import { connectDirectory } from "../../../src/collect/ldap/client.ts";

export const password = "Correct-Horse-1";

/** A target on 127.0.0.1 that every test varies. */
export function target(port: number, changes: Partial<DirectoryTarget> = {}): DirectoryTarget {
  return {
    host: "dc1.contoso.test",
    port: 389,
    address: { host: "127.0.0.1", port },
    security: "plaintext",
    tls: { ca: undefined },
    credentials: { kind: "simple", user: "scanner@contoso.test", password },
    allowPlaintextBind: true,
    connectTimeoutMs: 1000,
    operationTimeoutMs: 1000,
    totalTimeoutMs: 5000,
    ...changes,
  };
}

export function connect(port: number, changes: Partial<DirectoryTarget> = {}, signal: AbortSignal = new AbortController().signal): Promise<Outcome<DirectoryClient>> {
  return connectDirectory(target(port, changes), { signal, now: () => performance.now() });
}

/** The client of a connection that must succeed. */
export async function connected(port: number, changes: Partial<DirectoryTarget> = {}, signal?: AbortSignal): Promise<DirectoryClient> {
  const outcome = await connect(port, changes, signal);
  if (!outcome.ok) {
    throw new Error(`not connected: ${outcome.failure.detail}`);
  }
  return outcome.value;
}

/** The failure of something that must fail. */
export function failureOf(outcome: Outcome<unknown>): ReadFailure {
  if (outcome.ok) {
    throw new Error("was let through");
  }
  return outcome.failure;
}
