import type { Entry } from "../types.ts";
import { entry } from "./entry.ts";
import { lyncPools, pbxGateway } from "./hosts.ts";
import type { LyncPool } from "./hosts.ts";
import { allPlans, legacyPlan, organizationDn, planDn, policyDn, sipPlans } from "./plans.ts";
import type { PlanSpec } from "./plans.ts";

/** Digits of every extension. */
export const extensionDigits = 6;

const anywhere = { msExchUMAllowedInCountryGroups: "Anywhere", msExchUMAllowedInternationalGroups: "Anywhere" } as const;

function autoAttendantDn(name: string): string {
  return `CN=${name},CN=UM AutoAttendant Container,${organizationDn}`;
}

function planEntry(plan: PlanSpec): Entry {
  return entry(planDn(plan), "top container msExchContainer msExchUMDialPlan", {
    msExchUMDialPlanURIType: plan.uriType,
    msExchUMDialPlanVoipSecurity: plan.voipSecurity,
    msExchUMPhoneContext: plan.phoneContext,
    msExchUMNumberingPlanDigits: extensionDigits,
    msExchUMVoiceMailPilotNumbers: plan.accessNumber,
    msExchUMDialPlanDialedNumbers: plan.uriType === 3 ? plan.accessNumber : undefined,
    msExchUMDialPlanSubscriberType: 0,
    msExchUMGlobalCallRoutingScheme: 0,
    msExchUMDialPlanFlags: 0,
    msExchUMDialPlanFlags2: -1,
    msExchUMCountryCode: "1",
    msExchUMFaxEnabled: plan.uriType !== 3,
    msExchUMMaxCallDuration: 30,
    msExchUMMaxRecordingDuration: 20,
    msExchUMDialPlanDefaultAutoAttendantLink: plan.autoAttendant === undefined ? undefined : autoAttendantDn(plan.autoAttendant.name),
    msExchUMAvailableInCountryGroups: "Anywhere,*,*,",
    msExchUMAvailableInternationalGroups: "Anywhere,*,*,",
    ...anywhere,
  });
}

/** Name of the gateway that exchucutil.ps1 makes for a pool: the cn of the pool object. */
export function gatewayDn(name: string): string {
  return `CN=${name},CN=UM IPGateway Container,${organizationDn}`;
}

/** exchucutil.ps1 leaves the port at 0, turns MWI off for branch registrars only; administrators then leave outgoing calls to one gateway per plan. */
function poolGateway(pool: LyncPool): Entry {
  return entry(gatewayDn(pool.cn), "top container msExchContainer msExchUMIPGateway", {
    msExchUMIPGatewayAddress: pool.fqdn,
    msExchUMIPGatewayPort: 0,
    msExchUMIPGatewayStatus: 0,
    msExchUMOutcallsAllowed: pool.kind === "enterprise",
    msExchUMIPGatewayFlags: 0,
    msExchUMIPGatewayFlags2: pool.kind === "branch" ? -2 : -1,
    msExchUMGlobalCallRoutingScheme: 0,
  });
}

/** One hunt group per SIP plan, named after the plan; the pilot is the first label of the phone context. */
function huntGroup(gateway: string, plan: PlanSpec, pilot: string): Entry {
  return entry(`CN=${plan.name},${gatewayDn(gateway)}`, "top container msExchContainer msExchUMHuntGroup", {
    msExchUMHuntGroupDialPlanLink: planDn(plan),
    msExchUMPilotIdentifier: pilot,
  });
}

function pbxEntries(): readonly Entry[] {
  return [
    entry(gatewayDn(pbxGateway.name), "top container msExchContainer msExchUMIPGateway", {
      msExchUMIPGatewayAddress: pbxGateway.fqdn,
      msExchUMIPGatewayPort: 5060,
      msExchUMIPGatewayStatus: 0,
      msExchUMOutcallsAllowed: true,
      msExchUMIPGatewayFlags: 0,
      msExchUMIPGatewayFlags2: -1,
    }),
    huntGroup(pbxGateway.name, legacyPlan, "9000"),
  ];
}

function autoAttendantEntry(plan: PlanSpec): readonly Entry[] {
  if (plan.autoAttendant === undefined) return [];
  return [
    entry(autoAttendantDn(plan.autoAttendant.name), "top container msExchContainer msExchUMAutoAttendant", {
      msExchUMAutoAttendantDialPlanLink: planDn(plan),
      msExchUMAutoAttendantFlags: 1,
      msExchUMAutoAttendantDialedNumbers: plan.autoAttendant.number,
      msExchUMASREnabled: false,
      msExchUMCallSomeoneScope: 0,
    }),
  ];
}

function policyEntry(plan: PlanSpec): Entry {
  return entry(policyDn(plan), "top container msExchContainer msExchUMRecipientTemplate", {
    msExchUMMailboxPolicyDialPlanLink: planDn(plan),
    msExchUMEnabledFlags2: 65534,
    msExchUMPinPolicyMinPasswordLength: 6,
    msExchUMPinPolicyNumberOfPreviousPasswordsDisallowed: 5,
    msExchUMPinPolicyDisallowCommonPatterns: 0,
    ...anywhere,
  });
}

/** Dial plans, mailbox policies, auto attendants, gateways and hunt groups. */
export function dialPlanEntries(): readonly Entry[] {
  return [
    ...allPlans.map(planEntry),
    ...allPlans.map(policyEntry),
    ...allPlans.flatMap(autoAttendantEntry),
    ...lyncPools.flatMap((pool) => [poolGateway(pool), ...sipPlans.map((plan) => huntGroup(pool.cn, plan, plan.phoneContext.split(".")[0] ?? ""))]),
    ...pbxEntries(),
  ];
}
