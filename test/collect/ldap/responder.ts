import type { Server, Socket } from "node:net";
import { createServer } from "node:net";
import type { TlsOptions } from "node:tls";
import { createSecureContext, createServer as createTlsServer, TLSSocket } from "node:tls";
import { BerReader, BerWriter, PagedResultsControl, PresenceFilter, SearchRequest } from "ldapts";
import { createFramer } from "../../../src/collect/ldap/client-framing.ts";

/** A request as the server saw it. */
export interface SeenRequest {
  readonly messageId: number;
  readonly operation: number;
  readonly search: SearchRequest | undefined;
  readonly cookie: string | undefined;
  readonly bytes: Buffer;
}

/** What a server is told to do with a request: bytes to send, or anything with the socket. */
export type Answer = (request: SeenRequest, socket: Socket) => readonly Buffer[] | undefined;

/** A running server and everything it received. */
export interface Responder {
  readonly port: number;
  readonly requests: SeenRequest[];
  /** Every byte that came in, per connection, as it was on the wire (before decryption). */
  readonly raw: Buffer[];
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

export const tags = { bind: 0x61, done: 0x65, extended: 0x78 } as const;

export interface ResultFields {
  readonly code?: number;
  readonly matchedDn?: string;
  readonly diagnostic?: string;
  readonly referrals?: readonly string[];
  readonly cookie?: string;
  readonly oid?: string;
}

/** An LDAPResult message. */
export function result(messageId: number, operation: number, fields: ResultFields = {}): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(messageId);
  writer.startSequence(operation);
  writer.writeEnumeration(fields.code ?? 0);
  writer.writeString(fields.matchedDn ?? "");
  writer.writeString(fields.diagnostic ?? "");
  if (fields.referrals !== undefined) {
    writer.startSequence(0xa3);
    writer.writeStringArray([...fields.referrals]);
    writer.endSequence();
  }
  if (fields.oid !== undefined) {
    writer.writeString(fields.oid, 0x8a);
  }
  writer.endSequence();
  if (fields.cookie !== undefined) {
    writer.startSequence(0xa0);
    new PagedResultsControl({ value: { size: 0, cookie: Buffer.from(fields.cookie) } }).write(writer);
    writer.endSequence();
  }
  writer.endSequence();
  return writer.buffer;
}

/** A search result entry. */
export function entry(messageId: number, dn: string, attributes: Readonly<Record<string, readonly (string | Buffer)[]>> = {}): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(messageId);
  writer.startSequence(0x64);
  writer.writeString(dn);
  writer.startSequence();
  for (const [name, values] of Object.entries(attributes)) {
    writer.startSequence();
    writer.writeString(name);
    writer.startSequence(0x31);
    for (const value of values) {
      writer.writeBuffer(Buffer.from(value), 0x04);
    }
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}

/** A search result reference. */
export function reference(messageId: number, urls: readonly string[]): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(messageId);
  writer.startSequence(0x73);
  writer.writeStringArray([...urls]);
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}

function readRequest(bytes: Buffer): SeenRequest {
  const reader = new BerReader(bytes);
  reader.readSequence();
  const messageId = reader.readInt() ?? 0;
  const operation = reader.readSequence() ?? 0;
  if (operation !== 0x63) {
    return { messageId, operation, search: undefined, cookie: undefined, bytes };
  }
  const search = new SearchRequest({ messageId, filter: new PresenceFilter() });
  search.parse(reader, []);
  const paged = search.controls?.find((control) => control instanceof PagedResultsControl);
  return { messageId, operation, search, cookie: paged?.value?.cookie?.toString(), bytes };
}

/** Answers binds with success and leaves the rest to `answer`. */
export function afterBind(answer: Answer): Answer {
  return (request, socket) => (request.operation === 0x60 ? [result(request.messageId, tags.bind)] : answer(request, socket));
}

export interface ResponderOptions {
  readonly answer: Answer;
  /** TLS from the first byte. */
  readonly tls?: TlsOptions;
  /** Says yes to StartTLS and then speaks TLS with these options. */
  readonly startTls?: TlsOptions;
}

function serve(socket: Socket, requests: SeenRequest[], options: ResponderOptions): void {
  const framer = createFramer(1_000_000);
  socket.on("error", () => {});
  const onData = (chunk: Buffer): void => {
    for (const message of framer.push(chunk).messages) {
      const request = readRequest(message);
      requests.push(request);
      if (request.operation === 0x77 && options.startTls !== undefined) {
        socket.removeListener("data", onData);
        socket.write(result(request.messageId, tags.extended));
        serve(new TLSSocket(socket, { ...options.startTls, isServer: true, secureContext: createSecureContext(options.startTls) }), requests, { answer: options.answer });
        return;
      }
      for (const bytes of options.answer(request, socket) ?? []) {
        socket.write(bytes);
      }
    }
  };
  socket.on("data", onData);
}

/** Runs any TCP or TLS server on 127.0.0.1 for a test. */
export async function listen(server: Server): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) {
          socket.destroy();
        }
        server.close(() => resolve());
      }),
  };
}

/** Starts an LDAP server that answers as told and records what it receives. */
export async function startResponder(options: ResponderOptions): Promise<Responder> {
  const requests: SeenRequest[] = [];
  const raw: Buffer[] = [];
  let connections = 0;
  const server = options.tls === undefined ? createServer((socket) => serve(socket, requests, options)) : createTlsServer(options.tls, (socket) => serve(socket, requests, options));
  server.on("connection", (socket: Socket) => {
    connections += 1;
    if (options.tls === undefined) {
      socket.on("data", (chunk: Buffer) => raw.push(chunk));
    }
  });
  const { port, close } = await listen(server);
  return { port, requests, raw, connections: () => connections, close };
}
