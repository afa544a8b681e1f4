import { fabrikam } from "./forests.ts";

/** What the deployment knows about one UM dial plan. */
export interface PlanSpec {
  readonly name: string;
  readonly phoneContext: string;
  /** msExchUMDialPlanURIType: 1 TelExtn, 3 SipName. */
  readonly uriType: 1 | 3;
  /** msExchUMDialPlanVoipSecurity: 2 Unsecured, 3 Secured. */
  readonly voipSecurity: 2 | 3;
  readonly accessNumber: string;
  readonly autoAttendant: { readonly name: string; readonly number: string } | undefined;
}

/** On premises the phone context is the plan's name and the DNS name of the forest root where New-UMDialPlan ran. */
function plan(spec: Omit<PlanSpec, "phoneContext">): PlanSpec {
  return { ...spec, phoneContext: `${spec.name}.${fabrikam.realm}` };
}

/** The SIP URI dial plan of headquarters. */
export const contosoPlan = plan({ name: "ContosoUM", uriType: 3, voipSecurity: 3, accessNumber: "+14255550100", autoAttendant: { name: "ContosoAA", number: "+14255550101" } });

/** The SIP URI dial plan of the branch. */
export const branchPlan = plan({ name: "BranchUM", uriType: 3, voipSecurity: 3, accessNumber: "+15035550100", autoAttendant: { name: "BranchAA", number: "+15035550101" } });

/** The telephone extension dial plan that has nothing to do with Lync. */
export const legacyPlan = plan({ name: "LegacyPBX", uriType: 1, voipSecurity: 2, accessNumber: "+14255559000", autoAttendant: undefined });

/** The dial plans that Lync uses. */
export const sipPlans: readonly PlanSpec[] = [contosoPlan, branchPlan];

/** All dial plans. */
export const allPlans: readonly PlanSpec[] = [contosoPlan, branchPlan, legacyPlan];

/** DN of the Exchange organization. */
export const organizationDn = `CN=Fabrikam,CN=Microsoft Exchange,CN=Services,${fabrikam.configurationDn}`;

/** DN of a dial plan. */
export function planDn(spec: PlanSpec): string {
  return `CN=${spec.name},CN=UM DialPlan Container,${organizationDn}`;
}

/** DN of the mailbox policy that New-UMDialPlan makes with a dial plan. */
export function policyDn(spec: PlanSpec): string {
  return `CN=${spec.name} Default Policy,CN=UM Mailbox Policies,${organizationDn}`;
}
