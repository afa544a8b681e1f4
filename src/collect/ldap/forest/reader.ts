import type { DirectoryClient, Entry } from "../client-contract.ts";
import { bytesList } from "../client-entry.ts";
import { sidToText } from "../decode-sid.ts";

/** SIDs that every account carries once it has authenticated: Everyone, Authenticated Users. */
export const everybody = ["S-1-1-0", "S-1-5-11"] as const;

/** A bound connection to one directory server, with what the server says of the account. */
export interface Reader {
  readonly client: DirectoryClient;
  readonly rootDse: Entry;
  /** SIDs of the bound account and its groups, or undefined where the server does not tell. */
  readonly sids: ReadonlySet<string> | undefined;
  /** For `source` of observations. */
  readonly source: string;
}

/** The account's own SIDs, as the server sees the connection ([MS-ADTS] 3.1.1.3.2, tokenGroups of the rootDSE). */
function sidsOf(rootDse: Entry): ReadonlySet<string> | undefined {
  const groups = bytesList(rootDse, "tokenGroups");
  if (groups.state !== "value") return undefined;
  const sids = groups.value.map(sidToText);
  return sids.includes(undefined) ? undefined : new Set([...everybody, ...sids.flatMap((sid) => sid ?? [])]);
}

/** A reader over a bound connection whose rootDSE was read. */
export function readerOf(client: DirectoryClient, rootDse: Entry, forest: string): Reader {
  return { client, rootDse, sids: sidsOf(rootDse), source: `directory ${forest} (${client.server})` };
}
