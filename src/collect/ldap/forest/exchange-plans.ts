import { known, type Observation } from "../../../model/observation.ts";
import { normalName } from "../../../model/ids.ts";
import { parentDn } from "../decode-dn.ts";
import { idList, ofClass } from "./container.ts";
import { listContainer, organizationObject, type OrganizationReading } from "./organization.ts";
import { idOf } from "./links.ts";
import { booleanOf, enumOf, flagOf, integerOf, required, textOf, textsOf, type ReadEntry } from "./observe-entry.ts";

/** msExchUMDialPlanURIType: not 0-based. */
const uriTypes = { 1: "TelExtn", 2: "E164", 3: "SipName" } as const;
/** msExchUMDialPlanVoipSecurity: not 0-based. */
const voipSecurity = { 1: "SIPSecured", 2: "Unsecured", 3: "Secured" } as const;
/** msExchUMIPGatewayStatus and msExchUMServerStatus. */
export const statuses = { 0: "Enabled", 1: "Disabled", 2: "NoNewCalls" } as const;

/** A DN-valued attribute as a reference. */
function linkOf(reading: OrganizationReading, read: ReadEntry, name: string): Observation<string> {
  const dn = textOf(read, name);
  return dn.state === "known" ? known(reading.links.idAt(dn.value), dn.source) : dn;
}

/** A multi-valued DN attribute as references. */
export function linksOf(reading: OrganizationReading, read: ReadEntry, name: string): Observation<readonly string[]> {
  const dns = textsOf(read, name);
  return dns.state === "known" ? known(dns.value.map((dn) => reading.links.idAt(dn)), dns.source) : dns;
}

function dialPlanFacts(reading: OrganizationReading, read: ReadEntry): string {
  const { session } = reading;
  const { id, state } = organizationObject(reading, "umDialPlan", read);
  state("forest", known(session.forest.name, session.source));
  state("uriType", enumOf(read, "msExchUMDialPlanURIType", uriTypes, 1));
  state("voipSecurity", enumOf(read, "msExchUMDialPlanVoipSecurity", voipSecurity, 2));
  state("phoneContext", required(textOf(read, "msExchUMPhoneContext"), read, "phone context"));
  state("extensionDigits", integerOf(read, "msExchUMNumberingPlanDigits", 5));
  state("accessNumbers", textsOf(read, "msExchUMVoiceMailPilotNumbers"));
  state("pilotIdentifiers", textsOf(read, "msExchUMDialPlanDialedNumbers"));
  state("equivalentPhoneContexts", textsOf(read, "msExchUMEquivalentDialPlanPhoneContexts"));
  state("countryCode", textOf(read, "msExchUMCountryCode"));
  state("defaultAutoAttendant", linkOf(reading, read, "msExchUMDialPlanDefaultAutoAttendantLink"));
  state("faxEnabled", booleanOf(read, "msExchUMFaxEnabled", true));
  return id;
}

const dialPlanAttributes = ["msExchUMDialPlanURIType", "msExchUMDialPlanVoipSecurity", "msExchUMPhoneContext", "msExchUMNumberingPlanDigits", "msExchUMVoiceMailPilotNumbers", "msExchUMDialPlanDialedNumbers", "msExchUMEquivalentDialPlanPhoneContexts", "msExchUMCountryCode", "msExchUMDialPlanDefaultAutoAttendantLink", "msExchUMFaxEnabled"];

/** Reads the UM dial plans; auto attendants are made known as link targets first, since a plan names its default one. */
export async function readDialPlans(reading: OrganizationReading): Promise<void> {
  const [found, attendants] = await Promise.all([listContainer(reading, "UM DialPlan Container", "one", dialPlanAttributes), listContainer(reading, "UM AutoAttendant Container", "one", [])]);
  for (const { entry } of [...found.entries, ...attendants.entries]) reading.links.add(entry.dn, idOf(entry));
  const plans = ofClass(found, "msExchUMDialPlan");
  const ids = plans.entries.map((read) => dialPlanFacts(reading, read));
  reading.observer.observe("exchangeOrganization", reading.organization, "dialPlans", idList(plans.complete, ids));
}

function gatewayFacts(reading: OrganizationReading, read: ReadEntry): string {
  const { session } = reading;
  const { id, state } = organizationObject(reading, "umIpGateway", read);
  const address = required(textOf(read, "msExchUMIPGatewayAddress"), read, "address");
  state("forest", known(session.forest.name, session.source));
  state("address", address.state === "known" ? known(normalName(address.value), address.source) : address);
  state("port", integerOf(read, "msExchUMIPGatewayPort", 0));
  state("status", enumOf(read, "msExchUMIPGatewayStatus", statuses, 0));
  state("outcallsAllowed", booleanOf(read, "msExchUMOutcallsAllowed", true));
  state("mwiAllowed", flagOf(read, "msExchUMIPGatewayFlags2", 0x1, -1));
  return id;
}

function huntGroupFacts(reading: OrganizationReading, read: ReadEntry): string {
  const { session, links } = reading;
  const { id, state } = organizationObject(reading, "umHuntGroup", read);
  const pilot = textOf(read, "msExchUMPilotIdentifier");
  state("gateway", known(links.idAt(parentDn(read.entry.dn) ?? ""), session.source));
  state("dialPlan", required(linkOf(reading, read, "msExchUMHuntGroupDialPlanLink"), read, "dial plan"));
  state("pilotIdentifier", pilot);
  return id;
}

/** Reads the UM IP gateways and, one level below each, its hunt groups. */
export async function readGateways(reading: OrganizationReading): Promise<void> {
  const { observer, organization, links } = reading;
  const found = await listContainer(reading, "UM IPGateway Container", "sub", ["msExchUMIPGatewayAddress", "msExchUMIPGatewayPort", "msExchUMIPGatewayStatus", "msExchUMOutcallsAllowed", "msExchUMIPGatewayFlags2", "msExchUMHuntGroupDialPlanLink", "msExchUMPilotIdentifier"]);
  const gateways = ofClass(found, "msExchUMIPGateway");
  const huntGroups = ofClass(found, "msExchUMHuntGroup");
  for (const { entry } of gateways.entries) links.add(entry.dn, idOf(entry));
  observer.observe("exchangeOrganization", organization, "ipGateways", idList(found.complete, gateways.entries.map((read) => gatewayFacts(reading, read))));
  observer.observe("exchangeOrganization", organization, "huntGroups", idList(found.complete, huntGroups.entries.map((read) => huntGroupFacts(reading, read))));
}

/** Reads the UM auto attendants. */
export async function readAutoAttendants(reading: OrganizationReading): Promise<void> {
  const { observer, organization } = reading;
  const found = await listContainer(reading, "UM AutoAttendant Container", "one", ["msExchUMAutoAttendantDialPlanLink", "msExchUMAutoAttendantDialedNumbers", "msExchUMAutoAttendantFlags", "msExchUMASREnabled", "msExchUMOperatorExtension"]);
  const ids = ofClass(found, "msExchUMAutoAttendant").entries.map((read) => {
    const { id, state } = organizationObject(reading, "umAutoAttendant", read);
    state("dialPlan", required(linkOf(reading, read, "msExchUMAutoAttendantDialPlanLink"), read, "dial plan"));
    state("enabled", flagOf(read, "msExchUMAutoAttendantFlags", 0x1, 0));
    state("pilotIdentifiers", textsOf(read, "msExchUMAutoAttendantDialedNumbers"));
    state("speechEnabled", booleanOf(read, "msExchUMASREnabled", false));
    state("operatorExtension", textOf(read, "msExchUMOperatorExtension"));
    return id;
  });
  observer.observe("exchangeOrganization", organization, "autoAttendants", idList(found.complete, ids));
}

/** Reads the UM mailbox policies (class msExchUMRecipientTemplate). */
export async function readMailboxPolicies(reading: OrganizationReading): Promise<void> {
  const { observer, organization, links } = reading;
  const found = await listContainer(reading, "UM Mailbox Policies", "one", ["msExchUMMailboxPolicyDialPlanLink", "msExchUMPinPolicyMinPasswordLength"]);
  const ids = ofClass(found, "msExchUMRecipientTemplate").entries.map((read) => {
    const { id, state } = organizationObject(reading, "umMailboxPolicy", read);
    links.add(read.entry.dn, id);
    state("dialPlan", required(linkOf(reading, read, "msExchUMMailboxPolicyDialPlanLink"), read, "dial plan"));
    state("minPinLength", integerOf(read, "msExchUMPinPolicyMinPasswordLength", 6));
    return id;
  });
  observer.observe("exchangeOrganization", organization, "mailboxPolicies", idList(found.complete, ids));
}
