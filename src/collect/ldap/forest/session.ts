import type { ForestConfig } from "../../../model/config.ts";
import type { DirectoryClient, Entry, ReadFailure } from "../client-contract.ts";

/** A connection to one forest and what holds for all reads through it. */
export interface ForestSession {
  readonly forest: ForestConfig;
  /** Domain controller of the forest root domain. */
  readonly client: DirectoryClient;
  /** Global catalog, or why there is none. */
  readonly catalog: { readonly ok: true; readonly value: DirectoryClient } | { readonly ok: false; readonly failure: ReadFailure };
  readonly rootDse: Entry;
  readonly rootDn: string;
  readonly configurationDn: string;
  readonly schemaDn: string;
  /** SIDs of the bound account and its groups, or undefined where the server does not tell. */
  readonly ownSids: ReadonlySet<string> | undefined;
  /** For `source` of observations. */
  readonly source: string;
}
