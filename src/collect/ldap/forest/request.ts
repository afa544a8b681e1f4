import type { LookupFunction } from "node:net";
import type { ForestConfig, Limits, OperatorConfig } from "../../../model/config.ts";
import type { Observation } from "../../../model/observation.ts";
import type { DirectoryCredentials, DirectoryTarget } from "../client-contract.ts";
import type { ServerRole } from "../locate.ts";

/** A server to try. */
export interface ServerChoice {
  readonly host: string;
  readonly port: number;
}

/** One forest with its secrets resolved. */
export interface ForestRequest {
  readonly config: ForestConfig;
  readonly tls: DirectoryTarget["tls"];
  readonly credentials: DirectoryCredentials;
}

/** What the directory collector is asked to read. */
export interface DirectoryRequest {
  readonly forests: readonly ForestRequest[];
  readonly operators: readonly OperatorConfig[];
  readonly limits: Limits;
  /** `host:port` → `address:port` to connect to instead. */
  readonly connectTo: Readonly<Record<string, string>>;
  /** Resolves server names through the inside DNS view. */
  readonly lookup: LookupFunction | undefined;
  /** Servers of a domain of a forest by DNS SRV, in the order in which to try them. */
  readonly locate: (domain: string, role: ServerRole, forest: string) => Promise<Observation<readonly ServerChoice[]>>;
}
