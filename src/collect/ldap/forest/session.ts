import type { ForestConfig } from "../../../model/config.ts";
import type { Observation } from "../../../model/observation.ts";
import type { Outcome } from "../client-contract.ts";
import type { DomainRights } from "./domain-rights.ts";
import type { Reader } from "./reader.ts";

/** A domain of a forest. What needs its own domain controller is done when first asked for. */
export interface Domain {
  readonly dn: string;
  /** DNS name, lower case. */
  readonly dns: string;
  /** NetBIOS name, or undefined where it could not be read. */
  readonly netbios: string | undefined;
  /** A domain controller of the domain. */
  readonly reader: () => Promise<Outcome<Reader>>;
  /** What the account may see and read in the domain. */
  readonly rights: () => Promise<DomainRights>;
}

/** Connections to one forest and what holds for all reads through them. */
export interface ForestSession {
  readonly forest: ForestConfig;
  /** Domain controller of the forest root domain. */
  readonly root: Reader;
  /** Global catalog, or why there is none. */
  readonly catalog: Outcome<Reader>;
  readonly domains: Observation<readonly Domain[]>;
  readonly rootDn: string;
  readonly configurationDn: string;
  readonly schemaDn: string;
  /** For `source` of observations. */
  readonly source: string;
  /** Closes every connection. */
  readonly close: () => Promise<void>;
}
