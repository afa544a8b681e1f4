import dgram from "node:dgram";
import { readFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import tls from "node:tls";
import { Client, Control } from "ldapts";
import type { BerWriter, SearchOptions } from "ldapts";
import dnsPacket from "dns-packet";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { contosoPlan, planDn } from "../../src/lab/deployment/plans.ts";
import type { Deployment, Entry } from "../../src/lab/types.ts";
import { recordSets } from "./dns-configuration.ts";
import { readLab } from "./lab-description.ts";
import type { LabForest } from "./lab-description.ts";
import { setChanges } from "./running-lab.ts";

const lab = process.env["UMPREFLIGHT_LAB"] ?? "";
if (lab === "") throw new Error("UMPREFLIGHT_LAB names no running lab: run npm run test:lab");
const description = readLab(lab);
const healthy = healthyDeployment({ users: description.users });
const pem = (path: string): string => readFileSync(join(lab, path), "utf8");
const certificateOf = (id: string) => {
  const found = description.certificates[id];
  if (found === undefined) throw new Error(`no certificate ${id}`);
  return found;
};
const anchors = ["contoso", "fabrikam", "public"].map((side) => pem(certificateOf(`ca:${side}-root`).certificate));

/** LDAP_SERVER_SD_FLAGS_OID with owner, group and DACL: an ordinary user gets no descriptor when the SACL is asked for. */
class DaclOnly extends Control {
  constructor() {
    super("1.2.840.113556.1.4.801", { critical: true });
  }
  override writeControl(writer: BerWriter): void {
    writer.writeBuffer(Buffer.from([0x30, 3, 2, 1, 7]), 4);
  }
}

function forestOf(name: string): LabForest {
  const forest = description.forests.find((item) => item.name === name);
  if (forest === undefined) throw new Error(`no forest ${name}`);
  return forest;
}

async function withClient<T>(name: string, use: (client: Client) => Promise<T>): Promise<T> {
  const forest = forestOf(name);
  const account = forest.accounts.find((item) => item.sAMAccountName === "svc-umpreflight");
  const client = new Client({ url: `ldaps://${forest.address}:${forest.ports.ldaps}`, timeout: 10_000, connectTimeout: 5_000, tlsOptions: { ca: anchors, servername: forest.domainController } });
  try {
    await client.bind(account?.userPrincipalName ?? "", account?.password ?? "");
    return await use(client);
  } finally {
    await client.unbind();
  }
}

type Found = Readonly<Record<string, readonly (string | Buffer)[]>>;

async function search(name: string, base: string, options: SearchOptions, controls: Control[] = []): Promise<readonly Found[]> {
  return await withClient(name, async (client) => {
    const { searchEntries } = await client.search(base, { paged: true, ...options }, controls);
    return searchEntries.map((entry) => Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, Array.isArray(value) ? [...value] : [value]])) as Found);
  });
}

function entriesOf(forest: string): readonly Entry[] {
  return healthy.forests.find((item) => item.name === forest)?.entries ?? [];
}

const configuration = (forest: string): string => `CN=Configuration,DC=${forest},DC=test`;

async function ask(server: string, name: string, type: "A" | "SRV" | "PTR" | "CNAME"): Promise<dnsPacket.Packet & { readonly rcode?: string }> {
  const query = dnsPacket.encode({ type: "query", id: Math.floor(Math.random() * 65_535), flags: dnsPacket.RECURSION_DESIRED, questions: [{ type, name }] });
  return await new Promise((done, failed) => {
    const socket = dgram.createSocket("udp4");
    const timer = setTimeout(() => {
      socket.close();
      failed(new Error(`no answer for ${name}`));
    }, 5_000);
    socket.on("message", (message) => {
      clearTimeout(timer);
      socket.close();
      done(dnsPacket.decode(message));
    });
    socket.send(query, 53, server);
  });
}

function dataText(answer: dnsPacket.Answer): string {
  if (answer.type === "SRV") return [answer.data.target, answer.data.port, answer.data.priority, answer.data.weight].join(" ");
  return "data" in answer && typeof answer.data === "string" ? answer.data : "";
}

interface Peer {
  readonly status: string;
  readonly server: string;
  readonly subject: string;
  readonly authorized: boolean;
}

function optionsRequest(host: string, transport: string): string {
  const id = Math.random().toString(16).slice(2);
  return `OPTIONS sip:${host} SIP/2.0\r\nVia: SIP/2.0/${transport} 127.0.0.1;branch=z9hG4bK${id};rport\r\nMax-Forwards: 70\r\nFrom: <sip:scanner@contoso.test>;tag=${id}\r\nTo: <sip:${host}>\r\nCall-ID: ${id}@scanner\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n`;
}

/** OPTIONS over TLS (with a client certificate unless it is undefined) or plain TCP. */
async function options(host: string, address: string, port: number, secured: boolean, client: string | undefined = "client:scanner"): Promise<Peer> {
  return await new Promise((done, failed) => {
    const identity = client === undefined ? {} : { cert: pem(certificateOf(client).chain), key: pem(certificateOf(client).key) };
    const socket = secured ? tls.connect({ host: address, port, servername: host, ca: anchors, ...identity, rejectUnauthorized: false }) : net.connect(port, address);
    socket.setTimeout(10_000, () => socket.destroy(new Error("timeout")));
    socket.on(secured ? "secureConnect" : "connect", () => socket.write(optionsRequest(host, secured ? "TLS" : "TCP")));
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if (!text.includes("\r\n\r\n")) return;
      const secureSocket = socket instanceof tls.TLSSocket ? socket : undefined;
      done({
        status: text.split("\r\n")[0] ?? "",
        server: /^Server: (.*)$/m.exec(text)?.[1]?.trim() ?? "",
        subject: String(secureSocket?.getPeerCertificate().subject.CN ?? ""),
        authorized: secureSocket?.authorized ?? false,
      });
      socket.destroy();
    });
    socket.on("error", failed);
    socket.on("close", () => failed(new Error("closed without an answer")));
  });
}

describe("directories", () => {
  it.each(["contoso", "fabrikam"])("serve every entry of the deployment with its values (%s)", async (forest) => {
    const contexts = [`DC=${forest},DC=test`, configuration(forest)];
    const found = (await Promise.all(contexts.map(async (base) => await search(forest, base, { filter: "(objectClass=*)" })))).flat();
    const byDn = new Map(found.map((entry) => [String(entry["dn"]?.[0]).toLowerCase(), entry]));
    const missing: string[] = [];
    for (const entry of entriesOf(forest)) {
      if (entry.dn.includes("CN=Schema,")) continue;
      const served = byDn.get(entry.dn.toLowerCase());
      if (served === undefined) {
        missing.push(entry.dn);
        continue;
      }
      for (const [name, values] of Object.entries(entry.attributes)) {
        const expected = values.filter((value) => typeof value === "string").map((value) => value.replace(/\{thumbprint:([^}]+)\}/, (_whole, id: string) => certificateOf(id).thumbprint));
        const actual = (served[name] ?? []).map(String);
        for (const value of expected) if (!actual.includes(value)) missing.push(`${entry.dn}: ${name}=${value}, but ${actual.join(" | ")}`);
      }
    }
    expect(missing.filter((line) => !isControllersOwn(line))).toEqual([]);
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

/** Values that a controller keeps otherwise, and that no reader depends on. */
function isControllersOwn(line: string): boolean {
  return /^(OU=Domain Controllers|CN=(Administrator|[CF]DC1|NTDS Settings|Domain Admins|Domain Users|Enterprise Admins|Schema Admins|CONTOSO|FABRIKAM|Configuration|Schema))?.*: (userAccountControl|member|options|systemFlags|groupType|objectVersion|trustAttributes)=/.test(line);
}

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
    await expect(options("ex1.fabrikam.test", "127.0.20.21", 5061, true, undefined)).rejects.toThrow();
    await expect(options("lyncfe1.contoso.test", "127.0.10.21", 5061, true, "client:stranger")).rejects.toThrow();
  });
});

describe("planted mistakes", () => {
  const gateway = `CN=1:1,CN=UM IPGateway Container,CN=Fabrikam,CN=Microsoft Exchange,CN=Services,${configuration("fabrikam")}`;
  let served: Deployment = healthy;
  beforeAll(() => {
    expect(served.forests).toHaveLength(2);
  });
  afterEach(async () => {
    served = await setChanges(lab, [], new Date());
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
    await expect(options("ex2.fabrikam.test", "127.0.20.22", 5063, true)).rejects.toMatchObject({ code: "ECONNREFUSED" });

    await setChanges(lab, [], new Date());
    expect(await search("fabrikam", configuration("fabrikam"), { filter: "(objectClass=msExchUMAutoAttendant)", attributes: ["cn"] })).toHaveLength(2);
    expect(await search("fabrikam", gateway, { filter: "(objectClass=msExchUMHuntGroup)", attributes: ["cn"] })).toHaveLength(2);
    const [group] = await search("contoso", "DC=contoso,DC=test", { filter: "(sAMAccountName=RTCUniversalUserAdmins)", attributes: ["member", "memberOf"] });
    expect(group?.["member"]).toEqual(["CN=Telephony Operations,OU=Staff,DC=contoso,DC=test"]);
    expect(group?.["memberOf"]).toHaveLength(3);
    expect(await options("ex1.fabrikam.test", "127.0.20.21", 5061, true)).toMatchObject({ subject: "ex1.fabrikam.test", authorized: true });
    expect((await ask(description.dns.outside.address, "_sipfederationtls._tcp.contoso.test", "SRV")).answers?.map(dataText)).toEqual(["access.contoso.test 5061 0 100"]);
  });
});
