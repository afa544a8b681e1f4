import { factOf, valueOf } from "./fact-read.ts";
import { unknown, type Unknown } from "./observation.ts";
import type { Subject } from "./subject.ts";

/** Why it is not known which certificates an endpoint sends; undefined where they were read, and where it is known to send none. */
export function unreadChain(endpoint: Subject): Unknown | undefined {
  const chain = factOf(endpoint, "endpoint", "chain");
  const has = (fact: "transport" | "reachable" | "speaksTls"): unknown => valueOf(endpoint, "endpoint", fact);
  if (chain.state !== "unknown" || has("transport") === "tcp" || has("reachable") === false || has("speaksTls") === false) return undefined;
  return unknown(chain.reason, `${endpoint.id}: ${chain.detail}`, chain.source);
}
