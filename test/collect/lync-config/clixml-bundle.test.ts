import { describe, expect, it } from "vitest";
import { itemsOf, known, onlyItem, readSynthetic } from "./read-synthetic.ts";
import { escapeXml, syntheticBundle, syntheticClixml, syntheticList, syntheticObject } from "./synthetic-clixml.ts";
import { syntheticTopology } from "./synthetic-topology.ts";

const rule = syntheticObject('<S N="Name">Prefix All</S><S N="Description"></S><S N="Pattern">^(\\d{4})$</S><S N="Translation">+3312345$1</S><B N="IsInternalExtension">false</B>');
const dialPlan = syntheticObject(`<S N="Identity">Tag:Paris</S><S N="SimpleName">Paris.contoso.test</S><Nil N="Description" />${syntheticList("NormalizationRules", rule)}<B N="OptimizeDeviceDialing">true</B>`);
const encryption = '<Obj N="EncryptionLevel" RefId="7"><TN RefId="7"><T>Microsoft.Rtc.Management.WritableConfig.Settings.Media.EncryptionLevel</T></TN><ToString>SupportEncryption</ToString><I32>1</I32></Obj>';

describe("CLIXML bundle", () => {
  it("is recognised and says when it was exported", async () => {
    expect(await readSynthetic(syntheticBundle())).toMatchObject({ format: "clixml-bundle", exportedAt: "2024-03-01T10:20:30.123Z", problems: [] });
  });

  it.each([
    ["UTF-8", Buffer.from(syntheticBundle(syntheticList("CsDialPlan", dialPlan)))],
    ["UTF-8 with mark", Buffer.from(`\ufeff${syntheticBundle(syntheticList("CsDialPlan", dialPlan))}`)],
    ["UTF-16LE with mark", Buffer.from(`\ufeff${syntheticBundle(syntheticList("CsDialPlan", dialPlan))}`, "utf16le")],
    ["UTF-16LE", Buffer.from(syntheticBundle(syntheticList("CsDialPlan", dialPlan)), "utf16le")],
    ["UTF-16BE with mark", Buffer.from(`\ufeff${syntheticBundle(syntheticList("CsDialPlan", dialPlan))}`, "utf16le").swap16()],
    ["UTF-16BE", Buffer.from(syntheticBundle(syntheticList("CsDialPlan", dialPlan)), "utf16le").swap16()],
  ])("gives a dial plan from %s", async (_encoding, bytes) => {
    expect(onlyItem(await readSynthetic(bytes), "dialPlans")).toMatchObject({
      identity: known("Tag:Paris"),
      scope: known({ kind: "user", name: "Paris" }),
      simpleName: known("Paris.contoso.test"),
      description: { state: "absent" },
      city: { state: "unknown", reason: "not-collected" },
      optimizeDeviceDialing: known(true),
      normalizationRules: known([
        { name: known("Prefix All"), description: known(""), pattern: known("^(\\d{4})$"), translation: known("+3312345$1"), isInternalExtension: known(false) },
      ]),
    });
  });

  it("tells an empty list from a noun that is not there", async () => {
    const { sections } = await readSynthetic(syntheticBundle(syntheticList("CsHostingProvider")));
    expect(sections.hostingProviders).toEqual({ state: "read", items: [], certainty: "confirmed", complete: true });
    expect(sections.publicProviders).toMatchObject({ state: "unknown", reason: "not-collected" });
  });

  it("takes an object that PowerShell unrolled for a list of one", async () => {
    expect(onlyItem(await readSynthetic(syntheticBundle(dialPlan.replace("<Obj>", '<Obj N="CsDialPlan">'))), "dialPlans").identity).toEqual(known("Tag:Paris"));
  });

  it.each([
    ["a null", '<Nil N="CsDialPlan" />', "not-collected"],
    ["a collector error", syntheticObject('<S N="collectorError">Get-CsDialPlan: access denied</S>', { name: "CsDialPlan" }), "not-collected"],
    ["text", '<S N="CsDialPlan">Global</S>', "truncated"],
    ["objects that became text", syntheticList("CsDialPlan", dialPlan, "<S>Global</S>"), "truncated"],
    ["objects without properties", syntheticList("CsDialPlan", '<Obj RefId="1"><ToString>Global</ToString></Obj>'), "truncated"],
    ["numbers", syntheticList("CsDialPlan", "<I32>4</I32>"), "malformed"],
    ["a list of lists", syntheticList("CsDialPlan", "<LST />"), "malformed"],
    ["a secure string", '<SS N="CsDialPlan">00</SS>', "malformed"],
  ])("does not take %s for dial plans", async (_case, noun, reason) => {
    const input = await readSynthetic(syntheticBundle(noun));
    expect(input.sections.dialPlans).toMatchObject({ state: "unknown", reason });
    expect(input.problems).toHaveLength(1);
  });

  it("passes the collector's error on", async () => {
    const input = await readSynthetic(syntheticBundle(syntheticObject('<S N="collectorError">Get-CsDialPlan: access denied</S>', { name: "CsDialPlan" })));
    expect(input.problems[0]?.message).toContain("access denied");
  });

  it("reads enumerations by name, whatever their number", async () => {
    const media = syntheticObject(`<S N="Identity">Service:Registrar:pool.contoso.test</S>${encryption}<B N="EnableQoS">true</B>`);
    expect(onlyItem(await readSynthetic(syntheticBundle(syntheticList("CsMediaConfiguration", media))), "mediaConfigurations")).toMatchObject({
      scope: known({ kind: "service", role: "Registrar", fqdn: "pool.contoso.test" }),
      encryptionLevel: known("SupportEncryption"),
      enableQoS: known(true),
    });
  });

  it.each([
    ["an unknown name", '<S N="EncryptionLevel">Perhaps</S>', "unsupported"],
    ["a number", '<I32 N="EncryptionLevel">1</I32>', "unsupported"],
    ["a number as text", '<S N="EncryptionLevel">1</S>', "unsupported"],
    ["only a number inside", '<Obj N="EncryptionLevel" RefId="7"><I32>1</I32></Obj>', "unsupported"],
    ["a yes", '<B N="EncryptionLevel">true</B>', "malformed"],
    ["binary data", '<BA N="EncryptionLevel">AAAA</BA>', "malformed"],
  ])("leaves an enumeration unknown that is %s", async (_case, property, reason) => {
    const input = await readSynthetic(syntheticBundle(syntheticList("CsMediaConfiguration", syntheticObject(`<S N="Identity">Global</S>${property}`))));
    expect(onlyItem(input, "mediaConfigurations").encryptionLevel).toMatchObject({ state: "unknown", reason });
  });

  it.each([
    ["text", '<S N="NormalizationRules">System.Collections.Generic.List`1[NormalizationRule]</S>'],
    ["a list of texts", syntheticList("NormalizationRules", "<S>Description=;Pattern=^x$</S>")],
    ["a list of objects without properties", syntheticList("NormalizationRules", '<Obj RefId="3"><ToString>Description=;Pattern=^x$</ToString></Obj>')],
    ["an object without properties", '<Obj N="NormalizationRules" RefId="3"><ToString>Rules</ToString></Obj>'],
  ])("reports rules that are %s as truncated", async (_case, property) => {
    const input = await readSynthetic(syntheticBundle(syntheticList("CsDialPlan", syntheticObject(`<S N="Identity">Global</S>${property}`))));
    expect(onlyItem(input, "dialPlans").normalizationRules).toMatchObject({ state: "unknown", reason: "truncated" });
  });

  it("reports a usage list that was run together as truncated", async () => {
    const input = await readSynthetic(syntheticBundle(syntheticList("CsVoicePolicy", syntheticObject('<S N="Identity">Global</S><S N="PstnUsages">Local Long Distance</S>'))));
    expect(onlyItem(input, "voicePolicies").pstnUsages).toMatchObject({ state: "unknown", reason: "truncated" });
  });

  it("reads a topology that is text inside, and SIP domains from it where there is no list of them", async () => {
    const input = await readSynthetic(syntheticBundle(`<S N="CsTopology">${escapeXml(syntheticTopology())}</S>`));
    expect(onlyItem(input, "topology").isPublished).toEqual(known(true));
    expect(itemsOf(input, "sipDomains")).toHaveLength(2);
    const own = syntheticList("CsSipDomain", syntheticObject('<S N="Identity">only.test</S><S N="Name">only.test</S><B N="IsDefault">true</B>'));
    expect(itemsOf(await readSynthetic(syntheticBundle(own, `<S N="CsTopology">${escapeXml(syntheticTopology())}</S>`)), "sipDomains")).toHaveLength(1);
  });

  it.each([
    ["cut off", escapeXml("<Topology><Sites>"), "truncated"],
    ["no topology", escapeXml("<Other/>"), "unsupported"],
    ["with a document type", escapeXml("<!DOCTYPE a><Topology/>"), "unsupported"],
    ["no XML", "System.Xml.XmlDocument", "malformed"],
  ])("leaves a topology unknown that is %s", async (_case, content, reason) => {
    expect((await readSynthetic(syntheticBundle(`<S N="CsTopology">${content}</S>`))).sections.topology).toMatchObject({ state: "unknown", reason });
  });

  it.each(["2", "0", "x"])("refuses schemaVersion %s", async (version) => {
    const input = await readSynthetic(syntheticClixml(syntheticObject(`<S N="schemaVersion">${version}</S>${syntheticList("CsDialPlan", dialPlan)}`)));
    expect(input.sections.dialPlans).toMatchObject({ state: "unknown", reason: "unsupported" });
    expect(input.problems).toMatchObject([{ severity: "error" }]);
  });

  it("leaves out an export time that is none", async () => {
    const input = await readSynthetic(syntheticClixml(syntheticObject('<I32 N="schemaVersion">1</I32><S N="exportedAt">yesterday</S>')));
    expect(input).not.toHaveProperty("exportedAt");
    expect(input.problems).toHaveLength(1);
  });

  it("accepts a dictionary in place of an object, and nouns without Cs and in any case", async () => {
    const entry = (name: string, value: string): string => `<En><S N="Key">${name}</S>${value}</En>`;
    const list = syntheticList("Value", dialPlan);
    const input = await readSynthetic(syntheticClixml(`<Obj RefId="0"><TN RefId="0"><T>System.Collections.Hashtable</T></TN><DCT>${entry("SchemaVersion", '<I32 N="Value">1</I32>')}${entry("DIALPLAN", list)}</DCT></Obj>`));
    expect(itemsOf(input, "dialPlans")).toHaveLength(1);
  });
});

describe("plain Export-Clixml", () => {
  const typed = (tail: string, members: string, refId: string): string =>
    `<Obj RefId="${refId}"><TN RefId="${refId}"><T>Deserialized.Microsoft.Rtc.Management.WritableConfig.${tail}#Decorated</T><T>Deserialized.System.Object</T></TN><ToString>x</ToString><Props>${members}</Props><MS><S N="PSComputerName">fe1</S><G N="RunspaceId">0</G></MS></Obj>`;

  it("is sorted by type name, and never complete", async () => {
    const input = await readSynthetic(syntheticClixml(typed("Policy.Voice.LocationProfile", '<Obj N="Identity" RefId="50"><ToString>Site:Paris</ToString></Obj><S N="SimpleName">p</S>', "0"), typed("Settings.Media.MediaSettings", '<S N="Identity">Global</S>', "1")));
    expect(input).toMatchObject({ format: "clixml-bundle", problems: [], sections: { dialPlans: { state: "read", complete: false }, mediaConfigurations: { state: "read", complete: false } } });
    expect(onlyItem(input, "dialPlans")).toMatchObject({ identity: known("Site:Paris"), scope: known({ kind: "site", site: "Paris" }), simpleName: known("p") });
  });

  it.each([
    ["Settings.Edge.DisplayAccessEdgeSettingsDnsSrvRouting", "accessEdgeConfiguration"],
    ["Settings.Edge.DisplayAccessEdgeSettingsDefaultRoute", "accessEdgeConfiguration"],
    ["Settings.Edge.DisplayHostingProvider", "hostingProviders"],
    ["Settings.Edge.DisplayPublicProvider", "publicProviders"],
    ["Policy.Voice.HostedVoicemailPolicy", "hostedVoicemailPolicies"],
    ["Policy.Voice.VoicePolicy", "voicePolicies"],
    ["Policy.Voice.Route", "voiceRoutes"],
    ["Policy.Voice.PstnUsages", "pstnUsages"],
    ["Settings.TrunkConfiguration.TrunkConfiguration", "trunkConfigurations"],
    ["Policy.Voice.UcPhoneSettings", "ucPhoneConfigurations"],
    ["Settings.ExumRouting.VoicemailReroutingConfiguration", "voicemailRerouting"],
    ["ADConnect.Schema.OCSADExUmContact", "exUmContacts"],
  ] as const)("knows %s", async (tail, section) => {
    expect(itemsOf(await readSynthetic(syntheticClixml(typed(tail, '<S N="Identity">Global</S>', "0"))), section)).toHaveLength(1);
  });

  it("knows replication status by its properties", async () => {
    const input = await readSynthetic(syntheticClixml(typed("Hub.Unknown", '<S N="ReplicaFqdn">fe1.test</S><B N="UpToDate">false</B><DT N="LastStatusReport">2024-03-01T11:20:30.5+01:00</DT><DT N="LastUpdateCreation">2024-03-01T11:20:30</DT>', "0")));
    expect(onlyItem(input, "replicationStatus")).toMatchObject({ identity: known("fe1.test"), upToDate: known(false), lastStatusReport: known("2024-03-01T10:20:30.500Z"), lastUpdateCreation: { state: "unknown", reason: "unsupported" } });
  });

  it("names objects that it does not know, and says that an empty file tells nothing", async () => {
    const input = await readSynthetic(syntheticClixml(typed("Policy.Im.ImFilter", "", "0"), "<S>loose</S>"));
    expect(input.problems[0]?.message).toContain("ImFilter");
    expect((await readSynthetic(syntheticClixml())).problems).toHaveLength(1);
  });

  it("does not take a bundle among other objects", async () => {
    const bundle = syntheticObject('<I32 N="schemaVersion">1</I32>');
    expect((await readSynthetic(syntheticClixml(bundle, bundle))).sections.dialPlans).toMatchObject({ state: "unknown", reason: "malformed" });
  });

  it("follows TNRef and Ref back, and undoes escapes in text and names", async () => {
    const shared = '<Obj N="Identity" RefId="50"><ToString>Tag:A_x005F_x0041__xD83D__xDE00_</ToString></Obj>';
    const first = typed("Policy.Voice.LocationProfile", `${shared}<S N="Simple_x004E_ame">a_x000A_b</S>`, "3");
    const second = '<Obj RefId="4"><TNRef RefId="3" /><Props><Ref N="Identity" RefId="50" /></Props></Obj>';
    const [a, b] = itemsOf(await readSynthetic(syntheticClixml(first, second)), "dialPlans");
    expect(a).toMatchObject({ identity: known("Tag:A_x0041_😀"), simpleName: known("a\nb") });
    expect(b?.identity).toEqual(a?.identity);
  });

  it("leaves a reference to an enclosing or missing object unknown", async () => {
    const input = await readSynthetic(syntheticClixml(typed("Policy.Voice.LocationProfile", '<Ref N="Identity" RefId="8" /><Ref N="SimpleName" RefId="77" /><Ref N="NormalizationRules" RefId="8" />', "8")));
    const plan = onlyItem(input, "dialPlans");
    expect([plan.identity, plan.scope, plan.simpleName, plan.normalizationRules]).toMatchObject(Array.from({ length: 4 }, () => ({ state: "unknown", reason: "malformed" })));
  });

  it("does not find an older object by a number that is given again", async () => {
    const first = typed("Policy.Voice.LocationProfile", '<S N="Identity">old</S>', "0");
    const second = typed("Policy.Voice.LocationProfile", '<Ref N="Identity" RefId="0" />', "0");
    expect(itemsOf(await readSynthetic(syntheticClixml(first, second)), "dialPlans")[1]?.identity).toMatchObject({ state: "unknown" });
  });
});
