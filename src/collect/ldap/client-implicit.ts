import { bytesList } from "./client-entry.ts";
import type { DirectoryTarget, ReadFailure } from "./client-contract.ts";
import { searchAll, type SearchSettings } from "./client-search.ts";
import { sidToText } from "./decode-sid.ts";

const authenticatedUsers = "S-1-5-11";

/** Whether a refused EXTERNAL bind may mean that the certificate has already been taken: on LDAPS Active Directory binds with it at once and refuses the bind ([MS-ADTS] 5.1.1.2). */
export function mayBeImplicit(target: DirectoryTarget, failure: ReadFailure): boolean {
  return target.security === "ldaps" && target.credentials.kind === "external" && failure.reason === "unsupported";
}

/** Whether the server takes the connection for an authenticated account: tokenGroups of the rootDSE holds Authenticated Users. */
export async function isAuthenticated(settings: SearchSettings): Promise<boolean> {
  const root = await searchAll(settings, { base: "", scope: "base", filter: { present: "objectClass" }, attributes: ["tokenGroups"] }, 1);
  const groups = root.entries[0] === undefined ? undefined : bytesList(root.entries[0], "tokenGroups");
  return groups?.state === "value" && groups.value.some((sid) => sidToText(sid) === authenticatedUsers);
}
