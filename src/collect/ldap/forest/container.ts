import { known, unknown, type Observation } from "../../../model/observation.ts";
import type { DirectoryFilter, Entry } from "../client-contract.ts";
import { isNoSuchObject } from "../client-failure.ts";
import { checkAccess, directoryRights } from "../security-descriptor-access.ts";
import { descriptorOf } from "./descriptor.ts";
import { failureOf } from "./observe-entry.ts";
import type { ForestSession } from "./session.ts";

const maxEntries = 50_000;

/** Objects below a container. `complete` is known when the server answered and the account could have seen them all; what was found stands either way. */
export interface Listing {
  readonly entries: readonly Entry[];
  readonly complete: Observation<true>;
}

/** What can be told of a container by reading it. That one is not there shows only in a complete listing of its parent. */
export interface ContainerState {
  readonly exists: Observation<true>;
  /** Whether the account may list and read what is below. */
  readonly readable: Observation<true>;
}

/**
 * Looks at a container itself: is it there, and may this account list it? Active Directory hides what may not be listed exactly as if it were not there, so
 * that the DACL has to tell, evaluated for the account's own SIDs ([MS-ADTS] 5.1.3.3).
 */
export async function containerState(session: ForestSession, dn: string): Promise<ContainerState> {
  const { client, source, ownSids } = session;
  const read = await client.readEntry(dn, ["objectClass", "nTSecurityDescriptor"], { sdFlags: true });
  if (!read.ok) {
    if (!isNoSuchObject(read.failure)) return { exists: failureOf(read.failure, source), readable: failureOf(read.failure, source) };
    const hidden = unknown("denied", `${dn} is not there, or hidden from the account`, source);
    return { exists: hidden, readable: hidden };
  }
  const exists = known(true as const, source);
  const descriptor = descriptorOf(read.value);
  if (descriptor === undefined || ownSids === undefined) {
    const why = ownSids === undefined ? "the server does not tell which groups the account is in" : "its security descriptor is not readable";
    return { exists, readable: unknown("denied", `whether the account may list ${dn} cannot be told: ${why}`, source) };
  }
  const access = checkAccess(descriptor, { sids: ownSids, rights: directoryRights.listChildren | directoryRights.readProperty });
  if (access === "granted") return { exists, readable: known(true as const, source) };
  const detail = access === "denied" ? `the account may not list and read ${dn}` : `whether the account may list ${dn} cannot be told from its security descriptor`;
  return { exists, readable: unknown("denied", detail, source) };
}

/** The objects below a container (one level or all), with evidence whether these are all. */
export async function listBelow(session: ForestSession, dn: string, scope: "one" | "sub", filter: DirectoryFilter, attributes: readonly string[]): Promise<Listing> {
  const { client, source } = session;
  const [state, found] = await Promise.all([containerState(session, dn), client.searchAll({ base: dn, scope, filter, attributes: ["objectClass", "objectGUID", ...attributes] }, { maxEntries })]);
  if (!found.complete) return { entries: found.entries, complete: failureOf(found.failure, source) };
  const firstReference = found.references[0];
  if (firstReference !== undefined) return { entries: found.entries, complete: unknown("unsupported", `a part of ${dn} is held by another server that was not asked: ${firstReference}`, source) };
  if (found.referrals.length > 0) return { entries: found.entries, complete: unknown("unsupported", `the server refers to ${found.referrals.join(", ")}`, source) };
  return { entries: found.entries, complete: state.readable };
}
