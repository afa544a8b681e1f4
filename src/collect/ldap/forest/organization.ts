import type { Observer } from "../../../model/subject.ts";
import { childNamed, listBelow, type Listing } from "./container.ts";
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

/** Objects below a container of the organisation; one that is positively not there holds nothing (organisations without UM lack the UM containers). */
export async function listContainer({ session, children }: OrganizationReading, cn: string, scope: "one" | "sub", attributes: readonly string[]): Promise<Listing> {
  const container = childNamed(children, cn);
  return container === undefined ? { entries: [], complete: children.complete } : listBelow(session.root, container.entry.dn, scope, attributes);
}
