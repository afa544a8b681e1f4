import { computerDn } from "../../src/lab/deployment/accounts.ts";
import { endpointSpecs } from "../../src/lab/deployment/endpoint-specs.ts";
import { contoso } from "../../src/lab/deployment/forests.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { serialNumber } from "../../src/lab/deployment/exchange-servers.ts";
import { lyncPools } from "../../src/lab/deployment/hosts.ts";
import { certificate, configuration, inExchange, inLync, serverDn } from "../../src/lab/deployment/planting.ts";
import { contosoPlan, planDn } from "../../src/lab/deployment/plans.ts";
import { allContacts } from "./lab-contacts.ts";
import { mutation, type Mutation } from "./mutation.ts";
import { fails, nothingLeft, turns, warns } from "./outcome-changes.ts";

const isVersion = (server: string, ...version: readonly [number, number, number, number]) => inExchange(serverDn(server), "serialNumber", serialNumber(version));
const all = (...version: readonly [number, number, number, number]) => ["EX1", "EX2", "CAS1", "MBX1"].map((name) => isVersion(name, ...version));
const poolsAre = (ServiceVersion: number) => lyncPools.map(({ fqdn }) => configuration("CsTopology", fqdn, { ServiceVersion }));

/** The branch pool runs on another host, with all that belongs to it. */
function branchOn(host: string): readonly Change[] {
  const pool = "sba1.contoso.test";
  const id = `server:${pool}`;
  const listening = endpointSpecs().find((one) => one.host === pool && one.port === 5061);
  if (listening === undefined) throw new Error("the branch pool does not listen");
  return [inLync(computerDn(contoso, pool), "dNSHostName", host), certificate(id, { dnsNames: [pool, host, "sip.contoso.test"] }), { kind: "setEndpoint", host, port: 5061, endpoint: listening }];
}

/** Products, service packs and roles of both sides. */
export const versionTable: readonly Mutation[] = [
  mutation(
    "exchange-2007-rtm",
    "MBX1 is Exchange 2007 without a service pack",
    [isVersion("MBX1", 8, 0, 685, 24)],
    turns("not-applicable", "warn", "dial-plan/matches-lync-dial-plan", "BranchUM", "ContosoUM"),
    warns("dial-plan/one-version", "BranchUM", "ContosoUM"),
    turns("not-applicable", "pass", "dial-plan/servers-2010", "BranchUM", "ContosoUM"),
    turns("none", "fail", "version/exchange-2007-service-pack", "MBX1"),
    fails("version/exchange-fits-lync", "MBX1"),
  ),
  mutation(
    "exchange-2007-sp1",
    "MBX1 is Exchange 2007 SP1",
    [isVersion("MBX1", 8, 1, 240, 5)],
    turns("not-applicable", "warn", "dial-plan/matches-lync-dial-plan", "BranchUM", "ContosoUM"),
    warns("dial-plan/one-version", "BranchUM", "ContosoUM"),
    turns("not-applicable", "pass", "dial-plan/servers-2010", "BranchUM", "ContosoUM"),
    turns("none", "warn", "version/exchange-2007-service-pack", "MBX1"),
  ),
  mutation(
    "exchange-2007-sp3",
    "MBX1 is Exchange 2007 SP3",
    [isVersion("MBX1", 8, 3, 83, 0)],
    turns("not-applicable", "warn", "dial-plan/matches-lync-dial-plan", "BranchUM", "ContosoUM"),
    warns("dial-plan/one-version", "BranchUM", "ContosoUM"),
    turns("not-applicable", "pass", "dial-plan/servers-2010", "BranchUM", "ContosoUM"),
  ),
  mutation(
    "exchange-2010-rtm",
    "MBX1 is Exchange 2010 RTM",
    [isVersion("MBX1", 14, 0, 639, 20)],
    turns("not-applicable", "warn", "dial-plan/matches-lync-dial-plan", "BranchUM", "ContosoUM"),
    warns("dial-plan/one-version", "BranchUM", "ContosoUM"),
    turns("not-applicable", "pass", "dial-plan/servers-2010", "BranchUM", "ContosoUM"),
    turns("none", "warn", "version/exchange-2010-tls", "MBX1"),
  ),
  mutation(
    "exchange-2010-rtm-named",
    "MBX1 is Exchange 2010 RTM, and Lync dial plans bear the phone contexts",
    [isVersion("MBX1", 14, 0, 639, 20), ...["ContosoUM", "BranchUM"].map((name) => configuration("CsDialPlan", `Tag:${name}`, { SimpleName: `${name.toLowerCase()}.fabrikam.test`, NormalizationRules: [] }))],
    turns("not-applicable", "pass", "dial-plan/matches-lync-dial-plan", "BranchUM", "ContosoUM"),
    warns("dial-plan/one-version", "BranchUM", "ContosoUM"),
    warns("dial-plan/per-location", "Lync configuration"),
    turns("not-applicable", "pass", "dial-plan/servers-2010", "BranchUM", "ContosoUM"),
    turns("none", "fail", "dial-plan/user-plan-suitable", "Tag:BranchUM", "Tag:ContosoUM"),
    turns("none", "warn", "version/exchange-2010-tls", "MBX1"),
  ),
  mutation(
    "exchange-2010-only",
    "All servers are Exchange 2010 RTM",
    all(14, 0, 639, 20),
    turns("pass", "not-applicable", "dial-plan/country-code", "BranchUM", "ContosoUM"),
    turns("not-applicable", "fail", "dial-plan/matches-lync-dial-plan", "BranchUM", "ContosoUM"),
    turns("not-applicable", "pass", "dial-plan/servers-2010", "BranchUM", "ContosoUM"),
    turns("pass", "not-applicable", "dial-plan/servers-2013", "BranchUM", "ContosoUM"),
    turns("pass", "not-applicable", "dial-plan/um-components", "um-components-active"),
    turns("none", "warn", "version/exchange-2010-tls", "EX1", "EX2", "MBX1"),
    nothingLeft("dial-plan/servers-only-sip", "permission/administrative-groups"),
  ),
  mutation(
    "exchange-2010-sp3",
    "MBX1 is Exchange 2010 SP3",
    [isVersion("MBX1", 14, 3, 123, 4)],
    warns("dial-plan/one-version", "BranchUM", "ContosoUM"),
    turns("not-applicable", "pass", "dial-plan/servers-2010", "BranchUM", "ContosoUM"),
  ),
  mutation(
    "plan-without-2010-server",
    "MBX1 is Exchange 2010 SP3, and no server is in BranchUM",
    [isVersion("MBX1", 14, 3, 123, 4), ...["EX1", "EX2", "MBX1"].map((name) => inExchange(serverDn(name), "msExchUMServerDialPlanLink", planDn(contosoPlan)))],
    turns("pass", "not-applicable", "dial-plan/one-version", "BranchUM"),
    warns("dial-plan/one-version", "ContosoUM"),
    turns("not-applicable", "fail", "dial-plan/servers-2010", "BranchUM"),
    turns("not-applicable", "pass", "dial-plan/servers-2010", "ContosoUM"),
    fails("dial-plan/servers-2013", "BranchUM"),
    warns("dial-plan/two-servers", "BranchUM"),
  ),
  mutation(
    "exchange-2019",
    "MBX1 is Exchange 2019",
    [isVersion("MBX1", 15, 2, 221, 12)],
    turns("none", "fail", "version/exchange-2019-has-no-um", "MBX1"),
    fails("version/exchange-fits-lync", "MBX1"),
  ),
  mutation(
    "exchange-2019-beside-2019",
    "MBX1 is Exchange 2019 beside Skype for Business Server 2019",
    [isVersion("MBX1", 15, 2, 221, 12), ...poolsAre(8)],
    turns("pass", "not-applicable", "certificate/lync-key-provider", "lync-keys-in-legacy-provider"),
    turns("not-applicable", "pass", "dns/no-xmpp", "contoso.test"),
    fails("contact/not-on-2019", ...allContacts),
    turns("none", "fail", "version/exchange-2019-has-no-um", "MBX1"),
    warns("version/exchange-fits-lync", "MBX1"),
    turns("not-applicable", "pass", "version/users-move-first", "users-moved-before-mailboxes"),
  ),
  mutation("pools-2015", "The pools are Skype for Business Server 2015", poolsAre(7), turns("pass", "not-applicable", "certificate/lync-key-provider", "lync-keys-in-legacy-provider")),
  mutation(
    "pools-2019",
    "The pools are Skype for Business Server 2019",
    poolsAre(8),
    fails("contact/not-on-2019", ...allContacts),
    turns("pass", "not-applicable", "certificate/lync-key-provider", "lync-keys-in-legacy-provider"),
    turns("not-applicable", "pass", "dns/no-xmpp", "contoso.test"),
  ),
  mutation(
    "pools-2019-with-2010",
    "The pools are Skype for Business Server 2019 beside Exchange 2010",
    [...poolsAre(8), isVersion("MBX1", 14, 3, 123, 4)],
    fails("contact/not-on-2019", ...allContacts),
    turns("pass", "not-applicable", "certificate/lync-key-provider", "lync-keys-in-legacy-provider"),
    warns("dial-plan/one-version", "BranchUM", "ContosoUM"),
    turns("not-applicable", "pass", "dial-plan/servers-2010", "BranchUM", "ContosoUM"),
    turns("not-applicable", "pass", "dns/no-xmpp", "contoso.test"),
    fails("version/exchange-fits-lync", "MBX1"),
  ),
  mutation(
    "um-on-front-end",
    "MBX1 is the Front End of the branch pool",
    branchOn("mbx1.fabrikam.test"),
    turns("none", "not-applicable", "certificate/lync-sign-in-names", "mbx1.fabrikam.test:5061"),
    turns("none", "not-applicable", "certificate/sign-in-fallback-names", "mbx1.fabrikam.test:5061"),
    turns("none", "warn", "certificate/same-on-all-ports", "mbx1.fabrikam.test:5063"),
    fails("version/no-collocation", "MBX1"),
  ),
  mutation(
    "no-client-access",
    "No server has the Client Access role",
    [inExchange(serverDn("EX1"), "msExchCurrentServerRoles", "54"), inExchange(serverDn("EX2"), "msExchCurrentServerRoles", "54"), inExchange(serverDn("CAS1"), "msExchCurrentServerRoles", "38")],
    fails("version/server-roles", "Fabrikam"),
    nothingLeft("certificate/same-on-all-ports", "endpoint/redirects-to-known-servers", "startup/call-router-dual", "startup/call-router-mode"),
  ),
  mutation(
    "no-um-role",
    "No server has the Unified Messaging role",
    ["EX1", "EX2", "MBX1"].map((name) => inExchange(serverDn(name), "msExchCurrentServerRoles", "38")),
    fails("version/server-roles", "Fabrikam"),
    nothingLeft("certificate/same-on-all-ports", "dns/um-server-answers-agree", "dns/um-servers-reverse", "permission/administrative-groups", "startup/call-limit", "startup/um-service-dual", "startup/um-service-mode", "version/no-collocation"),
  ),
];
