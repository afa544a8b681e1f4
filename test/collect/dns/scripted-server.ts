import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import { decode, encode, type Packet, type PacketRecord } from "dns-packet";
import type { DnsServer } from "../../../src/collect/dns/server.ts";

/** A query as it arrived, with ways to answer it. */
export interface Incoming {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly edns: boolean;
  readonly transport: "udp" | "tcp";
  readonly clientPort: number;
  /** Sends bytes as they are: a datagram from the server's own port, or a chunk without framing. */
  send(bytes: Buffer): void;
  /** Sends a well-formed reply (framed over TCP). */
  reply(content?: ReplyContent): void;
  /** Sends a datagram to the client from another port. */
  sendFromElsewhere(bytes: Buffer): void;
  /** TCP only: closes the server's half, or resets the connection. */
  end(): void;
  reset(): void;
}

export interface ReplyContent {
  readonly rcode?: number;
  /** Header bits on top of RA; see the constants of the codec. */
  readonly flags?: number;
  readonly recursionAvailable?: boolean;
  readonly answers?: readonly PacketRecord[];
  readonly authorities?: readonly PacketRecord[];
  readonly additionals?: readonly PacketRecord[];
}

const recursionAvailable = 0x0080;
const noOptions: readonly PacketRecord[] = [];

/** The bytes of a well-formed reply to a query. */
export function replyBytes(query: Buffer, content: ReplyContent = {}): Buffer {
  const { id, questions } = decode(query);
  const flags = (content.flags ?? 0) | (content.recursionAvailable === false ? 0 : recursionAvailable) | (content.rcode ?? 0);
  const { answers = noOptions, authorities = noOptions, additionals = noOptions } = content;
  return encode({ type: "response", id, flags, questions, answers, authorities, additionals } satisfies Packet);
}

/** The message with its length before it. */
export function framed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

export interface ScriptedServer extends AsyncDisposable {
  readonly server: DnsServer;
  readonly received: readonly Incoming[];
}

export type Script = (incoming: Incoming) => void;

function describe(bytes: Buffer): Pick<Incoming, "name" | "type" | "edns" | "bytes"> {
  const { questions, additionals } = decode(bytes);
  return { bytes, name: questions[0]?.name ?? "", type: questions[0]?.type ?? "", edns: (additionals ?? []).some(({ type }) => type === "OPT") };
}

function listenUdp(udp: UdpSocket, elsewhere: UdpSocket, onQuery: (incoming: Incoming) => void): void {
  udp.on("message", (bytes, { address, port }) => {
    const send = (reply: Buffer): void => udp.send(reply, port, address, () => undefined);
    onQuery({
      ...describe(bytes), transport: "udp", clientPort: port, send,
      reply: (content) => send(replyBytes(bytes, content)),
      sendFromElsewhere: (reply) => elsewhere.send(reply, port, address, () => undefined),
      end: () => undefined, reset: () => undefined,
    });
  });
}

function listenTcp(tcp: Server, open: Set<Socket>, onQuery: (incoming: Incoming) => void): void {
  tcp.on("connection", (socket) => {
    open.add(socket);
    let received = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      const bytes = received.subarray(2);
      received = Buffer.alloc(0);
      const send = (reply: Buffer): void => { socket.write(reply); };
      onQuery({
        ...describe(bytes), transport: "tcp", clientPort: socket.remotePort ?? 0, send,
        reply: (content) => send(framed(replyBytes(bytes, content))),
        sendFromElsewhere: () => undefined,
        end: () => { socket.end(); }, reset: () => { socket.resetAndDestroy(); },
      });
    });
  });
}

function bindUdp(socket: UdpSocket, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(port, address, () => {
      socket.off("error", reject);
      resolve(socket.address().port);
    });
  });
}

interface Listeners {
  readonly udp: UdpSocket;
  readonly tcp: Server;
  readonly port: number;
}

/** Binds both to one port; a port that is free for UDP may be taken for TCP, so it tries several. */
async function bindBoth(address: string, hasTcp: boolean, triesLeft = 20): Promise<Listeners> {
  const udp = createSocket(address.includes(":") ? "udp6" : "udp4");
  const tcp = createServer({ allowHalfOpen: true });
  const port = await bindUdp(udp, 0, address);
  try {
    if (hasTcp) await new Promise<void>((resolve, reject) => { tcp.once("error", reject); tcp.listen(port, address, resolve); });
    return { udp, tcp, port };
  } catch (error) {
    udp.close();
    if (triesLeft === 0) throw error;
    return await bindBoth(address, hasTcp, triesLeft - 1);
  }
}

/** Starts a DNS server on a free port of a loopback address, UDP and (unless told otherwise) TCP, that does what the script says. */
export async function startServer(script: Script, { address = "127.0.0.1", tcp: hasTcp = true } = {}): Promise<ScriptedServer> {
  const { udp, tcp, port } = await bindBoth(address, hasTcp);
  const elsewhere = createSocket(address.includes(":") ? "udp6" : "udp4");
  const open = new Set<Socket>();
  const received: Incoming[] = [];
  const onQuery = (incoming: Incoming): void => {
    received.push(incoming);
    script(incoming);
  };
  await bindUdp(elsewhere, 0, address);
  elsewhere.on("error", () => undefined); // the client's closed port
  listenUdp(udp, elsewhere, onQuery);
  listenTcp(tcp, open, onQuery);
  return {
    server: { address, port },
    received,
    async [Symbol.asyncDispose]() {
      udp.close();
      elsewhere.close();
      for (const socket of open) socket.destroy();
      if (hasTcp) await new Promise((resolve) => tcp.close(resolve));
    },
  };
}

/** An A record. */
export function a(name: string, address: string, ttl = 300): PacketRecord {
  return { name, type: "A", ttl, data: address };
}

/** An alias. */
export function cname(name: string, target: string): PacketRecord {
  return { name, type: "CNAME", ttl: 300, data: target };
}

/** An SRV record in the order of zone files. */
export function srv(name: string, priority: number, weight: number, port: number, target: string): PacketRecord {
  return { name, type: "SRV", ttl: 300, data: { priority, weight, port, target } };
}

/** The start of a zone, as it goes with a negative answer. */
export function soa(zone: string): PacketRecord {
  return { name: zone, type: "SOA", ttl: 300, data: { mname: `ns.${zone}`, rname: `admin.${zone}`, serial: 7, refresh: 900, retry: 600, expire: 86400, minimum: 60 } };
}

/** A name server. */
export function ns(zone: string, target: string): PacketRecord {
  return { name: zone, type: "NS", ttl: 300, data: target };
}
