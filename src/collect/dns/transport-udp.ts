import { randomInt } from "node:crypto";
import type { RemoteInfo, Socket } from "node:dgram";
import { readReply } from "./message.ts";
import { canonicalAddress, formatServer, type DnsServer } from "./server.ts";
import { failed, failedByError, interrupted, type DnsCounters, type Exchange, type ExchangeFailure } from "./transport.ts";
import { openUdpSocket } from "./udp-socket.ts";

/** Sends queries to one server. */
export interface UdpClient {
  /**
   * One query, one reply from that server's address and port with the query's id and question; all else is thrown away, counted, and waited past.
   * `acceptSenders` "server" uses a pooled, connected socket; "any" a fresh one that can tell when the reply came from somewhere else.
   */
  exchange(query: Buffer, timeoutMs: number, acceptSenders: "server" | "any"): Promise<Exchange>;
}

/** A query in flight and what came that was not its reply. */
interface Pending {
  readonly query: Buffer;
  readonly settle: (exchange: Exchange) => void;
  ignored: number;
  malformed: string | undefined;
  otherSender: string | undefined;
}

/** A socket, its queries by id, and how often it was used. */
interface Slot {
  readonly socket: Socket;
  readonly isConnected: boolean;
  readonly pending: Map<number, Pending>;
  uses: number;
  isClosed: boolean;
  idleTimer: NodeJS.Timeout | undefined;
}

/** A socket for each query would cost more than the query; this many per server still give an attacker that many random ports to guess, renewed again and again. */
const poolSize = 8;
const usesPerSocket = 128;
const idleMs = 500;

function timedOut(timeoutMs: number, { ignored, malformed, otherSender }: Pending): ExchangeFailure {
  const others = otherSender === undefined ? "" : `; a reply from ${otherSender} was ignored, as it is not the server that was asked`;
  const strays = ignored === 0 || otherSender !== undefined ? "" : `; ${ignored} other datagrams were ignored`;
  if (malformed !== undefined) return failed("malformed", `UDP: no readable reply within ${timeoutMs} ms (${malformed})${others}`);
  return failed("timeout", `UDP: no reply within ${timeoutMs} ms${others}${strays}`);
}

/** Gives a datagram to the query that it answers. What cannot be read may be forged, so it ends nothing. */
function receive(slot: Slot, bytes: Buffer, counters: DnsCounters): void {
  const pending = bytes.length < 2 ? undefined : slot.pending.get(bytes.readUInt16BE(0));
  const reading = pending === undefined ? undefined : readReply(bytes, pending.query);
  if (pending !== undefined && reading?.kind === "reply") {
    pending.settle(reading);
  } else if (pending !== undefined && reading?.kind === "malformed") {
    counters.malformed += 1;
    pending.malformed = reading.detail;
  } else {
    counters.ignored += 1;
    for (const waiting of slot.pending.values()) waiting.ignored += 1;
  }
}

function refuseSender(slot: Slot, sender: RemoteInfo, counters: DnsCounters): void {
  counters.ignored += 1;
  for (const waiting of slot.pending.values()) {
    waiting.ignored += 1;
    waiting.otherSender = formatServer(sender);
  }
}

function close(slot: Slot): void {
  if (slot.isClosed) return;
  slot.isClosed = true;
  clearTimeout(slot.idleTimer);
  slot.socket.close();
}

/** A worn-out or single-use socket goes with its last query; the others wait a little for the next one. */
function release(slot: Slot): void {
  if (slot.pending.size > 0 || slot.isClosed) return;
  if (slot.uses >= usesPerSocket || !slot.isConnected) close(slot);
  else if (slot.idleTimer === undefined) slot.idleTimer = setTimeout(() => { if (slot.pending.size === 0) close(slot); }, idleMs).unref();
  else slot.idleTimer.refresh();
}

async function openSlot(server: DnsServer, isConnected: boolean, counters: DnsCounters): Promise<Slot> {
  const socket = await openUdpSocket(server, isConnected);
  const slot: Slot = { socket, isConnected, pending: new Map(), uses: 0, isClosed: false, idleTimer: undefined };
  const address = canonicalAddress(server.address);
  socket.on("message", (bytes, sender) => {
    if (sender.port === server.port && (sender.address === address || canonicalAddress(sender.address) === address)) receive(slot, bytes, counters);
    else refuseSender(slot, sender, counters);
  });
  socket.on("error", (error) => {
    close(slot);
    const failure = failedByError(error);
    for (const waiting of slot.pending.values()) waiting.settle({ ...failure, detail: `UDP: ${failure.detail}` });
  });
  return slot;
}

function send(slot: Slot, server: DnsServer, query: Buffer): void {
  if (slot.isConnected) slot.socket.send(query);
  else slot.socket.send(query, server.port, server.address);
}

function exchangeOn(slot: Slot, server: DnsServer, query: Buffer, timeoutMs: number): Promise<Exchange> {
  const stamped = Buffer.from(query);
  let id = randomInt(0x1_0000);
  while (slot.pending.has(id)) id = randomInt(0x1_0000);
  stamped.writeUInt16BE(id, 0);
  slot.uses += 1;
  return new Promise((resolve) => {
    const settle = (exchange: Exchange): void => {
      clearTimeout(timer);
      slot.pending.delete(id);
      release(slot);
      resolve(exchange);
    };
    const pending: Pending = { query: stamped, settle, ignored: 0, malformed: undefined, otherSender: undefined };
    const timer = setTimeout(() => settle(timedOut(timeoutMs, pending)), timeoutMs);
    slot.pending.set(id, pending);
    send(slot, server, stamped);
  });
}

/** Makes the client of one server; its sockets close by themselves soon after the last query, and at once when the signal says so. */
export function createUdpClient(server: DnsServer, counters: DnsCounters, signal: AbortSignal): UdpClient {
  const pool: (Slot | undefined)[] = Array.from({ length: poolSize }, () => undefined);
  const inUse = new Set<Slot>();
  // One listener for all queries: one each would cost a tenth of the query.
  signal.addEventListener("abort", () => {
    for (const slot of inUse) {
      close(slot);
      for (const waiting of slot.pending.values()) waiting.settle(interrupted);
    }
  });
  const openFor = async (index: number | undefined, query: Buffer, timeoutMs: number): Promise<Exchange> => {
    try {
      const slot = await openSlot(server, index !== undefined, counters);
      inUse.add(slot);
      slot.socket.once("close", () => inUse.delete(slot));
      if (index !== undefined) pool[index] = slot;
      if (!signal.aborted) return await exchangeOn(slot, server, query, timeoutMs);
      close(slot);
      return interrupted;
    } catch (error) {
      return failedByError(error);
    }
  };
  return {
    exchange(query, timeoutMs, acceptSenders) {
      if (signal.aborted) return Promise.resolve(interrupted);
      counters.udp += 1;
      if (acceptSenders === "any") return openFor(undefined, query, timeoutMs);
      const index = randomInt(poolSize);
      const slot = pool[index];
      return slot === undefined || slot.isClosed || slot.uses >= usesPerSocket ? openFor(index, query, timeoutMs) : exchangeOn(slot, server, query, timeoutMs);
    },
  };
}
