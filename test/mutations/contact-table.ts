import { contactUnitDn } from "../../src/lab/deployment/lync-contacts.ts";
import { lyncPools } from "../../src/lab/deployment/hosts.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { lyncUserDn } from "../../src/lab/deployment/people.ts";
import { configuration, inLync } from "../../src/lab/deployment/planting.ts";
import { poolServiceDn } from "../../src/lab/deployment/lync-topology.ts";
import { contactNames } from "./lab-contacts.ts";
import { embeddedOnly, mutation, withSetup, type Mutation } from "./mutation.ts";
import { fails, turns, warns } from "./outcome-changes.ts";

const contactDn = (name: string): string => `CN=${name},${contactUnitDn}`;
const access = (attribute: string, ...values: readonly string[]): Change => inLync(contactDn(contactNames.access), attribute, ...values);
const attendant = (attribute: string, ...values: readonly string[]): Change => inLync(contactDn(contactNames.attendant), attribute, ...values);
const [main, standard] = lyncPools.map(poolServiceDn);

/** Everybody of the main pool moves to the Standard Edition server, while the contacts stay. Numbers are those of the mutations' nine people. */
const usersLeave: readonly Change[] = [2, 4, 8].map((number) => inLync(lyncUserDn(`user${String(number).padStart(5, "0")}`), "msRTCSIP-PrimaryHomeServer", standard ?? ""));

/** The branch is rerouted to these contacts by number. */
const reroutingLost = warns("enterprise-voice/rerouting-numbers", "Site:Portland");

/** Contacts of subscriber access and auto attendants. */
export const contactTable: readonly Mutation[] = [
  mutation(
    "contact-of-attendant-missing",
    "ocsumutil did not run again after an auto attendant was made",
    [{ kind: "removeEntry", forest: "contoso", dn: contactDn(contactNames.attendant) }],
    fails("contact/attendant-has-contact", "ContosoAA"),
    reroutingLost,
  ),
  mutation(
    "contact-of-access-missing",
    "There is no subscriber access contact for ContosoUM",
    [{ kind: "removeEntry", forest: "contoso", dn: contactDn(contactNames.access) }],
    warns("contact/subscriber-access", "ContosoUM"),
    reroutingLost,
  ),
  mutation(
    "contact-number-other",
    "The subscriber access contact has another number than the dial plan",
    [access("msRTCSIP-Line", "tel:+14255550150")],
    warns("contact/subscriber-access", "ContosoUM"),
    warns("contact/kind", contactNames.access),
    reroutingLost,
  ),
  mutation("contact-number-extension", "A contact has an extension after its number", [access("msRTCSIP-Line", "tel:+14255550100;ext=0100")]),
  mutation(
    "contact-number-shared",
    "Two contacts have one number",
    [access("msRTCSIP-Line", "tel:+14255550101")],
    warns("contact/subscriber-access", "ContosoUM"),
    warns("contact/kind", contactNames.access),
    fails("contact/number", contactNames.access, contactNames.attendant),
    reroutingLost,
  ),
  mutation("contact-without-plus", "The number of a contact has no plus", [access("msRTCSIP-Line", "tel:14255550100")], warns("contact/number", contactNames.access), reroutingLost),
  mutation("contact-domain-foreign", "The SIP address of a contact is in a domain that Lync does not serve", [access("msRTCSIP-PrimaryUserAddress", "sip:contosoum-sa@litware.test")], fails("contact/sip-address", contactNames.access)),
  mutation(
    "contact-kind-wrong",
    "The contact of an auto attendant was made as subscriber access",
    [attendant("msRTCSIP-OptionFlags", "384"), attendant("otherIpPhone", "sip:contosoum-aa@contoso.test;opaque=app:exum:ContosoUM.fabrikam.test")],
    warns("contact/kind", contactNames.attendant),
  ),
  mutation("contact-kind-unmarked", "The contact of an auto attendant bears no mark but its number", [attendant("msRTCSIP-OptionFlags", "384"), attendant("otherIpPhone"), attendant("msRTCSIP-SourceObjectType")]),
  mutation("contact-context-other", "A contact names the phone context of the other dial plan", [access("otherIpPhone", "sip:contosoum-sa@contoso.test;opaque=app:exum:BranchUM.fabrikam.test")], warns("contact/kind", contactNames.access)),
  mutation("contact-disabled", "A contact is not enabled for Lync", [access("msRTCSIP-UserEnabled", "FALSE")], fails("contact/enabled", contactNames.access)),
  mutation("contact-without-voice", "A contact has no Enterprise Voice", [attendant("msRTCSIP-OptionFlags", "1280")], fails("contact/enabled", contactNames.attendant)),
  embeddedOnly("Samba keeps no link to an object that is not there", mutation("contact-homeless", "The pool of a contact is gone", [access("msRTCSIP-PrimaryHomeServer", (main ?? "").replace("CN=1:1,", "CN=9:9,"))], warns("contact/home-pool", contactNames.access), turns("pass", "not-applicable", "contact/not-on-2019", contactNames.access))),
  embeddedOnly("it names the users of a pool one by one, and the real lab has more of them", mutation("contact-left-behind", "All users left the pool of the contacts", usersLeave, warns("contact/home-pool", ...Object.values(contactNames)))),
  mutation(
    "contact-on-2019",
    "The main pool became Skype for Business Server 2019",
    [configuration("CsTopology", "lyncpool.contoso.test", { ServiceVersion: 8 })],
    fails("contact/not-on-2019", ...Object.values(contactNames)),
  ),
  withSetup(
    { profile: "hosted" },
    mutation(
      "contact-hosted",
      "A contact of hosted voice mail",
      [access("msRTCSIP-Line", "tel:+14255550150"), access("msExchUCVoiceMailSettings", "CsHostedVoiceMail=1")],
      turns("not-applicable", "pass", "contact/hosted-policy", contactNames.access),
    ),
  ),
  withSetup(
    { profile: "hosted" },
    mutation("contact-hosted-not-enabled", "A contact of hosted voice mail is not enabled for it", [access("msRTCSIP-Line", "tel:+14255550150")], turns("not-applicable", "fail", "contact/hosted-policy", contactNames.access)),
  ),
];
