import type { LyncConfiguration } from "../types.ts";
import { pstnGateway } from "./hosts.ts";

function dialPlan(identity: string, simpleName: string, areaCode: string): Readonly<Record<string, unknown>> {
  const rule = (Name: string, Pattern: string, Translation: string) => ({ Name, Description: null, Pattern, Translation, IsInternalExtension: false });
  return {
    Identity: identity,
    Description: null,
    DialinConferencingRegion: "Northwest",
    NormalizationRules: [rule("Extension", "^(1\\d{5})$", `+1${areaCode}6$1`), rule("National", "^1?([2-9]\\d{9})$", "+1$1"), rule("Keep E.164", "^\\+(\\d+)$", "+$1")],
    CountryCode: null,
    State: null,
    City: null,
    ExternalAccessPrefix: null,
    SimpleName: simpleName,
    OptimizeDeviceDialing: false,
  };
}

/** Dial plans, policies, usages, routes and trunks of Enterprise Voice. Since Exchange 2010 SP1 no dial plan needs the name of a UM dial plan. */
export function voiceConfiguration(): LyncConfiguration {
  return {
    CsDialPlan: [dialPlan("Global", "DefaultProfile", "425"), dialPlan("Site:Portland", "Portland", "503")],
    CsVoicePolicy: [
      {
        Identity: "Global",
        Name: "DefaultPolicy",
        Description: null,
        PstnUsages: ["Local", "Long Distance"],
        AllowSimulRing: true,
        AllowCallForwarding: true,
        AllowPSTNReRouting: true,
        EnableDelegation: true,
        EnableTeamCall: true,
        EnableCallTransfer: true,
        EnableCallPark: false,
        PreventPSTNTollBypass: false,
      },
    ],
    CsPstnUsage: [{ Identity: "Global", Usage: ["Local", "Long Distance"] }],
    CsVoiceRoute: [
      {
        Identity: "LocalRoute",
        Name: "LocalRoute",
        Priority: 0,
        Description: null,
        NumberPattern: "^\\+1(425|503)\\d{7}$",
        PstnUsages: ["Local"],
        PstnGatewayList: [`PstnGateway:${pstnGateway.fqdn}`],
        SuppressCallerId: false,
        AlternateCallerId: null,
      },
      {
        Identity: "LongDistanceRoute",
        Name: "LongDistanceRoute",
        Priority: 1,
        Description: null,
        NumberPattern: "^\\+\\d+$",
        PstnUsages: ["Long Distance"],
        PstnGatewayList: [`PstnGateway:${pstnGateway.fqdn}`],
        SuppressCallerId: false,
        AlternateCallerId: null,
      },
    ],
    CsTrunkConfiguration: [
      { Identity: "Global", Description: null, ConcentratedTopology: true, EnableBypass: false, EnableReferSupport: true, EnableSessionTimer: false, MaxEarlyDialogs: 20, RemovePlusFromUri: false, SRTPMode: "Required" },
    ],
  };
}
