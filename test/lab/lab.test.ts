import { afterEach, describe, expect, it } from "vitest";
import { madeByController } from "../../src/lab/deployment/ldif.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { contosoPlan, planDn } from "../../src/lab/deployment/plans.ts";
import type { Entry } from "../../src/lab/types.ts";
import { recordSets } from "./dns-configuration.ts";
import { DaclOnly, ask, certificateOf, configuration, dataText, description, entriesOf, healthy, lab, options, search } from "./lab-clients.ts";
import { setChanges } from "./running-lab.ts";

/** Attributes of a controller's own entries, where Samba has other values and no reader of the deployment looks. */
const controllersOwn = ["userAccountControl", "member", "options", "systemFlags", "groupType", "objectVersion"];

/** What the deployment says and the directory does not serve. */
async function differences(forest: string): Promise<readonly string[]> {
  const contexts = [`DC=${forest},DC=test`, configuration(forest)];
  const found = (await Promise.all(contexts.map(async (base) => await search(forest, base, { filter: "(objectClass=*)" })))).flat();
  const byDn = new Map(found.map((entry) => [String(entry["dn"]?.[0]).toLowerCase(), entry]));
  const isOfController = madeByController({ name: forest });
  return entriesOf(forest).flatMap((entry) => {
    if (entry.dn.includes("CN=Schema,")) return [];
    const served = byDn.get(entry.dn.toLowerCase());
    if (served === undefined) return [entry.dn];
    const attributes = Object.entries(entry.attributes).filter(([name]) => !(isOfController(entry) && controllersOwn.includes(name)));
    return attributes.flatMap(([name, values]) => {
      const expected = values.filter((value) => typeof value === "string").map((value) => value.replace(/\{thumbprint:([^}]+)\}/, (_whole, id: string) => certificateOf(id).thumbprint));
      const actual = (served[name] ?? []).map(String);
      return expected.filter((value) => !actual.includes(value)).map((value) => `${entry.dn}: ${name}=${value}, but ${actual.join(" | ")}`);
    });
  });
}

describe("directories", () => {
  it.each(["contoso", "fabrikam"])("serve every entry of the deployment with its values (%s)", async (forest) => {
    expect(await differences(forest)).toEqual([]);
  });

  it("serves back links, and the same SIDs as the deployment names", async () => {
    const [plan] = await search("fabrikam", planDn(contosoPlan), { scope: "base", attributes: ["msExchUMServerDialPlanBL", "msExchUMHuntGroupDialPlanBL"] });
    expect(plan?.["msExchUMServerDialPlanBL"]).toHaveLength(6);
    expect(plan?.["msExchUMHuntGroupDialPlanBL"]).toHaveLength(3);
    const [group] = await search("contoso", "DC=contoso,DC=test", { filter: "(sAMAccountName=RTCUniversalServerAdmins)", attributes: ["objectSid"], explicitBufferAttributes: ["objectSid"] });
    const expected = entriesOf("contoso").find((entry) => entry.attributes["sAMAccountName"]?.includes("RTCUniversalServerAdmins"))?.attributes["objectSid"]?.[0];
    expect(Buffer.from(group?.["objectSid"]?.[0] ?? "").equals(Buffer.from(expected ?? ""))).toBe(true);
  });

  it("nests the operator in both administrative groups", async () => {
    for (const name of ["RTCUniversalServerAdmins", "RTCUniversalUserAdmins"]) {
      const filter = `(&(sAMAccountName=ucoperator)(memberOf:1.2.840.113556.1.4.1941:=CN=${name},CN=Users,DC=contoso,DC=test))`;
      expect(await search("contoso", "DC=contoso,DC=test", { filter, attributes: ["cn"] })).toHaveLength(1);
    }
  });

  it("has the schema markers of both preparations", async () => {
    const [lync] = await search("contoso", `CN=ms-RTC-SIP-SchemaVersion,CN=Schema,${configuration("contoso")}`, { scope: "base" });
    expect([lync?.["rangeLower"], lync?.["rangeUpper"]]).toEqual([["3"], ["1150"]]);
    const [exchange] = await search("fabrikam", `CN=ms-Exch-Schema-Version-Pt,CN=Schema,${configuration("fabrikam")}`, { scope: "base" });
    expect(exchange?.["rangeUpper"]).toEqual(["15334"]);
  });

  it("lets the scanner read the rights that exchucutil gives to the groups of the other forest", async () => {
    const base = `CN=UM DialPlan Container,CN=Fabrikam,CN=Microsoft Exchange,CN=Services,${configuration("fabrikam")}`;
    const [container] = await search("fabrikam", base, { scope: "base", attributes: ["nTSecurityDescriptor"], explicitBufferAttributes: ["nTSecurityDescriptor"] }, [new DaclOnly()]);
    const descriptor = Buffer.from(container?.["nTSecurityDescriptor"]?.[0] ?? "");
    const accounts = entriesOf("contoso").filter((entry) => ["RTCUniversalServerAdmins", "RTCComponentUniversalServices"].includes(String(entry.attributes["sAMAccountName"]?.[0])));
    expect(accounts).toHaveLength(2);
    for (const account of accounts) {
      // ACCESS_ALLOWED_ACE: type 0, flags 2 (container inherit), size 36, mask 0x14, SID
      const ace = Buffer.concat([Buffer.from([0, 2, 36, 0, 0x14, 0, 0, 0]), Buffer.from(account.attributes["objectSid"]?.[0] ?? "")]);
      expect(descriptor.includes(ace), account.dn).toBe(true);
    }
  });

  it.each([
    ["contoso", "fabrikam"],
    ["fabrikam", "contoso"],
  ])("has a forest trust of both directions in %s", async (forest, partner) => {
    const [trust] = await search(forest, `CN=System,DC=${forest},DC=test`, { filter: `(trustPartner=${partner}.test)`, explicitBufferAttributes: ["msDS-TrustForestTrustInfo", "securityIdentifier"] });
    expect([trust?.["trustDirection"], trust?.["trustType"], trust?.["flatName"]]).toEqual([["3"], ["2"], [partner.toUpperCase()]]);
    expect(Number(trust?.["trustAttributes"]?.[0]) & 8).toBe(8);
    expect(Buffer.from(trust?.["msDS-TrustForestTrustInfo"]?.[0] ?? "").includes(Buffer.from(`${partner}.test`))).toBe(true);
  });
});

describe("DNS", () => {
  const types = ["A", "SRV", "PTR", "CNAME"] as const;
  it.each(["inside", "outside"] as const)("answers the records of the %s view", async (view) => {
    const wrong: string[] = [];
    for (const [key, data] of recordSets(healthy, view)) {
      const [name = "", type = ""] = key.split(" ");
      const asked = types.find((item) => item === type);
      if (asked === undefined) continue;
      const { answers = [], rcode } = await ask(description.dns[view].address, name, asked);
      const actual = answers.filter((answer) => answer.type === asked).map(dataText).toSorted();
      const expected = data.map((words) => words.join(" ")).toSorted();
      if (JSON.stringify(actual) !== JSON.stringify(expected)) wrong.push(`${key}: ${rcode ?? ""} ${actual.join(" | ")}`);
    }
    expect(wrong).toEqual([]);
  });

  it("keeps the views apart and refuses other names", async () => {
    expect((await ask(description.dns.outside.address, "lyncfe1.contoso.test", "A")).rcode).toBe("NXDOMAIN");
    expect((await ask(description.dns.inside.address, "lyncdiscover.contoso.test", "A")).rcode).toBe("NXDOMAIN");
    expect((await ask(description.dns.inside.address, "example.org", "A")).rcode).toBe("REFUSED");
  });
});

describe("endpoints", () => {
  it("answer OPTIONS as their product, with the certificate and chain of their server", async () => {
    const answers = await Promise.all(
      healthy.endpoints.map(async (endpoint) => {
        const address = description.endpoints.find((item) => item.host === endpoint.host && item.port === endpoint.port)?.addresses[0] ?? "";
        const peer = await options(endpoint.host, address, endpoint.port, endpoint.tls !== undefined);
        const certificate = healthy.certificates.find((item) => item.id === endpoint.tls?.certificate);
        expect(peer, `${endpoint.host}:${endpoint.port}`).toEqual({ status: "SIP/2.0 200 OK", server: endpoint.product, subject: certificate?.commonName ?? "", authorized: endpoint.tls !== undefined });
        return peer;
      }),
    );
    expect(answers.length).toBe(healthy.endpoints.length);
  });

  it("refuse a client without certificate, and one of a stranger", async () => {
    await expect(options("ex1.fabrikam.test", "127.0.20.21", 5061, true, "none")).rejects.toThrow();
    await expect(options("lyncfe1.contoso.test", "127.0.10.21", 5061, true, "client:stranger")).rejects.toThrow();
  });
});

describe("planted mistakes", () => {
  const gateway = `CN=1:1,CN=UM IPGateway Container,CN=Fabrikam,CN=Microsoft Exchange,CN=Services,${configuration("fabrikam")}`;
  afterEach(async () => {
    await setChanges(lab, [], new Date());
  });

  it("changes and heals directory, rights, links, DNS in both views, certificates and endpoints", async () => {
    const certificate = healthy.certificates.find((item) => item.id === "server:ex1.fabrikam.test");
    if (certificate === undefined) throw new Error("no certificate");
    const changes: readonly Change[] = [
      { kind: "setAttribute", forest: "fabrikam", dn: planDn(contosoPlan), name: "msExchUMDialPlanVoipSecurity", values: ["2"] },
      { kind: "removeEntry", forest: "fabrikam", dn: gateway },
      { kind: "removeEntry", forest: "contoso", dn: "CN=RTCUniversalUserAdmins,CN=Users,DC=contoso,DC=test" },
      { kind: "setAces", forest: "fabrikam", dn: `CN=UM AutoAttendant Container,${gateway.slice(gateway.indexOf("CN=Fabrikam"))}`, aces: ["(D;CI;LCRP;;;{svc-umpreflight})"] },
      { kind: "removeDns", view: "outside", name: "_sipfederationtls._tcp.contoso.test" },
      { kind: "setDns", view: "inside", name: "ex2.fabrikam.test", type: "A", data: [["127.0.20.99"]] },
      { kind: "replaceCertificate", certificate: { ...certificate, commonName: "other.fabrikam.test", keyBits: 1024, digest: "sha1", notAfterDays: -3 } },
      { kind: "setEndpoint", host: "ex2.fabrikam.test", port: 5063, endpoint: undefined },
    ];
    await setChanges(lab, changes, new Date());
    const [plan] = await search("fabrikam", planDn(contosoPlan), { scope: "base", attributes: ["msExchUMDialPlanVoipSecurity", "msExchUMHuntGroupDialPlanBL"] });
    expect(plan?.["msExchUMDialPlanVoipSecurity"]).toEqual(["2"]);
    expect(plan?.["msExchUMHuntGroupDialPlanBL"]).toHaveLength(2);
    expect(await search("fabrikam", configuration("fabrikam"), { filter: "(objectClass=msExchUMAutoAttendant)", attributes: ["cn"] })).toEqual([]);
    expect(await search("contoso", "DC=contoso,DC=test", { filter: "(sAMAccountName=RTCUniversalUserAdmins)", attributes: ["cn"] })).toEqual([]);
    expect((await ask(description.dns.outside.address, "_sipfederationtls._tcp.contoso.test", "SRV")).answers).toEqual([]);
    expect((await ask(description.dns.inside.address, "ex2.fabrikam.test", "A")).answers?.map(dataText)).toEqual(["127.0.20.99"]);
    expect(await options("ex1.fabrikam.test", "127.0.20.21", 5061, true)).toMatchObject({ subject: "other.fabrikam.test", authorized: false });
    await expect(options("ex2.fabrikam.test", "127.0.20.22", 5063, true)).rejects.toThrow("ECONNREFUSED");

    await setChanges(lab, [], new Date());
    expect(await search("fabrikam", configuration("fabrikam"), { filter: "(objectClass=msExchUMAutoAttendant)", attributes: ["cn"] })).toHaveLength(2);
    expect(await search("fabrikam", gateway, { filter: "(objectClass=msExchUMHuntGroup)", attributes: ["cn"] })).toHaveLength(2);
    const [group] = await search("contoso", "DC=contoso,DC=test", { filter: "(sAMAccountName=RTCUniversalUserAdmins)", attributes: ["member", "memberOf"] });
    expect(group?.["member"]).toEqual(["CN=Telephony Operations,OU=Staff,DC=contoso,DC=test"]);
    expect(group?.["memberOf"]).toHaveLength(3);
    expect(await options("ex1.fabrikam.test", "127.0.20.21", 5061, true)).toMatchObject({ subject: "ex1.fabrikam.test", authorized: true });
    expect((await ask(description.dns.outside.address, "_sipfederationtls._tcp.contoso.test", "SRV")).answers?.map(dataText)).toEqual(["access.contoso.test 5061 0 100"]);
  });

  it("changes and heals what a controller makes itself: trust, schema marker, certificate; and a whole container with all that links into it", async () => {
    const certificate = healthy.certificates.find((item) => item.id === "dc:cdc1.contoso.test");
    if (certificate === undefined) throw new Error("no certificate");
    const trust = (forest: string, partner: string): string => `CN=${partner}.test,CN=System,DC=${forest},DC=test`;
    const container = gateway.slice(gateway.indexOf("CN=Fabrikam"));
    const added: Entry = {
      dn: "CN=second,OU=Staff,DC=contoso,DC=test",
      objectClass: ["top", "person", "organizationalPerson", "user"],
      attributes: { cn: ["second"], sAMAccountName: ["second"], userAccountControl: ["512"], "msRTCSIP-Line": ["tel:+14256100001;ext=100001"] },
    };
    await setChanges(
      lab,
      [
        { kind: "setAttribute", forest: "fabrikam", dn: trust("fabrikam", "contoso"), name: "trustDirection", values: ["1"] },
        { kind: "removeEntry", forest: "contoso", dn: trust("contoso", "fabrikam") },
        { kind: "setAttribute", forest: "contoso", dn: `CN=ms-RTC-SIP-SchemaVersion,CN=Schema,${configuration("contoso")}`, name: "rangeUpper", values: ["1100"] },
        { kind: "removeEntry", forest: "fabrikam", dn: `CN=UM DialPlan Container,${container}` },
        { kind: "addEntry", forest: "contoso", entry: added },
        { kind: "replaceCertificate", certificate: { ...certificate, dnsNames: ["elsewhere.contoso.test"], commonName: "elsewhere.contoso.test" } },
      ],
      new Date(),
    );
    const plans = await search("fabrikam", `CN=Fabrikam,CN=Microsoft Exchange,CN=Services,${configuration("fabrikam")}`, { filter: "(cn=UM DialPlan Container)", attributes: ["cn"] });
    expect(plans).toEqual([]);
    const [half] = await search("fabrikam", trust("fabrikam", "contoso"), { scope: "base", attributes: ["trustDirection"] });
    expect(half?.["trustDirection"]).toEqual(["1"]);
    await expect(search("contoso", "DC=contoso,DC=test", { scope: "base" })).rejects.toThrow("cdc1.contoso.test");
    await setChanges(lab, [], new Date());
    for (const forest of ["contoso", "fabrikam"]) expect(await differences(forest)).toEqual([]);
    expect(await search("contoso", "DC=contoso,DC=test", { filter: "(sAMAccountName=second)", attributes: ["cn"] })).toEqual([]);
    const [marker] = await search("contoso", `CN=ms-RTC-SIP-SchemaVersion,CN=Schema,${configuration("contoso")}`, { scope: "base", attributes: ["rangeUpper"] });
    expect(marker?.["rangeUpper"]).toEqual(["1150"]);
  });
});
