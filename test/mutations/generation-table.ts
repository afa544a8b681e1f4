import { edge, exchangeServers } from "../../src/lab/deployment/hosts.ts";
import { serialNumber } from "../../src/lab/deployment/exchange-servers.ts";
import { callRouterDn, configuration, dns, inExchange, serverDn } from "../../src/lab/deployment/planting.ts";
import { branchPlan, contosoPlan, planDn } from "../../src/lab/deployment/plans.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { fails, nothingLeft, turns, warns, type OutcomeChange } from "./outcome-changes.ts";

/** A change of a healthy generation, and exactly the checks whose outcome it changes. */
export interface GenerationMutation {
  readonly generation: string;
  readonly title: string;
  readonly changes: readonly Change[];
  readonly expect: readonly OutcomeChange[];
}

const umServers = exchangeServers.filter(({ umService }) => umService).map(({ name }) => name);
const isVersion = (server: string, ...version: readonly [number, number, number, number]): Change => inExchange(serverDn(server), "serialNumber", serialNumber(version));
const onlyContoso = umServers.map((name) => inExchange(serverDn(name), "msExchUMServerDialPlanLink", planDn(contosoPlan)));

/** What it means that no server is linked to the branch's plan. */
const withoutServers = [...turns("pass", "not-applicable", "dial-plan/one-version", "BranchUM"), ...fails("dial-plan/servers-2010", "BranchUM"), ...warns("dial-plan/two-servers", "BranchUM")];

function of(generation: string, title: string, changes: readonly Change[], ...expect: readonly (readonly OutcomeChange[])[]): GenerationMutation {
  return { generation, title, changes, expect: expect.flat() };
}

/** Mistakes that only a generation has, and what is a mistake in one and none in another. */
export const generationTable: readonly GenerationMutation[] = [
  of("exchange-2007", "A server has no service pack", [isVersion("MBX1", 8, 0, 685, 25)], turns("pass", "fail", "version/exchange-2007-service-pack", "MBX1"), fails("version/exchange-fits-lync", "MBX1")),
  of("exchange-2007", "A server has service pack 1 only", [isVersion("MBX1", 8, 1, 240, 6)], turns("pass", "warn", "version/exchange-2007-service-pack", "MBX1")),
  of("exchange-2007", "No Lync dial plan has a phone context", [configuration("CsDialPlan", "Global", { SimpleName: "DefaultProfile" })], fails("dial-plan/matches-lync-dial-plan", "ContosoUM")),
  of("exchange-2010-rtm", "No Lync dial plan has a phone context", [configuration("CsDialPlan", "Global", { SimpleName: "DefaultProfile" })], fails("dial-plan/matches-lync-dial-plan", "ContosoUM")),
  of("exchange-2010-rtm", "No server is linked to a plan", onlyContoso, turns("pass", "not-applicable", "dial-plan/matches-lync-dial-plan", "BranchUM"), withoutServers),
  of("exchange-2010-sp3", "Names of Lync dial plans are free from SP1 on", [configuration("CsDialPlan", "Global", { SimpleName: "AnyName" })]),
  of("exchange-2010-sp3", "No server is linked to a plan", onlyContoso, withoutServers),
  of(
    "exchange-2010-sp3",
    "The pools are Skype for Business Server 2019",
    ["lyncpool", "lyncse1", "sba1"].map((name) => configuration("CsTopology", `${name}.contoso.test`, { ServiceVersion: 8 })),
    turns("pass", "not-applicable", "certificate/lync-key-provider", "lync-keys-in-legacy-provider"),
    fails("contact/not-on-2019", "BranchAA Auto Attendant", "BranchUM Subscriber Access", "ContosoAA Auto Attendant", "ContosoUM Subscriber Access"),
    turns("not-applicable", "pass", "dns/no-xmpp", "contoso.test"),
    fails("version/exchange-fits-lync", "EX1", "EX2", "MBX1"),
  ),
  of("exchange-2013", "A call router is not in a dial plan", [inExchange(callRouterDn("CAS1"), "msExchUMServerDialPlanLink", planDn(branchPlan))], fails("dial-plan/servers-2013", "ContosoUM")),
  of("exchange-2016", "A server is Exchange 2019, which has no UM", [isVersion("EX2", 15, 2, 221, 12)], turns("none", "fail", "version/exchange-2019-has-no-um", "EX2"), fails("version/exchange-fits-lync", "EX2")),
  of(
    "hosted",
    "No policy has a destination",
    ["Global", "Tag:CloudVoicemail"].map((identity) => configuration("CsHostedVoicemailPolicy", identity, { Destination: null })),
    nothingLeft("hosted/not-online-um", "hosted/policy-organization"),
    fails("hosted/policy-destination", "Global", "Tag:CloudVoicemail"),
    turns("none", "fail", "user/hosted-policy", "Voice mail in the cloud"),
  ),
  of("cloud-voicemail", "The Edge is of Lync Server 2013", [configuration("CsTopology", edge.internal.fqdn, { ServiceVersion: 6 })], turns("not-applicable", "pass", "certificate/lync-key-provider", "lync-keys-in-legacy-provider"), fails("edge/version-for-cloud", "edgeint.contoso.test")),
  of("cloud-voicemail", "XMPP is announced, which Skype for Business Server 2019 does not have", [dns("outside", "SRV", "_xmpp-server._tcp.contoso.test", "access.contoso.test 5269 0 100")], warns("dns/no-xmpp", "contoso.test")),
];
