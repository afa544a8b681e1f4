import { describe, expect, it } from "vitest";
import { itemsOf, known, onlyItem, readSynthetic } from "./read-synthetic.ts";
import { syntheticAnchored, syntheticDocItemSet } from "./synthetic-store.ts";
import { syntheticTopology } from "./synthetic-topology.ts";
import { syntheticZip } from "./synthetic-zip.ts";

const plan = (simpleName: string): string =>
  `<LocationProfile xmlns="urn:schema:Microsoft.Rtc.Management.Policy.Voice.2008" SimpleName="${simpleName}" OptimizeDeviceDialing="false"><NormalizationRule Name="a" Pattern="^1$" Translation="+1" IsInternalExtension="true" /><NormalizationRule Name="b" Pattern="^2$" Translation="+2" /></LocationProfile>`;
const store = [
  syntheticTopology(),
  syntheticAnchored("Global", "LocationProfile", "Policy.Voice", { payload: plan("global") }),
  syntheticAnchored("Site", "LocationProfile", "Policy.Voice", { key: '<SiteId>1</SiteId>', payload: plan("paris") }, { key: '<SiteId>7</SiteId>', payload: plan("nowhere") }),
  syntheticAnchored("Service", "MediaSettings", "Settings.Media", { key: '<ServiceId SiteId="1" RoleName="Registrar" Instance="2" />', payload: '<MediaSettings EncryptionLevel="SupportEncryption" EnableQoS="true" />' }),
  syntheticAnchored("Tag", "HostedVoicemailPolicy", "Policy.Voice", { key: '<TagId>12</TagId><Name>Hosted</Name>', payload: '<HostedVoicemailPolicy Destination="exap.um.outlook.com" />' }),
  syntheticAnchored("Tag", "VoicePolicy", "Policy.Voice", { key: '<Tag TagId="13" Name="Everything" />', payload: '<VoicePolicy Name="Everything"><PstnUsages><Usage>Local</Usage><Usage>Long Distance</Usage></PstnUsages></VoicePolicy>' }),
  syntheticAnchored("Global", "PstnRoutingSettings", "Policy.Voice", { payload: '<PstnRoutingSettings><Route Name="LocalRoute" Priority="0" NumberPattern="^\\+33"><PstnUsage>Local</PstnUsage></Route></PstnRoutingSettings>' }),
  syntheticAnchored("Global", "PstnUsages", "Policy.Voice", { payload: "<PstnUsages><Usage>Local</Usage></PstnUsages>" }),
  syntheticAnchored("Global", "HostingProviders", "Settings.Edge", { payload: '<HostingProviders><HostingProvider ProviderName="Exchange Online" ProxyFqdn="exap.um.outlook.com" Enabled="true" /></HostingProviders>' }),
  syntheticAnchored("Site", "TrunkConfiguration", "Settings.TrunkConfiguration"),
  syntheticAnchored("Global", "ImFilterSettings", "Settings.Im", { payload: "<ImFilterSettings />" }),
];
const zipOf = (content: string, name = "DocItemSet.xml"): Buffer => syntheticZip([{ name: "[Content_Types].xml", content: "<Types/>" }, { name, content }]);

describe("Export-CsConfiguration zip", () => {
  it.each([
    ["elements", zipOf(syntheticDocItemSet(store))],
    ["escaped text", zipOf(syntheticDocItemSet(store, true))],
    ["UTF-16 in a folder, stored, with backslashes", syntheticZip([{ name: "..\\x\\DOCITEMSET.XML", content: Buffer.from(`\ufeff${syntheticDocItemSet(store)}`, "utf16le"), stored: true }])],
    ["an unpacked DocItemSet.xml", Buffer.from(syntheticDocItemSet(store))],
  ])("is read with payloads as %s", async (_case, bytes) => {
    const input = await readSynthetic(bytes);
    expect(input).toMatchObject({ format: "configuration-zip", problems: [] });
    expect(onlyItem(input, "topology").isPublished).toEqual(known(true));
    expect(itemsOf(input, "dialPlans")).toMatchObject([
      { identity: known("Global"), scope: known({ kind: "global" }), simpleName: known("global"), optimizeDeviceDialing: known(false), city: { state: "unknown" } },
      { identity: known("Site:Paris"), simpleName: known("paris"), normalizationRules: known([{ name: known("a"), isInternalExtension: known(true) }, { name: known("b"), isInternalExtension: { state: "unknown" } }]) },
      { identity: { state: "unknown", reason: "not-collected" }, simpleName: known("nowhere") },
    ]);
    expect(onlyItem(input, "mediaConfigurations")).toMatchObject({ identity: known("Service:Registrar:std.contoso.test"), encryptionLevel: known("SupportEncryption"), enableQoS: known(true), enableSiren: { state: "unknown" } });
    expect(onlyItem(input, "hostedVoicemailPolicies")).toMatchObject({ identity: known("Tag:Hosted"), destination: known("exap.um.outlook.com"), organization: { state: "unknown" } });
    expect(onlyItem(input, "voicePolicies")).toMatchObject({ identity: known("Tag:Everything"), pstnUsages: known(["Local", "Long Distance"]) });
    expect(onlyItem(input, "voiceRoutes")).toMatchObject({ identity: known("LocalRoute"), priority: known(0), pstnUsages: known(["Local"]), pstnGateways: { state: "unknown" } });
    expect(onlyItem(input, "pstnUsages")).toMatchObject({ identity: known("Global"), usages: known(["Local"]) });
    expect(onlyItem(input, "hostingProviders")).toMatchObject({ identity: known("Exchange Online"), name: known("Exchange Online"), enabled: known(true) });
    expect(input.sections.trunkConfigurations).toEqual({ state: "read", items: [], certainty: "inferred", complete: true });
    expect(input.sections.dialPlans).toMatchObject({ certainty: "inferred", complete: true });
    expect(input.sections.publicProviders).toMatchObject({ state: "unknown", reason: "not-collected" });
  });

  it("calls nothing complete, and nothing missing, when a payload cannot be read", async () => {
    const input = await readSynthetic(zipOf(syntheticDocItemSet([store[1] ?? "", "<AnchoredXml><Key>"], true)));
    expect(input.problems).toMatchObject([{ severity: "error" }]);
    expect(input.sections).toMatchObject({ dialPlans: { state: "read", complete: false }, voicePolicies: { state: "unknown", reason: "malformed" } });
  });

  it("says which elements it met when it knows none", async () => {
    const input = await readSynthetic(zipOf(syntheticDocItemSet([syntheticAnchored("Global", "X", "Y", { payload: "<Mystery/>" }), "<Other/>"])));
    expect(input.problems[0]?.message).toMatch(/Mystery.*Other/);
    expect(input.sections.dialPlans).toMatchObject({ state: "unknown" });
  });

  it("does not take lists inside other payloads for the store's own", async () => {
    const input = await readSynthetic(zipOf(syntheticDocItemSet([syntheticAnchored("Global", "OnlineVoiceRoutingPolicy", "Policy.Voice", { payload: "<OnlineVoiceRoutingPolicy><PstnUsages><Usage>x</Usage></PstnUsages></OnlineVoiceRoutingPolicy>" }), "<Wrap><Unknown><PstnUsages/></Unknown></Wrap>"])));
    expect(input.sections.pstnUsages).toMatchObject({ state: "unknown", reason: "not-collected" });
  });

  it("refuses an export of user data", async () => {
    const input = await readSynthetic(zipOf('<DocItemSet><DocItem Name="urn:lcd:anna@contoso.test"><Data><HomedResource/></Data></DocItem></DocItemSet>'));
    expect(input).toMatchObject({ format: "unrecognised", problems: [{ message: expect.stringContaining("user data") as string }] });
  });

  it("refuses several topologies and a zip of something else", async () => {
    expect((await readSynthetic(zipOf(syntheticDocItemSet([syntheticTopology(), syntheticTopology()])))).sections.topology).toMatchObject({ state: "unknown", reason: "unsupported" });
    expect((await readSynthetic(zipOf("<Workbook/>", "a.xml"))).problems[0]?.message).toContain("Workbook");
    expect((await readSynthetic(syntheticZip([{ name: "a.txt", content: "x" }]))).problems[0]?.message).toContain("no XML entry");
  });
});

describe(".Element files", () => {
  it.each([
    ["a payload", plan("x"), "dialPlans"],
    ["a wrapper", store[1] ?? "", "dialPlans"],
    ["a route", '<Route Name="r" Priority="1" />', "voiceRoutes"],
    ["a provider", '<DisplayHostingProvider Name="p" ProxyFqdn="p.test" />', "hostingProviders"],
  ] as const)("hold %s, and are never complete", async (_case, xml, section) => {
    const input = await readSynthetic(xml);
    expect(input.format).toBe("element-xml");
    expect(input.sections[section]).toMatchObject({ state: "read", complete: false, certainty: "inferred" });
    expect(itemsOf(input, section)).toHaveLength(1);
  });

  it("leave the identity unknown that only the wrapper could tell", async () => {
    expect(onlyItem(await readSynthetic(plan("x")), "dialPlans")).toMatchObject({ identity: { state: "unknown" }, scope: { state: "unknown" }, simpleName: known("x") });
  });
});
