import type { Entry } from "../types.ts";
import { entry } from "./entry.ts";
import { contoso } from "./forests.ts";
import { lyncPools, sipDomain } from "./hosts.ts";
import { poolServiceDn } from "./lync-topology.ts";
import { sipPlans } from "./plans.ts";
import type { PlanSpec } from "./plans.ts";

/** The organizational unit where ocsumutil keeps its contacts. */
export const contactUnitDn = `OU=RTC Special Accounts,${contoso.rootDn}`;

interface ContactSpec {
  readonly name: string;
  readonly sipAddress: string;
  readonly number: string;
  readonly otherIpPhone: string;
  /** msRTCSIP-OptionFlags: 0x80 Enterprise Voice, 0x100 enhanced presence, 0x400 auto attendant. */
  readonly optionFlags: number;
}

function contact(spec: ContactSpec): Entry {
  const home = lyncPools[0];
  return entry(`CN=${spec.name},${contactUnitDn}`, "top person organizationalPerson contact", {
    displayName: spec.name,
    telephoneNumber: spec.number,
    otherIpPhone: spec.otherIpPhone,
    proxyAddresses: spec.sipAddress,
    "msRTCSIP-PrimaryUserAddress": spec.sipAddress,
    "msRTCSIP-Line": `tel:${spec.number}`,
    "msRTCSIP-UserEnabled": true,
    "msRTCSIP-OptionFlags": spec.optionFlags,
    "msRTCSIP-PrimaryHomeServer": home === undefined ? undefined : poolServiceDn(home),
    "msRTCSIP-DeploymentLocator": "SRV:",
    // 0x90000000 as LDAP returns it, signed: the mark of ocsumutil's objects
    "msRTCSIP-SourceObjectType": -1879048192,
  });
}

/** The opaque part with the phone context is what field samples show for subscriber access; the form for auto attendants is an inference from what Exchange parses. */
function contactsOf(plan: PlanSpec): readonly Entry[] {
  const access = `sip:${plan.name.toLowerCase()}-sa@${sipDomain}`;
  const subscriberAccess = contact({
    name: `${plan.name} Subscriber Access`,
    sipAddress: access,
    number: plan.accessNumber,
    otherIpPhone: `${access};opaque=app:exum:${plan.phoneContext}`,
    optionFlags: 0x180,
  });
  if (plan.autoAttendant === undefined) return [subscriberAccess];
  const attendant = `sip:${plan.name.toLowerCase()}-aa@${sipDomain}`;
  return [
    subscriberAccess,
    contact({
      name: `${plan.autoAttendant.name} Auto Attendant`,
      sipAddress: attendant,
      number: plan.autoAttendant.number,
      otherIpPhone: `sip:${plan.autoAttendant.name}.${plan.name}@${sipDomain};opaque=app:exum:${plan.phoneContext}`,
      optionFlags: 0x580,
    }),
  ];
}

/** The ExUM contacts: one for the access number and one for the auto attendant of each SIP dial plan. */
export function contactEntries(): readonly Entry[] {
  return sipPlans.flatMap(contactsOf);
}
