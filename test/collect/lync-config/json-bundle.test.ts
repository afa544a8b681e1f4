import { describe, expect, it } from "vitest";
import { itemsOf, known, onlyItem, readSynthetic } from "./read-synthetic.ts";
import { syntheticTopology } from "./synthetic-topology.ts";

const bundle = (nouns: Readonly<Record<string, unknown>>): string => JSON.stringify({ schemaVersion: 1, collector: "Export-LyncConfiguration.ps1 1.0", exportedAt: "2024-03-01T10:20:30.1234567Z", ...nouns });

describe("JSON bundle", () => {
  it.each([
    ["UTF-8", (text: string) => Buffer.from(text)],
    ["UTF-8 with mark", (text: string) => Buffer.from(`\ufeff${text}`)],
    ["UTF-16LE with mark", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16LE", (text: string) => Buffer.from(text, "utf16le")],
  ])("is read from %s", async (_encoding, encode) => {
    const input = await readSynthetic(encode(bundle({ CsHostingProvider: [{ Identity: "Exchange Online", ProxyFqdn: "exap.um.outlook.com", Enabled: true, VerificationLevel: "UseSourceVerification", HostsOCSUsers: false }] })));
    expect(input).toMatchObject({ format: "json-bundle", exportedAt: "2024-03-01T10:20:30.123Z", problems: [] });
    expect(onlyItem(input, "hostingProviders")).toMatchObject({ identity: known("Exchange Online"), proxyFqdn: known("exap.um.outlook.com"), enabled: known(true), verificationLevel: known("UseSourceVerification"), hostsOcsUsers: known(false), isLocal: { state: "unknown", reason: "not-collected" } });
  });

  it("reads every kind of object with its properties", async () => {
    const input = await readSynthetic(
      bundle({
        CsVoicePolicy: [{ Identity: "Global", PstnUsages: ["Local", "Long Distance"], PSTNVoicemailEscapeTimer: 1500, CallForwardingSimulRingUsageType: "InternalOnly" }],
        CsVoiceRoute: [{ Identity: "LocalRoute", Priority: 0, NumberPattern: "^\\+33", PstnGatewayList: ["PstnGateway:gw.contoso.test"] }],
        CsPstnUsage: [{ Identity: "Global", Usage: ["Internal", "Local"] }],
        CsTrunkConfiguration: [{ Identity: "Service:PstnGateway:gw.contoso.test", SRTPMode: "Optional", OutboundTranslationRulesList: [{ Name: "r", Pattern: "^\\+", Translation: "" }], SipResponseCodeTranslationRulesList: [{ Name: "c", ReceivedResponseCode: 503, TranslatedResponseCode: 480 }] }],
        CsPublicProvider: [{ Identity: "p", ProxyFqdn: "p.test", VerificationLevel: "alwaysverifiable" }],
        CsHostedVoicemailPolicy: [{ Identity: "Tag:Hosted", Destination: "exap.um.outlook.com", Organization: "a.test,b.test" }],
        CsAccessEdgeConfiguration: [{ Identity: "Global", RoutingMethod: "UseDnsSrvRouting", AllowFederatedUsers: "True", OutgoingTlsCountForFederatedPartners: 4 }],
        CsUCPhoneConfiguration: [{ Identity: "Global", SIPSecurityMode: "High", PhoneLockTimeout: "00:10:00", CalendarPollInterval: "1.02:03:04" }],
        CsVoicemailReroutingConfiguration: { Identity: "Global", Enabled: false, AutoAttendantNumber: null },
        CsSipDomain: [{ Identity: "contoso.test", Name: "contoso.test", IsDefault: true }],
        CsManagementStoreReplicationStatus: [{ ReplicaFqdn: "edge.contoso.test", UpToDate: true, LastStatusReport: "/Date(1709288430500)/" }],
        CsExUmContact: [{ Identity: "CN=aa", SipAddress: "sip:aa@contoso.test", AutoAttendant: true, OtherIpPhone: ["x"] }],
        CsTopology: syntheticTopology(),
      }),
    );
    expect(onlyItem(input, "voicePolicies")).toMatchObject({ pstnUsages: known(["Local", "Long Distance"]), pstnVoicemailEscapeTimerMs: known(1500), callForwardingSimulRingUsageType: known("InternalOnly") });
    expect(onlyItem(input, "voiceRoutes")).toMatchObject({ priority: known(0), pstnGateways: known(["PstnGateway:gw.contoso.test"]) });
    expect(onlyItem(input, "pstnUsages").usages).toEqual(known(["Internal", "Local"]));
    expect(onlyItem(input, "trunkConfigurations")).toMatchObject({ srtpMode: known("Optional"), outboundTranslationRules: known([{ name: known("r") }]), sipResponseCodeTranslations: known([{ receivedResponseCode: known(503), receivedIsupCauseValue: { state: "unknown" } }]) });
    expect(onlyItem(input, "publicProviders").verificationLevel).toEqual(known("AlwaysVerifiable"));
    expect(onlyItem(input, "hostedVoicemailPolicies")).toMatchObject({ scope: known({ kind: "user", name: "Hosted" }), organization: known("a.test,b.test") });
    expect(onlyItem(input, "accessEdgeConfiguration")).toMatchObject({ routingMethod: known("UseDnsSrvRouting"), allowFederatedUsers: known(true), outgoingTlsCountForFederatedPartners: known(4) });
    expect(onlyItem(input, "ucPhoneConfigurations")).toMatchObject({ sipSecurityMode: known("High"), phoneLockTimeoutSeconds: known(600), calendarPollIntervalSeconds: known(93_784) });
    expect(onlyItem(input, "voicemailRerouting")).toMatchObject({ enabled: known(false), autoAttendantNumber: { state: "absent" }, subscriberAccessNumber: { state: "unknown" } });
    expect(onlyItem(input, "sipDomains").isDefault).toEqual(known(true));
    expect(onlyItem(input, "replicationStatus").lastStatusReport).toEqual(known("2024-03-01T10:20:30.500Z"));
    expect(onlyItem(input, "exUmContacts")).toMatchObject({ autoAttendant: known(true), otherIpPhone: known(["x"]) });
    expect(onlyItem(input, "topology").isPublished).toEqual(known(true));
    expect(input.sections.exUmContacts).toMatchObject({ certainty: "inferred" });
  });

  it.each([
    ["an enumeration as a number", { EncryptionLevel: 1 }, "unsupported"],
    ["an enumeration of an unknown name", { EncryptionLevel: "Other" }, "unsupported"],
    ["an enumeration as an object", { EncryptionLevel: { value: 1, Value: "x" } }, "malformed"],
  ])("leaves %s unknown", async (_case, properties, reason) => {
    expect(onlyItem(await readSynthetic(bundle({ CsMediaConfiguration: [{ Identity: "Global", ...properties }] })), "mediaConfigurations").encryptionLevel).toMatchObject({ state: "unknown", reason });
  });

  it.each([[1], ["yes"], [[]], [{}]])("takes %j for no yes or no", async (value) => {
    expect(onlyItem(await readSynthetic(bundle({ CsSipDomain: [{ Identity: "a", IsDefault: value }] })), "sipDomains").isDefault).toMatchObject({ state: "unknown", reason: "malformed" });
  });

  it.each([[1.5], ["x"], [true], ["1e9"], [1e300]])("takes %j for no number", async (value) => {
    expect(onlyItem(await readSynthetic(bundle({ CsVoiceRoute: [{ Identity: "a", Priority: value }] })), "voiceRoutes").priority).toMatchObject({ state: "unknown", reason: "malformed" });
  });

  it("reads an Identity that is an object as unknown, not as text", async () => {
    expect(onlyItem(await readSynthetic(bundle({ CsDialPlan: [{ Identity: { Scope: 0 } }] })), "dialPlans")).toMatchObject({ identity: { state: "unknown" }, scope: { state: "unknown" } });
  });

  it("unwraps a list that Windows PowerShell wrote as value and Count", async () => {
    const input = await readSynthetic(bundle({ CsPstnUsage: { value: [{ Identity: "Global", Usage: { value: ["a", "b"], Count: 2 } }], Count: 1 } }));
    expect(onlyItem(input, "pstnUsages").usages).toEqual(known(["a", "b"]));
  });

  it("does not choose between two lists of one noun", async () => {
    const text = '{"schemaVersion":1,"CsSipDomain":[],"csSipDomain":[{"Identity":"a"}],"CsDialPlan":[]}';
    const { sections } = await readSynthetic(text);
    expect(sections.sipDomains).toMatchObject({ state: "unknown", reason: "malformed" });
    expect(sections.dialPlans).toMatchObject({ state: "read", items: [] });
    const same = await readSynthetic('{"schemaVersion":1,"CsSipDomain":[],"CsSipDomain":[{"Identity":"a"}]}');
    expect(same.sections.sipDomains).toMatchObject({ state: "unknown", reason: "malformed" });
  });

  it("is not moved by keys that mean something to JavaScript", async () => {
    const input = await readSynthetic('{"__proto__":{"schemaVersion":9},"constructor":1,"schemaVersion":1,"CsSipDomain":[{"__proto__":{"Name":"evil"},"Identity":"a","toString":1,"constructor":{}}]}');
    expect(onlyItem(input, "sipDomains")).toMatchObject({ identity: known("a"), name: known("a") });
    expect(({} as Record<string, unknown>)["Name"]).toBeUndefined();
  });

  it.each([
    ["no bundle", "[]", "unsupported", "schemaVersion"],
    ["without a version", '{"CsDialPlan":[]}', "unsupported", "schemaVersion"],
    ["of another version", '{"schemaVersion":2,"CsDialPlan":[]}', "unsupported", "version 1"],
    ["not valid", '{"schemaVersion":1,}', "malformed", "not valid"],
    ["cut off in a list", '{"schemaVersion":1,"CsDialPlan":[', "truncated", "middle"],
    ["cut off in a text", '{"schemaVersion":1,"CsDialPlan":"ab\\"', "truncated", "middle"],
    ["too deep", `{"schemaVersion":1,"a":${"[".repeat(100_000)}`, "unsupported", "deeper"],
  ])("refuses JSON that is %s", async (_case, text, reason, words) => {
    const input = await readSynthetic(text);
    expect(input.sections.dialPlans).toMatchObject({ state: "unknown", reason });
    expect(input.problems[0]?.message).toContain(words);
  });

  it("bounds the number of values and of bytes", async () => {
    const text = bundle({ CsPstnUsage: [{ Identity: "Global", Usage: Array.from({ length: 50 }, () => "a") }] });
    expect((await readSynthetic(text, { limits: { jsonValues: 40 } })).sections.pstnUsages).toMatchObject({ reason: "unsupported" });
    expect((await readSynthetic(text, { limits: { jsonBytes: 100 } })).sections.pstnUsages).toMatchObject({ reason: "unsupported" });
    expect(itemsOf(await readSynthetic(text), "pstnUsages")).toHaveLength(1);
  });

  it("refuses bytes that are no text", async () => {
    expect((await readSynthetic(Buffer.concat([Buffer.from('{"schemaVersion":1,"a":"'), Buffer.from([0xff, 0xc0]), Buffer.from('"}')]))).problems[0]?.message).toContain("neither UTF-8");
  });
});
