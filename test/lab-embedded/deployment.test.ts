import { describe, expect, it } from "vitest";
import { sidBytes } from "../../src/lab/deployment/binary-values.ts";
import { intermediatesOf } from "../../src/lab/deployment/certificate-specs.ts";
import { serialNumber, versionNumber } from "../../src/lab/deployment/exchange-servers.ts";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import { toLdif } from "../../src/lab/deployment/ldif.ts";
import { linkPairs } from "../../src/lab/deployment/link-pairs.ts";
import { applyChanges, mutation } from "../../src/lab/deployment/mutations.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { mailboxDn, person } from "../../src/lab/deployment/people.ts";
import { contosoPlan, planDn } from "../../src/lab/deployment/plans.ts";
import { schemaEntries } from "../../src/lab/deployment/schema-entries.ts";
import { contoso, fabrikam } from "../../src/lab/deployment/forests.ts";
import { forestTrustInfo } from "../../src/lab/deployment/trusts.ts";
import type { Deployment, Entry } from "../../src/lab/types.ts";

const healthy = healthyDeployment();

function entriesOf(deployment: Deployment, forest: string): readonly Entry[] {
  return deployment.forests.find((item) => item.name === forest)?.entries ?? [];
}

function ofClass(forest: string, name: string): readonly Entry[] {
  return entriesOf(healthy, forest).filter((entry) => entry.objectClass.at(-1) === name);
}

function texts(entry: Entry | undefined, name: string): readonly string[] {
  return (entry?.attributes[name] ?? []).map(String);
}

describe("healthy deployment", () => {
  it.each(["contoso", "fabrikam"])("has unique DNs, parents first, in %s", (forest) => {
    const seen = new Set<string>();
    for (const entry of entriesOf(healthy, forest)) {
      expect(seen.has(entry.dn.toLowerCase())).toBe(false);
      const parent = entry.dn.slice(entry.dn.indexOf(",") + 1).toLowerCase();
      if (seen.size > 0) expect(seen.has(parent), entry.dn).toBe(true);
      seen.add(entry.dn.toLowerCase());
      for (const values of Object.values(entry.attributes)) expect(values.length).toBeGreaterThan(0);
    }
  });

  it("has no dangling link", () => {
    for (const forest of healthy.forests) {
      const dns = new Set(forest.entries.map((entry) => entry.dn));
      for (const entry of forest.entries) for (const name of Object.keys(linkPairs)) for (const target of texts(entry, name)) expect(dns.has(target), `${entry.dn} ${name} ${target}`).toBe(true);
    }
  });

  it("has SIDs and account names once only", () => {
    for (const forest of healthy.forests) {
      const sids = forest.entries.flatMap((entry) => (entry.attributes["objectSid"] ?? []).map((sid) => Buffer.from(sid).toString("hex")));
      const names = forest.entries.flatMap((entry) => texts(entry, "sAMAccountName"));
      expect(new Set(sids).size).toBe(sids.length);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it("gives every pool a gateway with one hunt group per SIP plan, and each plan exactly one gateway for outgoing calls", () => {
    const gateways = ofClass("fabrikam", "msExchUMIPGateway");
    const huntGroups = ofClass("fabrikam", "msExchUMHuntGroup");
    for (const pool of ofClass("contoso", "msRTCSIP-Pool")) {
      const gateway = gateways.find((item) => texts(item, "msExchUMIPGatewayAddress")[0] === texts(pool, "dNSHostName")[0]);
      expect(texts(gateway, "cn")).toEqual(texts(pool, "cn"));
      expect(huntGroups.filter((item) => item.dn.endsWith(`,${gateway?.dn}`)).flatMap((item) => texts(item, "msExchUMPilotIdentifier"))).toEqual(["ContosoUM", "BranchUM"]);
    }
    for (const plan of ofClass("fabrikam", "msExchUMDialPlan")) {
      const linked = huntGroups.filter((item) => texts(item, "msExchUMHuntGroupDialPlanLink")[0] === plan.dn);
      const outgoing = gateways.filter((item) => linked.some((group) => group.dn.endsWith(`,${item.dn}`)) && texts(item, "msExchUMOutcallsAllowed")[0] === "TRUE");
      expect(outgoing).toHaveLength(1);
    }
  });

  it("puts every Exchange server in every SIP plan, Dual, with documented version values", () => {
    const servers = [...ofClass("fabrikam", "msExchExchangeServer"), ...ofClass("fabrikam", "msExchProtocolCfgSIPFEServer")].filter((item) => texts(item, "msExchUMStartupMode").length > 0);
    expect(servers).toHaveLength(6);
    for (const server of servers) {
      expect(texts(server, "msExchUMStartupMode")).toEqual(["2"]);
      expect(texts(server, "msExchUMServerDialPlanLink")).toHaveLength(2);
    }
    expect(versionNumber(15, 1, 225)).toBe(1942061281);
    expect(versionNumber(15, 0, 1497)).toBe(1941997017);
    expect(serialNumber([15, 0, 1497, 2])).toBe("Version 15.0 (Build 31497.2)");
  });

  it("answers each access number and auto attendant with a contact of the same number", () => {
    const numbers = [
      ...ofClass("fabrikam", "msExchUMDialPlan").flatMap((item) => texts(item, "msExchUMDialPlanDialedNumbers")),
      ...ofClass("fabrikam", "msExchUMAutoAttendant").flatMap((item) => texts(item, "msExchUMAutoAttendantDialedNumbers")),
    ];
    const lines = ofClass("contoso", "contact").flatMap((item) => texts(item, "msRTCSIP-Line"));
    expect(lines.toSorted()).toEqual(numbers.map((number) => `tel:${number}`).toSorted());
  });

  it("keeps the EUM addresses of a mailbox on the Lync user, in the phone context of its plan", () => {
    const mailbox = entriesOf(healthy, "fabrikam").find((item) => item.dn === mailboxDn("user00001"));
    const user = ofClass("contoso", "user").find((item) => texts(item, "sAMAccountName")[0] === "user00001");
    expect(texts(user, "proxyAddresses")).toEqual(texts(mailbox, "proxyAddresses"));
    expect(texts(user, "proxyAddresses")).toContain("EUM:user00001@contoso.test;phone-context=ContosoUM.fabrikam.test");
    expect(mailbox?.attributes["msExchMasterAccountSid"]).toEqual(user?.attributes["objectSid"]);
    expect(texts(mailbox, "msExchUMRecipientDialPlanLink")).toEqual([planDn(contosoPlan)]);
  });

  it("numbers as many people as asked, each with an extension of the plan's length", () => {
    const many = healthyDeployment({ users: 2000 });
    expect(entriesOf(many, "contoso").filter((entry) => texts(entry, "msRTCSIP-OptionFlags")[0] === "385")).toHaveLength(2001);
    expect(new Set(Array.from({ length: 2000 }, (_, index) => person(index + 1).extension)).size).toBe(2000);
    expect(person(2000).extension).toHaveLength(6);
  });

  it("names only certificates that there are, with issuers up to a root and chains as they must be sent", () => {
    const ids = new Set(healthy.certificates.map((item) => item.id));
    expect(ids.size).toBe(healthy.certificates.length);
    for (const item of healthy.certificates) expect(ids.has(item.issuer)).toBe(true);
    for (const { tls } of healthy.endpoints) {
      if (tls === undefined) continue;
      for (const id of [tls.certificate, ...tls.chain, ...tls.clientAnchors]) expect(ids.has(id), id).toBe(true);
      expect(tls.chain).toEqual(intermediatesOf(healthy.certificates, tls.certificate));
    }
    for (const entry of entriesOf(healthy, "fabrikam")) for (const value of texts(entry, "msExchUMCertificateThumbprint")) expect(ids.has(value.slice(12, -1)), value).toBe(true);
  });

  it("resolves every endpoint, pool and SRV target, and PTR records agree with A records", () => {
    const addresses = (name: string, view: string): readonly string[] => healthy.dns.filter((item) => item.type === "A" && item.name === name && (item.view === view || item.view === "both")).flatMap((item) => item.data);
    for (const { host } of healthy.endpoints) expect(addresses(host, "inside").length, host).toBeGreaterThan(0);
    for (const record of healthy.dns.filter((item) => item.type === "SRV")) {
      for (const view of record.view === "both" ? ["inside", "outside"] : [record.view]) expect(addresses(record.data[0] ?? "", view).length, record.data[0]).toBeGreaterThan(0);
    }
    for (const record of healthy.dns.filter((item) => item.type === "PTR")) {
      const address = record.name.replace(".in-addr.arpa", "").split(".").reverse().join(".");
      expect(addresses(record.data[0] ?? "", "inside")).toContain(address);
    }
  });

  it("uses only names in access rights that the schema entries or the forests define", () => {
    for (const [forest, names] of [["contoso", contoso], ["fabrikam", fabrikam]] as const) {
      const schema = schemaEntries(names);
      const displayed = new Set(schema.flatMap((entry) => [...texts(entry, "lDAPDisplayName"), ...texts(entry, "displayName")]));
      const placeholders = entriesOf(healthy, forest).flatMap((entry) => (entry.aces ?? []).flatMap((ace) => [...ace.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? "")));
      expect(placeholders.length).toBeGreaterThan(0);
      for (const placeholder of placeholders) {
        const [kind, name] = placeholder.includes(":") ? placeholder.split(":") : [forest, placeholder];
        const accounts = new Set(entriesOf(healthy, kind ?? "").flatMap((entry) => texts(entry, "sAMAccountName")));
        expect(displayed.has(name ?? "") || accounts.has(name ?? ""), placeholder).toBe(true);
      }
    }
  });
});

describe("binary values", () => {
  it("encodes a SID with big-endian authority and little-endian sub-authorities", () => {
    expect(Buffer.from(sidBytes("S-1-5-32-544")).toString("hex")).toBe("01020000000000052000000020020000");
  });

  it("encodes trust information whose record lengths add up", () => {
    const bytes = Buffer.from(forestTrustInfo(contoso));
    expect([bytes.readUInt32LE(0), bytes.readUInt32LE(4)]).toEqual([1, 2]);
    const second = 8 + 4 + bytes.readUInt32LE(8);
    expect(bytes.readUInt8(8 + 16)).toBe(0);
    expect(bytes.readUInt8(second + 16)).toBe(2);
    expect(second + 4 + bytes.readUInt32LE(second)).toBe(bytes.length);
  });
});

describe("changes", () => {
  const plan = planDn(contosoPlan);
  const at = (deployment: Deployment, dn: string): Entry | undefined => entriesOf(deployment, "fabrikam").find((entry) => entry.dn === dn);

  it("sets and removes an attribute, whatever its case, and leaves the given deployment alone", () => {
    const changed = applyChanges(healthy, [
      { kind: "setAttribute", forest: "fabrikam", dn: plan.toLowerCase(), name: "MSEXCHUMDIALPLANVOIPSECURITY", values: ["2"] },
      { kind: "setAttribute", forest: "fabrikam", dn: plan, name: "msExchUMCountryCode", values: undefined },
    ]);
    expect(at(changed, plan)?.attributes["msExchUMDialPlanVoipSecurity"]).toEqual(["2"]);
    expect(at(changed, plan)?.attributes["msExchUMCountryCode"]).toBeUndefined();
    expect(at(healthy, plan)?.attributes["msExchUMDialPlanVoipSecurity"]).toEqual(["3"]);
  });

  it("removes an entry with what is below it and the links to it, and adds one", () => {
    const gateway = texts(ofClass("fabrikam", "msExchUMIPGateway")[0], "cn")[0] ?? "";
    const dn = ofClass("fabrikam", "msExchUMIPGateway")[0]?.dn ?? "";
    const removed = applyChanges(healthy, [
      { kind: "removeEntry", forest: "fabrikam", dn },
      { kind: "removeEntry", forest: "fabrikam", dn: plan },
    ]);
    expect(gateway).toBe("1:1");
    expect(entriesOf(removed, "fabrikam").filter((entry) => entry.dn.endsWith(dn))).toEqual([]);
    expect(at(removed, mailboxDn("user00001"))?.attributes["msExchUMRecipientDialPlanLink"]).toBeUndefined();
    const entry = { dn, objectClass: ["top"], attributes: {} };
    expect(at(applyChanges(removed, [{ kind: "addEntry", forest: "fabrikam", entry }]), dn)).toEqual(entry);
  });

  it("replaces access rights and the inheritance block", () => {
    const changed = applyChanges(healthy, [{ kind: "setAces", forest: "fabrikam", dn: plan, aces: ["(D;;LC;;;AU)"], blocksInheritance: true }]);
    expect(at(changed, plan)).toMatchObject({ aces: ["(D;;LC;;;AU)"], blocksInheritance: true });
    const back = applyChanges(changed, [{ kind: "setAces", forest: "fabrikam", dn: plan, aces: [] }]);
    expect(at(back, plan)?.blocksInheritance).toBeUndefined();
  });

  it("changes one view of a record of both views", () => {
    const name = "_sipfederationtls._tcp.contoso.test";
    const seen = (deployment: Deployment): readonly string[] => deployment.dns.filter((item) => item.name === name).map((item) => `${item.view} ${item.data.join(" ")}`);
    expect(seen(applyChanges(healthy, [{ kind: "removeDns", view: "outside", name }]))).toEqual(["inside access.contoso.test 5061 0 100"]);
    expect(seen(applyChanges(healthy, [{ kind: "setDns", view: "outside", name, type: "SRV", data: [["sip.contoso.test", "5062", "0", "0"]] }]))).toEqual([
      "inside access.contoso.test 5061 0 100",
      "outside sip.contoso.test 5062 0 0",
    ]);
  });

  it("patches, stops and adds endpoints and certificates", () => {
    const certificate = healthy.certificates.find((item) => item.id === "server:ex1.fabrikam.test");
    if (certificate === undefined) throw new Error("no certificate");
    const changed = mutation(
      { kind: "setEndpoint", host: "ex1.fabrikam.test", port: 5061, endpoint: { product: "other" } },
      { kind: "setEndpoint", host: "ex1.fabrikam.test", port: 5063, endpoint: undefined },
      { kind: "setEndpoint", host: "new.fabrikam.test", port: 5061, endpoint: { sip: false, product: "none" } },
      { kind: "replaceCertificate", certificate: { ...certificate, notAfterDays: -1 } },
    )(healthy);
    const ports = changed.endpoints.filter((item) => item.host === "ex1.fabrikam.test").map((item) => `${item.port} ${item.product.slice(0, 5)}`);
    expect(ports).toContain("5061 other");
    expect(ports.some((item) => item.startsWith("5063"))).toBe(false);
    expect(changed.endpoints.at(-1)).toEqual({ host: "new.fabrikam.test", port: 5061, tls: undefined, sip: false, product: "none" });
    expect(changed.certificates.find((item) => item.id === certificate.id)?.notAfterDays).toBe(-1);
    expect(changed.certificates).toHaveLength(healthy.certificates.length);
  });

  it("patches, adds and removes configuration objects by identity", () => {
    const set = (identity: string, patch: Readonly<Record<string, unknown>> | undefined): Change => ({ kind: "setLyncConfiguration", noun: "CsMediaConfiguration", identity, patch });
    const changed = applyChanges(healthy, [set("global", { EncryptionLevel: "SupportEncryption" }), set("Site:Portland", { EncryptionLevel: "RequireEncryption" })]);
    expect(changed.lyncConfiguration["CsMediaConfiguration"]?.map((item) => [item["Identity"], item["EncryptionLevel"]])).toEqual([
      ["Global", "SupportEncryption"],
      ["Site:Portland", "RequireEncryption"],
    ]);
    expect(applyChanges(healthy, [set("Global", undefined)]).lyncConfiguration["CsMediaConfiguration"]).toEqual([]);
  });

  it.each<Change>([
    { kind: "setAttribute", forest: "fabrikam", dn: "CN=nowhere", name: "cn", values: ["x"] },
    { kind: "removeEntry", forest: "elsewhere", dn: plan },
    { kind: "addEntry", forest: "fabrikam", entry: { dn: plan, objectClass: ["top"], attributes: {} } },
    { kind: "setEndpoint", host: "nowhere.test", port: 1, endpoint: { product: "x" } },
  ])("refuses a change that cannot be made: $kind", (change) => {
    expect(() => applyChanges(healthy, [change])).toThrow();
  });
});

describe("LDIF", () => {
  const [, exchange] = healthy.forests;
  if (exchange === undefined) throw new Error("no Exchange forest");
  const ldif = toLdif(exchange, { resolve: (text) => text.replace(/\{thumbprint:[^}]+\}/, "AB12") });

  it("leaves out what the controller has, resolves placeholders and defers references to later entries", () => {
    expect(ldif).not.toContain("dn: CN=Administrator,");
    expect(ldif).not.toContain("trustedDomain");
    expect(ldif).toContain("msExchUMCertificateThumbprint: AB12\n");
    expect(ldif).toMatch(/dn: CN=ContosoUM,CN=UM DialPlan Container[^\n]*\nchangetype: modify\nadd: msExchUMDialPlanDefaultAutoAttendantLink\n/);
  });

  it("writes bytes and text that is not safe in base64, and sets the scanner's password", () => {
    const odd: Entry = { dn: "CN=ä,DC=fabrikam,DC=test", objectClass: ["top"], attributes: { cn: [" ä"], description: ["a: b "] } };
    const text = toLdif({ ...exchange, entries: [odd] });
    expect(text).toContain("cn:: IMOk\n");
    expect(text).toContain("description:: YTogYiA=\n");
    expect(text).toMatch(/^dn:: /);
    expect(ldif).toContain(`clearTextPassword:: ${Buffer.from("Lab-R3ader!", "utf16le").toString("base64")}`);
  });
});
