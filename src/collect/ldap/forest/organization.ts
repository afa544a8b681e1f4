import { known, type Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import type { Entry } from "../client-contract.ts";
import { dnKey, rdnValue } from "../decode-dn.ts";
import { listBelow, type Listing } from "./container.ts";
import type { Links } from "./links.ts";
import type { ForestSession } from "./session.ts";

/** What readers of one organisation share. */
export interface OrganizationReading {
  readonly session: ForestSession;
  readonly observer: Observer;
  readonly links: Links;
  readonly organization: string;
  /** The organisation's direct children; tells a container that is not there from one that is hidden. */
  readonly children: Listing;
}

/** The child container of an organisation by its cn. */
export function childNamed(children: Listing, cn: string): Entry | undefined {
  return children.entries.find((entry) => rdnValue(entry.dn).toLowerCase() === cn.toLowerCase());
}

/** Lists a container of the organisation; one that is positively not there holds nothing (organisations without UM lack the UM containers). */
export async function listContainer(reading: OrganizationReading, cn: string, scope: "one" | "sub", attributes: readonly string[]): Promise<Listing> {
  const { session, children } = reading;
  const container = childNamed(children, cn);
  if (container !== undefined) {
    const below = await listBelow(session, container.dn, scope, "(objectClass=*)", attributes);
    return { ...below, entries: below.entries.filter((entry) => dnKey(entry.dn) !== dnKey(container.dn)) };
  }
  return { entries: [], complete: children.complete };
}

/** Objects found as a list fact: known only when the listing was complete. */
export function idList(listing: Pick<Listing, "complete">, ids: readonly string[]): Observation<readonly string[]> {
  return listing.complete.state === "known" ? known(ids, listing.complete.source) : listing.complete;
}
