import dgram from "node:dgram";
import { readFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import tls from "node:tls";
import { Client, Control } from "ldapts";
import type { BerWriter, SearchOptions } from "ldapts";
import dnsPacket from "dns-packet";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import type { Entry } from "../../src/lab/types.ts";
import { readLab } from "./lab-description.ts";
import type { LabCertificate, LabForest } from "./lab-description.ts";

/** Directory of the running lab. */
export const lab = process.env["UMPREFLIGHT_LAB"] ?? "";
if (lab === "") throw new Error("UMPREFLIGHT_LAB names no running lab: run npm run test:lab");

/** What lab.json says. */
export const description = readLab(lab);

/** The deployment that the lab serves unless changed. */
export const healthy = healthyDeployment({ users: description.users });

/** Where a certificate of the lab is. */
export function certificateOf(id: string): LabCertificate {
  const found = description.certificates[id];
  if (found === undefined) throw new Error(`no certificate ${id}`);
  return found;
}

const pem = (path: string): string => readFileSync(join(lab, path), "utf8");
const anchors = ["contoso", "fabrikam", "public"].map((side) => pem(certificateOf(`ca:${side}-root`).certificate));

/** LDAP_SERVER_SD_FLAGS_OID with owner, group and DACL: an ordinary user gets no descriptor when the SACL is asked for. */
export class DaclOnly extends Control {
  constructor() {
    super("1.2.840.113556.1.4.801", { critical: true });
  }
  override writeControl(writer: BerWriter): void {
    writer.writeBuffer(Buffer.from([0x30, 3, 2, 1, 7]), 4);
  }
}

/** A forest of the lab by name. */
export function forestOf(name: string): LabForest {
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

/** The entries that a search as the scanner finds, every attribute as a list; all pages. */
export async function search(name: string, base: string, options: SearchOptions, controls: Control[] = []): Promise<readonly Found[]> {
  return await withClient(name, async (client) => {
    const { searchEntries } = await client.search(base, { paged: true, ...options }, controls);
    return searchEntries.map((entry) => Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, Array.isArray(value) ? [...value] : [value]])) as Found);
  });
}

/** The entries of a forest of the healthy deployment. */
export function entriesOf(forest: string): readonly Entry[] {
  return healthy.forests.find((item) => item.name === forest)?.entries ?? [];
}

/** DN of a forest's configuration. */
export const configuration = (forest: string): string => `CN=Configuration,DC=${forest},DC=test`;

/** Asks one question over UDP. */
export async function ask(server: string, name: string, type: "A" | "SRV" | "PTR" | "CNAME"): Promise<dnsPacket.Packet & { readonly rcode?: string }> {
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

function isService(data: unknown): data is { readonly target: string; readonly port: number; readonly priority: number; readonly weight: number } {
  return typeof data === "object" && data !== null && "target" in data;
}

/** The data of an answer in the words of a zone file, as DnsRecord has them. */
export function dataText(answer: NonNullable<dnsPacket.Packet["answers"]>[number]): string {
  const data: unknown = "data" in answer ? answer.data : undefined;
  return isService(data) ? [data.target, data.port, data.priority, data.weight].join(" ") : String(data);
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

/** OPTIONS over TLS (with a client certificate, or "none") or plain TCP. */
export async function options(host: string, address: string, port: number, secured: boolean, client: string = "client:scanner"): Promise<Peer> {
  return await new Promise((done, failed) => {
    const identity = client === "none" ? {} : { cert: pem(certificateOf(client).chain), key: pem(certificateOf(client).key) };
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
    socket.on("error", (error) => failed(new Error(`${host}:${port} at ${address}: ${error.message}`, { cause: error })));
    socket.on("close", () => failed(new Error(`${host}:${port} at ${address}: closed without an answer`)));
  });
}
