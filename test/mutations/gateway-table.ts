import { gatewayDn } from "../../src/lab/deployment/exchange-plans.ts";
import { entry } from "../../src/lab/deployment/entry.ts";
import { fabrikam } from "../../src/lab/deployment/forests.ts";
import { lyncPools } from "../../src/lab/deployment/hosts.ts";
import { poolDn } from "../../src/lab/deployment/lync-topology.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { dns, huntGroupDn, inExchange, inLync } from "../../src/lab/deployment/planting.ts";
import { branchPlan, contosoPlan, legacyPlan, planDn } from "../../src/lab/deployment/plans.ts";
import { mutation, type Mutation } from "./mutation.ts";
import { fails, turns, warns } from "./outcome-changes.ts";

const [enterprise, standard, branch] = lyncPools.map(({ cn }) => cn) as [string, string, string];
const gateway = (name: string, attribute: string, ...values: readonly string[]): Change => inExchange(gatewayDn(name), attribute, ...values);
const huntGroup = (name: string, attribute: string, ...values: readonly string[]): Change => inExchange(huntGroupDn(name, contosoPlan), attribute, ...values);
const removed = (dn: string): Change => ({ kind: "removeEntry", forest: fabrikam.name, dn });
const [, standardPool] = lyncPools;

/** A gateway of equipment that is no Lync pool, with a hunt group for a SIP plan, as a removed pool leaves it behind. */
function strayGateway(address: string): readonly Change[] {
  return [
    { kind: "addEntry", forest: fabrikam.name, entry: entry(gatewayDn("Old pool"), "top container msExchContainer msExchUMIPGateway", { msExchUMIPGatewayAddress: address, msExchUMIPGatewayPort: 0, msExchUMIPGatewayStatus: 0, msExchUMOutcallsAllowed: false, msExchUMIPGatewayFlags2: -1 }) },
    { kind: "addEntry", forest: fabrikam.name, entry: entry(huntGroupDn("Old pool", contosoPlan), "top container msExchContainer msExchUMHuntGroup", { msExchUMHuntGroupDialPlanLink: planDn(contosoPlan), msExchUMPilotIdentifier: contosoPlan.name }) },
  ];
}

/** So many gateways of telephone equipment, all of the telephone extension plan. */
function moreGateways(count: number): readonly Change[] {
  return Array.from({ length: count }, (_, index) => `Trunk ${index + 1}`).flatMap((name, index): readonly Change[] => [
    { kind: "addEntry", forest: fabrikam.name, entry: entry(gatewayDn(name), "top container msExchContainer msExchUMIPGateway", { msExchUMIPGatewayAddress: `192.0.2.${index + 1}`, msExchUMIPGatewayPort: 5060, msExchUMIPGatewayStatus: 0, msExchUMOutcallsAllowed: true, msExchUMIPGatewayFlags2: -1 }) },
    { kind: "addEntry", forest: fabrikam.name, entry: entry(huntGroupDn(name, legacyPlan), "top container msExchContainer msExchUMHuntGroup", { msExchUMHuntGroupDialPlanLink: planDn(legacyPlan) }) },
  ]);
}

/** UM IP gateways and their hunt groups. */
export const gatewayTable: readonly Mutation[] = [
  mutation("gateway-missing", "The Standard Edition pool has no gateway", [removed(gatewayDn(standard))], fails("gateway/one-per-pool", "lyncse1.contoso.test")),
  mutation(
    "gateway-of-front-end",
    "A gateway has the name of a Front End instead of the pool",
    [gateway(enterprise, "msExchUMIPGatewayAddress", "lyncfe1.contoso.test")],
    turns("none", "not-applicable", "certificate/gateway-secured", "1:1"),
    warns("gateway/belongs-to-pool", "1:1"),
    fails("gateway/one-allows-outcalls", "BranchUM", "ContosoUM"),
    fails("gateway/one-per-pool", "lyncpool.contoso.test"),
  ),
  mutation(
    "gateway-is-address",
    "A gateway has an IP address",
    [gateway(standard, "msExchUMIPGatewayAddress", "127.0.10.31")],
    turns("pass", "not-applicable", "gateway/belongs-to-pool", "1:2"),
    turns("none", "fail", "certificate/gateway-secured", "1:2"),
    fails("gateway/one-per-pool", "lyncse1.contoso.test"),
    warns("gateway/port", "1:2"),
  ),
  mutation(
    "gateway-shares-address",
    "Another gateway resolves to the address of a pool",
    [dns("inside", "A", "pbxgw.fabrikam.test", "127.0.10.31")],
    fails("gateway/resolves", "1:2", "LegacyPBX Gateway"),
  ),
  mutation(
    "gateway-stray",
    "The gateway of a removed pool is still there",
    strayGateway("oldpool.contoso.test"),
    turns("none", "fail", "gateway/resolves", "Old pool"),
    turns("none", "warn", "gateway/belongs-to-pool", "Old pool"),
    turns("none", "not-applicable", "certificate/gateway-secured", "Old pool"),
  ),
  mutation("gateways-201", "A dial plan has more gateways than the UM service bears", moreGateways(200), fails("gateway/at-most-200", "LegacyPBX")),
  mutation("gateway-disabled", "A gateway is disabled", [gateway(standard, "msExchUMIPGatewayStatus", "1")]),
  mutation("gateway-port-5060", "A gateway of a secured plan has the plain port", [gateway(standard, "msExchUMIPGatewayPort", "5060")], warns("gateway/port", "1:2")),
  mutation("gateway-port-other", "A gateway has a port on which the pool does not listen", [gateway(standard, "msExchUMIPGatewayPort", "5070")], warns("gateway/port", "1:2")),
  mutation(
    "outcalls-none",
    "No gateway allows outgoing calls",
    [gateway(enterprise, "msExchUMOutcallsAllowed", "FALSE")],
    fails("gateway/one-allows-outcalls", "BranchUM", "ContosoUM"),
    turns("pass", "not-applicable", "gateway/outcalls-leave-by-main-pool", "1:1"),
  ),
  mutation(
    "outcalls-at-branch",
    "Outgoing calls leave by the branch pool",
    [gateway(enterprise, "msExchUMOutcallsAllowed", "FALSE"), gateway(branch, "msExchUMOutcallsAllowed", "TRUE")],
    warns("gateway/branch-pool-is-quiet", "2:1"),
    turns("not-applicable", "warn", "gateway/outcalls-leave-by-main-pool", "2:1"),
    turns("pass", "not-applicable", "gateway/outcalls-leave-by-main-pool", "1:1"),
  ),
  mutation(
    "outcalls-at-director",
    "Outgoing calls leave by a Director",
    [inLync(poolDn(lyncPools[0] as (typeof lyncPools)[number]), "msRTCSIP-PoolData", "ExtendedType=Director")],
    warns("gateway/outcalls-leave-by-main-pool", "1:1"),
    turns("pass", "not-applicable", "gateway/one-per-pool", "lyncpool.contoso.test"),
  ),
  mutation("mwi-at-branch", "Message waiting is on for the branch pool", [gateway(branch, "msExchUMIPGatewayFlags2", "-1")], warns("gateway/branch-pool-is-quiet", "2:1")),
  mutation("mwi-off", "Message waiting is off for a central pool", [gateway(enterprise, "msExchUMIPGatewayFlags2", "-2")], warns("gateway/message-waiting", "1:1")),
  mutation(
    "mwi-at-old-pool",
    "Message waiting is on for a pool of Office Communications Server",
    [inLync(poolDn(standardPool as (typeof lyncPools)[number]), "msRTCSIP-PoolVersion", String(4 * 0x10000))],
    warns("gateway/message-waiting", "1:2"),
    turns("not-applicable", "pass", "version/older-lync-updated", "older-lync-updated"),
  ),
  mutation("hunt-group-missing", "A gateway has no hunt group for ContosoUM", [removed(huntGroupDn(standard, contosoPlan))], fails("hunt-group/exists", "1:2")),
  mutation(
    "hunt-groups-missing",
    "A gateway has no hunt group at all",
    [removed(huntGroupDn(standard, contosoPlan)), removed(huntGroupDn(standard, branchPlan))],
    fails("hunt-group/exists", "1:2"),
  ),
  mutation("hunt-group-without-pilot", "A hunt group has no pilot identifier", [huntGroup(standard, "msExchUMPilotIdentifier")], warns("hunt-group/pilot-is-plan-name", "ContosoUM")),
  mutation(
    "hunt-group-crossed",
    "The hunt group of ContosoUM is linked to BranchUM",
    [huntGroup(standard, "msExchUMHuntGroupDialPlanLink", planDn(branchPlan))],
    fails("hunt-group/exists", "1:2"),
    fails("hunt-group/one-to-one", "BranchUM"),
    warns("hunt-group/pilot-is-plan-name", "ContosoUM"),
  ),
  mutation(
    "hunt-group-of-legacy-plan",
    "The hunt group of a Lync gateway is linked to the telephone extension plan",
    [huntGroup(standard, "msExchUMHuntGroupDialPlanLink", planDn(legacyPlan))],
    fails("hunt-group/exists", "1:2"),
  ),
  mutation(
    "plan-without-hunt-group",
    "ContosoUM is reached through no gateway",
    [enterprise, standard, branch].map((name) => removed(huntGroupDn(name, contosoPlan))),
    fails("hunt-group/exists", "1:1", "1:2", "2:1"),
    fails("hunt-group/one-to-one", "ContosoUM"),
    turns("pass", "not-applicable", "dial-plan/encryption-matches-lync", "ContosoUM"),
    turns("pass", "not-applicable", "gateway/one-allows-outcalls", "ContosoUM"),
  ),
];
