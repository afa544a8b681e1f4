import type { Entry } from "../client-contract.ts";
import { checkAccess, directoryRights } from "../security-descriptor-access.ts";
import type { SecurityDescriptor } from "../security-descriptor.ts";
import { descriptorOf } from "./descriptor.ts";

const inheritOnly = 0x8;

/** What the account may do with one object, from its DACL; each is undefined when all is well, else why it is not, as a sentence. */
export interface EntryRights {
  /** Why attributes that are not there may merely be hidden. */
  readonly hiding: string | undefined;
  /** Why there may be objects below that are not seen. */
  readonly concealing: string | undefined;
}

/** Whether every attribute may be read: the object as a whole, and nothing that a denial singles out ([MS-ADTS] 5.1.3.3.3). */
function mayReadAll(descriptor: SecurityDescriptor, sids: ReadonlySet<string>): boolean {
  const rights = directoryRights.readProperty;
  if (checkAccess(descriptor, { sids, rights }) !== "granted") return false;
  const singled = (descriptor.dacl ?? []).flatMap(({ effect, mask, flags, objectType }) => (effect !== "allow" && (mask & rights) !== 0 && (flags & inheritOnly) === 0 && objectType !== undefined ? [objectType] : []));
  return [...new Set(singled)].every((objectType) => checkAccess(descriptor, { sids, rights, objectTypes: [objectType] }) === "granted");
}

/** Works out the rights on an entry that was read with its security descriptor. */
export function rightsOf(entry: Entry, sids: ReadonlySet<string> | undefined): EntryRights {
  const descriptor = descriptorOf(entry);
  if (descriptor === undefined || sids === undefined) {
    const why = sids === undefined ? "the server does not tell which groups the account is in" : "the account may not read its permissions, or they are malformed";
    const detail = `what of ${entry.dn} is hidden from the account cannot be told: ${why}`;
    return { hiding: detail, concealing: detail };
  }
  const list = checkAccess(descriptor, { sids, rights: directoryRights.listChildren });
  return {
    hiding: mayReadAll(descriptor, sids) ? undefined : `the account may read only a part of ${entry.dn}`,
    concealing: list === "granted" ? undefined : list === "denied" ? `the account may not list what is below ${entry.dn}` : `whether the account may list ${entry.dn} cannot be told from its permissions`,
  };
}
