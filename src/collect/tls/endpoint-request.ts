import type { LookupFunction } from "node:net";
import type { EndpointConfig, JudgingSide, Limits } from "../../model/config.ts";
import type { Observation } from "../../model/observation.ts";
import type { ClientIdentity } from "./client-identity.ts";

/** What the endpoint collector is told beside what earlier collectors observed. */
export interface EndpointRequest {
  readonly configured: readonly EndpointConfig[];
  readonly limits: Pick<Limits, "connectTimeoutMs" | "operationTimeoutMs" | "targetTimeoutMs" | "parallelEndpoints">;
  /** `host:port` → `address:port` (IPv6 in brackets): connect there instead. */
  readonly connectTo: Readonly<Record<string, string>>;
  /** How names become addresses; undefined: as the system does it. */
  readonly lookup: LookupFunction | undefined;
  /** Our client certificate; undefined: none is configured. */
  readonly identity: ClientIdentity | undefined;
  /** Root certificates that each side trusts, DER, and public ones; absent or missing ones are unknown. */
  readonly anchors: Readonly<Record<JudgingSide, Observation<readonly Uint8Array[]>>>;
  /** Host name by which we call ourselves in SIP: one of the client certificate. */
  readonly sipIdentity: string;
}
