import type { LookupFunction } from "node:net";
import type { FetchConfig, Limits } from "../../model/config.ts";
import type { Fetched } from "./fetched.ts";

/** An attribute of one directory object. */
export interface DirectoryValue {
  /** DN as the address gives it. */
  readonly dn: string;
  /** Attribute name without options. */
  readonly attribute: string;
  /** Host of the address; undefined: the directory of whoever asks (RFC 4516 section 2). */
  readonly host: string | undefined;
}

/**
 * Reads an attribute through the directory of a configured forest. It must never send credentials to a host that is not configured: the host comes from a
 * certificate. One that no configured forest holds is `refused`, an object or attribute that is not there `not-found`.
 */
export type ReadDirectoryValue = (value: DirectoryValue, signal: AbortSignal) => Promise<Fetched>;

/** What the revocation collector is told beside what earlier collectors observed. */
export interface RevocationRequest {
  readonly fetch: FetchConfig;
  readonly limits: Pick<Limits, "connectTimeoutMs" | "operationTimeoutMs" | "targetTimeoutMs">;
  /** `host:port` → `address:port` (IPv6 in brackets): connect there instead. */
  readonly connectTo: Readonly<Record<string, string>>;
  /** How names become addresses; undefined: as the system does it. */
  readonly lookup: LookupFunction | undefined;
  readonly readDirectory: ReadDirectoryValue;
  /** The moment at which certificates are judged. */
  readonly at: Date;
}
