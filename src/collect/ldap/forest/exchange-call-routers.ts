import { known } from "../../../model/observation.ts";
import { rdnValue } from "../decode-dn.ts";
import { childNamed, listBelow, ofClass, type Listing } from "./container.ts";
import { idOf } from "./links.ts";
import { changedAt, type ReadEntry } from "./observe-entry.ts";
import type { OrganizationReading } from "./organization.ts";
import { umAttributes, umSettings } from "./exchange-um-settings.ts";
import type { Reader } from "./reader.ts";
import { subjectState } from "./state.ts";

/** Goes down one container by its cn; one that is positively not there holds nothing. */
async function step(reader: Reader, at: Listing, cn: string, attributes: readonly string[]): Promise<Listing> {
  const child = childNamed(at, cn);
  return child === undefined ? { entries: [], complete: at.complete } : listBelow(reader, child.entry.dn, "one", attributes);
}

/** The call router objects of one server: CN=UMCallRouterSettings,CN=SIP,CN=Protocols. Servers hold hundreds of objects, so that the path is walked. */
export async function listCallRouters(reader: Reader, server: ReadEntry): Promise<Listing> {
  const inside = await listBelow(reader, server.entry.dn, "one", []);
  const protocols = await step(reader, inside, "Protocols", []);
  return ofClass(await step(reader, protocols, "SIP", umAttributes), "msExchProtocolCfgSIPFEServer");
}

/** States the facts of a call router and returns its id. */
export function callRouterFacts(reading: OrganizationReading, read: ReadEntry, server: ReadEntry): string {
  const { observer, session, organization, links } = reading;
  const { entry } = read;
  const id = idOf(entry);
  const name = rdnValue(server.entry.dn);
  const state = subjectState(observer, "umCallRouter", id, name);
  state("organization", known(organization, session.source));
  state("server", known(links.idAt(server.entry.dn), session.source));
  state("name", known(name, session.source));
  state("dn", known(entry.dn, session.source));
  state("changedAt", changedAt(read));
  umSettings(reading, read, state, known({ tcp: 5060, tls: 5061 }, session.source));
  return id;
}
