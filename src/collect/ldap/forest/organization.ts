import { known } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";
import { rdnValue } from "../decode-dn.ts";
import { childNamed, listBelow, type Listing } from "./container.ts";
import { idOf, type Links } from "./links.ts";
import { changedAt, type ReadEntry } from "./observe-entry.ts";
import type { ForestSession } from "./session.ts";
import { subjectState, type State } from "./state.ts";

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

/** Kinds of what an Exchange organisation holds as one object each. */
type OrganizationKind = "exchangeServer" | "umDialPlan" | "umIpGateway" | "umHuntGroup" | "umAutoAttendant" | "umMailboxPolicy";

/** Begins the facts of an object of the organisation: where it belongs, its name and its DN. */
export function organizationObject<K extends OrganizationKind>({ observer, session, organization }: OrganizationReading, kind: K, read: ReadEntry): { readonly id: string; readonly state: State<K> } {
  const { entry } = read;
  const id = idOf(entry);
  const name = rdnValue(entry.dn);
  const state = subjectState(observer, kind, id, name);
  const common: OrganizationKind = kind; // what these facts hold does not depend on which it is
  observer.observe(common, id, "organization", known(organization, session.source));
  observer.observe(common, id, "name", known(name, session.source));
  observer.observe(common, id, "dn", known(entry.dn, session.source));
  observer.observe(common, id, "changedAt", changedAt(read));
  return { id, state };
}
