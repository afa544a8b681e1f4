import { type Socket as UdpSocket, createSocket } from "node:dgram";
import { once } from "node:events";
import type { Socket } from "node:net";
import { answersTo } from "../net/answers.ts";
import { type Fault, garbage } from "../net/fault.ts";
import { type Listener, listen, loopback } from "../net/listener.ts";
import { type FaultOf, type Response, answerQuery } from "./respond.ts";
import type { ZoneData } from "./zone-data.ts";

/** What a DNS server answers from; the lab swaps the data while it runs. */
export interface DnsService {
  data: ZoneData;
  readonly faultOf: FaultOf;
}

const attempts = 20;

/** Claims the longest message there is and sends only its beginning. */
function oversize(answer: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xff]), answer.subarray(2)]);
}

function later({ delayMs }: Response, send: () => void): void {
  if (delayMs === 0) send();
  else setTimeout(send, delayMs).unref();
}

/** What a misbehaving server sends over UDP instead of an answer; nothing, where there is no such thing as a reset. */
function spoiltDatagram(answer: Buffer, fault: Fault): Buffer | undefined {
  switch (fault.how) {
    case "garbage":
      return garbage;
    case "truncate":
      return answer.subarray(0, Math.ceil(answer.length / 2));
    case "oversize":
      return Buffer.concat([answer, Buffer.alloc(60_000)]);
    case "refuse":
    case "stall":
    case "reset":
      return undefined;
    default:
      return fault.how satisfies never;
  }
}

async function openUdp(port: number, service: DnsService, fault: () => Fault | undefined): Promise<UdpSocket> {
  const socket = createSocket("udp4");
  let answered = 0;
  socket.on("error", () => undefined); // a client that has gone
  socket.on("message", (query, from) => {
    const response = answerQuery(service.data, query, true, service.faultOf);
    if (response === undefined) return;
    const spoilt = fault();
    const bytes = spoilt !== undefined && answered >= (spoilt.after ?? 0) ? spoiltDatagram(response.bytes, spoilt) : response.bytes;
    answered += 1;
    if (bytes === undefined) return;
    later(response, () => {
      try {
        socket.send(bytes, from.port, from.address);
      } catch {
        // closed in the meantime
      }
    });
  });
  socket.bind(port, loopback);
  await once(socket, "listening");
  return socket;
}

function serveTcp(socket: Socket, service: DnsService, fault: () => Fault | undefined): void {
  const answers = answersTo({ socket, transport: socket, fault, oversize });
  let pending = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const end = 2 + pending.readUInt16BE(0);
      const response = answerQuery(service.data, pending.subarray(2, end), false, service.faultOf);
      pending = Buffer.from(pending.subarray(end));
      if (response === undefined) continue;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(response.bytes.length);
      later(response, () => answers.send(Buffer.concat([length, response.bytes])));
    }
  });
}

/** Both transports on one port: the system chooses it for TCP, and it must be free for UDP too. */
async function openBoth(service: DnsService): Promise<{ readonly tcp: Listener; readonly udp: UdpSocket }> {
  for (let attempt = 1; ; attempt += 1) {
    const tcp = await listen((socket, fault) => serveTcp(socket, service, fault));
    try {
      return { tcp, udp: await openUdp(tcp.port, service, tcp.fault) };
    } catch (error) {
      await tcp.close();
      if (attempt === attempts) throw error;
    }
  }
}

/** Starts a DNS server on one port, UDP and TCP. */
export async function startDns(service: DnsService): Promise<Listener> {
  const { tcp, udp: first } = await openBoth(service);
  let udp: UdpSocket | undefined = first;
  const closeUdp = async () => {
    const open = udp;
    udp = undefined;
    if (open === undefined) return;
    open.close();
    await once(open, "close");
  };
  return {
    port: tcp.port,
    fault: tcp.fault,
    misbehave: async (fault) => {
      await tcp.misbehave(fault);
      if (fault?.how === "refuse") await closeUdp();
      else udp ??= await openUdp(tcp.port, service, tcp.fault);
    },
    close: async () => {
      await Promise.all([tcp.close(), closeUdp()]);
    },
  };
}
