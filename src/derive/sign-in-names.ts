import { dnsId, type ViewName } from "../model/ids.ts";
import { known } from "../model/observation.ts";
import { derivedSource } from "./combine.ts";
import type { DerivedWorld } from "./world.ts";

/** Single names of a SIP domain, by fact: discovery of web services, updates and time of phones, XMPP. */
const single = {
  discoverInternalInside: ["inside", "lyncdiscoverinternal"],
  discoverInternalOutside: ["outside", "lyncdiscoverinternal"],
  discoverInside: ["inside", "lyncdiscover"],
  discoverOutside: ["outside", "lyncdiscover"],
  phoneUpdates: ["inside", "ucupdates-r2"],
  phoneTime: ["inside", "_ntp._udp"],
  xmpp: ["outside", "_xmpp-server._tcp"],
} as const satisfies Readonly<Record<string, readonly [view: ViewName, label: string]>>;

/** States which names clients and phones of a SIP domain look up (key dns.fallback names their order). */
export function stateSignInNames(world: DerivedWorld, domain: string): void {
  for (const [fact, [view, label]] of Object.entries(single) as [keyof typeof single, readonly [ViewName, string]][]) world.state("sipDomain", domain, fact, known(dnsId(view, `${label}.${domain}`), derivedSource));
  world.state("sipDomain", domain, "signInInside", known(["sipinternal", "sip"].map((label) => dnsId("inside", `${label}.${domain}`)), derivedSource));
  world.state("sipDomain", domain, "signInOutside", known(["sip", "sipexternal"].map((label) => dnsId("outside", `${label}.${domain}`)), derivedSource));
}
