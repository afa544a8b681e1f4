import { serialNumber } from "../../src/lab/deployment/exchange-servers.ts";
import { lyncPools } from "../../src/lab/deployment/hosts.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { configuration, inExchange, serverDn } from "../../src/lab/deployment/planting.ts";
import type { ProfileName } from "../../src/model/rule.ts";
import { mutation, withSetup, type Mutation } from "./mutation.ts";
import { fails, turns, warns, type OutcomeChange } from "./outcome-changes.ts";

/** The same where something else makes the statement matter. */
function deniedWith(changes: readonly Change[], key: string, profile: ProfileName, ...expect: readonly (readonly OutcomeChange[])[]): Mutation {
  return withSetup({ profile, denied: [key] }, mutation(`${key}-denied`, `Whoever knows says no to ${key}`, changes, ...expect));
}

/** A statement that says no: key, profile, and what changes. */
function denied(key: string, profile: ProfileName, ...expect: readonly (readonly OutcomeChange[])[]): Mutation {
  return deniedWith([], key, profile, ...expect);
}

/** What only people can state. */
export const statedTable: readonly Mutation[] = [
  denied("um-ports-open", "on-premises", warns("firewall/um-ports", "um-ports-open")),
  denied("front-end-ports-open", "on-premises", warns("firewall/front-end-ports", "front-end-ports-open")),
  denied("um-components-active", "on-premises", warns("dial-plan/um-components", "um-components-active")),
  denied("outdialing-allowed", "on-premises", warns("dial-plan/outdialling", "outdialing-allowed")),
  denied("front-ends-restarted", "on-premises", warns("gateway/front-ends-restarted", "front-ends-restarted")),
  denied("lync-keys-in-legacy-provider", "on-premises", fails("certificate/lync-key-provider", "lync-keys-in-legacy-provider")),
  denied("web-services-have-own-name", "on-premises", warns("dns/web-name", "web-services-have-own-name")),
  deniedWith([configuration("CsTopology", "sba1.contoso.test", { ServiceVersion: 5 })], "older-lync-updated", "on-premises", turns("not-applicable", "warn", "version/older-lync-updated", "older-lync-updated")),
  deniedWith([inExchange(serverDn("MBX1"), "serialNumber", serialNumber([15, 2, 221, 12])), ...lyncPools.map(({ fqdn }) => configuration("CsTopology", fqdn, { ServiceVersion: 8 }))], "users-moved-before-mailboxes", "cloud-voicemail", turns("pass", "not-applicable", "certificate/lync-key-provider", "lync-keys-in-legacy-provider"), turns("not-applicable", "pass", "dns/no-xmpp", "contoso.test"), turns("not-applicable", "warn", "version/users-move-first", "users-moved-before-mailboxes")),
  denied("tenant-accepts-sip-domains", "hosted", fails("hosted/accepted-domains", "tenant-accepts-sip-domains")),
  denied("clients-are-supported", "hosted", fails("hosted/clients", "clients-are-supported")),
  denied("clocks-are-right", "hosted", warns("hosted/clocks", "clocks-are-right")),
  denied("tenant-shares-sip-address-space", "cloud-voicemail", fails("hosted/shared-address-space", "tenant-shares-sip-address-space")),
  denied("no-third-party-pbx", "cloud-voicemail", fails("hosted/no-third-party-pbx", "no-third-party-pbx")),
  denied("exchange-reachable-from-cloud", "cloud-voicemail", warns("hosted/exchange-reachable", "exchange-reachable-from-cloud")),
  denied("edge-reaches-cloud", "cloud-voicemail", warns("edge/reaches-cloud", "edge-reaches-cloud")),
];
