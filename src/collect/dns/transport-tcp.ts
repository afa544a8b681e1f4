import { randomInt } from "node:crypto";
import { connect, type Socket } from "node:net";
import { readReply } from "./message.ts";
import type { DnsServer } from "./server.ts";
import { failed, failedByError, interrupted, type DnsCounters, type Exchange, type ExchangeFailure, type ExchangeLimits } from "./transport.ts";

const lengthBytes = 2;

/** The query with its length before it (RFC 1035 section 4.2.2). */
function frame(query: Buffer): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt16BE(query.length);
  return Buffer.concat([length, query]);
}

/** The message at the front of what has come so far; undefined until it is whole. */
function firstMessage(chunks: readonly Buffer[], received: number): Buffer | undefined {
  if (received < lengthBytes) return undefined;
  const head = chunks[0] !== undefined && chunks[0].length >= lengthBytes ? chunks[0] : Buffer.concat(chunks, lengthBytes);
  const end = lengthBytes + head.readUInt16BE(0);
  return received < end ? undefined : Buffer.concat(chunks, end).subarray(lengthBytes);
}

/** Nothing is set aside for the stated length, so a server that states 64 KB and sends nothing costs nothing. */
function listen(socket: Socket, query: Buffer, counters: DnsCounters, settle: (exchange: Exchange) => void): void {
  const chunks: Buffer[] = [];
  let received = 0;
  const unreadable = (detail: string): ExchangeFailure => {
    counters.malformed += 1;
    return failed("malformed", `TCP: ${detail}`);
  };
  socket.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
    const message = firstMessage(chunks, received);
    if (message === undefined) return;
    const reading = readReply(message, query);
    if (reading.kind === "reply") settle(reading);
    else settle(unreadable(reading.kind === "foreign" ? "the reply is not to the query" : reading.detail));
  });
  // A server that closes its half will send no more: waiting for the time-out would only hide that.
  socket.on("end", () => settle(received === 0 ? failed("unreachable", "TCP: closed without a reply") : unreadable(`closed after ${received} bytes of an unfinished reply`)));
}

/** Sends the query over a TCP connection of its own and reads one reply; whatever is not that reply is a failure. */
export function exchangeTcp(server: DnsServer, query: Buffer, { timeoutMs, signal }: ExchangeLimits, counters: DnsCounters): Promise<Exchange> {
  if (signal.aborted) return Promise.resolve(interrupted);
  const stamped = Buffer.from(query);
  stamped.writeUInt16BE(randomInt(0x1_0000), 0);
  counters.tcp += 1;
  return new Promise((resolve) => {
    const socket = connect({ host: server.address, port: server.port, noDelay: true });
    const settle = (exchange: Exchange): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      resolve(exchange);
    };
    const onAbort = (): void => settle(interrupted);
    const timer = setTimeout(() => settle(failed("timeout", `TCP: no whole reply within ${timeoutMs} ms`)), timeoutMs);
    signal.addEventListener("abort", onAbort);
    listen(socket, stamped, counters, settle);
    socket.on("error", (error) => {
      const failure = failedByError(error);
      settle({ ...failure, detail: `TCP: ${failure.detail}` });
    });
    socket.on("connect", () => socket.write(frame(stamped)));
  });
}
