import type { ObjectSectionName } from "./item-readers.ts";
import type { PowerShellObject } from "./powershell-value.ts";

/** The noun under which a bundle carries each section: the cmdlet's, as in Get-CsDialPlan. The topology is the text of `Get-CsTopology -AsXml`. */
export const sectionOfNoun: ReadonlyMap<string, ObjectSectionName | "topology"> = new Map<string, ObjectSectionName | "topology">([
  ["csdialplan", "dialPlans"],
  ["csmediaconfiguration", "mediaConfigurations"],
  ["csvoicepolicy", "voicePolicies"],
  ["csvoiceroute", "voiceRoutes"],
  ["cspstnusage", "pstnUsages"],
  ["cstrunkconfiguration", "trunkConfigurations"],
  ["cshostingprovider", "hostingProviders"],
  ["cspublicprovider", "publicProviders"],
  ["cshostedvoicemailpolicy", "hostedVoicemailPolicies"],
  ["csaccessedgeconfiguration", "accessEdgeConfiguration"],
  ["csucphoneconfiguration", "ucPhoneConfigurations"],
  ["csvoicemailreroutingconfiguration", "voicemailRerouting"],
  ["cssimpleurlconfiguration", "simpleUrls"],
  ["cssipdomain", "sipDomains"],
  ["csmanagementstorereplicationstatus", "replicationStatus"],
  ["csexumcontact", "exUmContacts"],
  ["cstopology", "topology"],
]);

/** .NET types of the cmdlets' objects, by the end of their names; `…` at the end of an entry stands for any continuation. */
const sectionOfType: readonly (readonly [string, ObjectSectionName])[] = [
  ["Policy.Voice.LocationProfile", "dialPlans"],
  ["Settings.Media.MediaSettings", "mediaConfigurations"],
  ["Policy.Voice.VoicePolicy", "voicePolicies"],
  ["Policy.Voice.Route", "voiceRoutes"],
  ["Policy.Voice.PstnUsages", "pstnUsages"],
  ["Settings.TrunkConfiguration.TrunkConfiguration", "trunkConfigurations"],
  ["Settings.Edge.DisplayHostingProvider", "hostingProviders"],
  ["Settings.Edge.DisplayPublicProvider", "publicProviders"],
  ["Policy.Voice.HostedVoicemailPolicy", "hostedVoicemailPolicies"],
  ["Settings.Edge.DisplayAccessEdgeSettings…", "accessEdgeConfiguration"],
  ["Settings.Edge.AccessEdgeSettings", "accessEdgeConfiguration"],
  ["Policy.Voice.UcPhoneSettings", "ucPhoneConfigurations"],
  ["Settings.ExumRouting.VoicemailReroutingConfiguration", "voicemailRerouting"],
  ["Settings.SimpleUrl.SimpleUrlConfiguration", "simpleUrls"],
  ["ADConnect.Schema.OCSADExUmContact", "exUmContacts"],
];

/** The section that an object of a plain Export-Clixml file belongs to. The last two have no documented type and are known by their properties. */
export function sectionOfObject(object: PowerShellObject): ObjectSectionName | undefined {
  for (const typeName of object.typeNames) {
    const dotted = `.${typeName}`;
    const entry = sectionOfType.find(([tail]) => (tail.endsWith("…") ? dotted.includes(`.${tail.slice(0, -1)}`) : dotted.endsWith(`.${tail}`)));
    if (entry !== undefined) return entry[1];
  }
  const has = (...names: readonly string[]): boolean => names.every((name) => object.properties.has(name));
  if (has("replicafqdn", "uptodate")) return "replicationStatus";
  if (has("name", "isdefault") && object.typeNames.some((name) => name.endsWith("SipDomain"))) return "sipDomains";
  return undefined;
}
