import { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { connect as connectTcp, isIP } from "node:net";
import type { ConnectionOptions, SecureContext, TLSSocket } from "node:tls";
import { checkServerIdentity, connect as connectTls, createSecureContext, getCACertificates } from "node:tls";
import { ExtendedRequest } from "ldapts";
import type { DirectoryTarget, Outcome, ReadFailure } from "./client-contract.ts";
import { failed } from "./client-contract.ts";
import { failureOfAbort, failureOfResult, failureOfSocketError } from "./client-failure.ts";
import { createFramer } from "./client-framing.ts";
import { decodeMessage } from "./client-messages.ts";
import { responseTags } from "./client-shape.ts";

const startTlsOid = "1.3.6.1.4.1.1466.20037";
const startTlsId = 1;
const maxStartTlsAnswerBytes = 65_536;

/** What opening a connection is bounded by. */
export interface TransportContext {
  readonly signal: AbortSignal;
  /** Time left for TCP, StartTLS and the handshake together. */
  readonly timeoutMs: number;
}

type Settle<T> = (outcome: Outcome<T>) => void;

/** Runs one phase on a socket; whatever ends the socket before the phase settles is its failure. */
async function phase<T>(socket: Socket, server: string, giveUp: Promise<ReadFailure>, start: (settle: Settle<T>) => void): Promise<Outcome<T>> {
  const { promise, resolve } = Promise.withResolvers<Outcome<T>>();
  const onError = (error: Error): void => resolve(failed(failureOfSocketError(error, server)));
  const onClose = (): void => resolve(failed({ reason: "unreachable", code: "net:CLOSED", detail: `${server} closed the connection` }));
  socket.once("error", onError).once("close", onClose);
  start(resolve);
  const outcome = await Promise.race([promise, giveUp.then(failed)]);
  socket.removeListener("error", onError).removeListener("close", onClose);
  socket.on("error", () => {}); // what comes later is the next phase's or nobody's
  if (!outcome.ok) {
    socket.destroy();
  }
  return outcome;
}

/** Roots of the operating system where this Node can read them (22.15 and later), else Node's own list. */
function systemRoots(): readonly string[] | undefined {
  // Older Node 22 lacks the function that the types promise.
  const read: typeof getCACertificates | undefined = getCACertificates;
  const roots = read?.("system") ?? [];
  return roots.length === 0 ? undefined : roots;
}

/** The certificates of a PEM text, one or many; throws where there is none or one is broken: createSecureContext would leave it out in silence. */
function readAnchors(pem: string): readonly string[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [""];
  return blocks.map((block) => new X509Certificate(block).toString());
}

function secureContext(target: DirectoryTarget): Outcome<SecureContext> {
  const { ca, cert, key, pfx, passphrase } = target.tls;
  try {
    const trusted = ca === undefined ? systemRoots() : ca.flatMap(readAnchors);
    return {
      ok: true,
      value: createSecureContext({
        ...(trusted === undefined ? {} : { ca: [...trusted] }),
        ...(cert === undefined ? {} : { cert }),
        ...(key === undefined ? {} : { key }),
        ...(pfx === undefined ? {} : { pfx }),
        ...(passphrase === undefined ? {} : { passphrase }),
      }),
    };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "no code";
    return failed({ reason: "collector-error", code: "client:tls-material", detail: `the trust anchors or the client certificate for ${target.host} cannot be used (${code})` });
  }
}

/** Asks for TLS and waits for exactly one answer: anything more that came unencrypted could have been slipped in and is refused. */
function negotiateStartTls(socket: Socket, server: string, settle: Settle<undefined>): void {
  const framer = createFramer(maxStartTlsAnswerBytes);
  const refuse = (problem: string): void => settle(failed({ reason: "malformed", code: "client:malformed", detail: `${server} ${problem}` }));
  const onData = (chunk: Buffer): void => {
    const { messages, error } = framer.push(chunk);
    const [first] = messages;
    if (error !== undefined) {
      refuse("answers StartTLS with something that is not LDAP");
    } else if (messages.length > 1 || (first !== undefined && framer.pendingBytes > 0)) {
      refuse("sends unencrypted data behind its answer to StartTLS");
    } else if (first !== undefined) {
      socket.removeListener("data", onData);
      socket.pause();
      const message = decodeMessage(first, () => false);
      if (message?.kind !== "result" || message.operation !== responseTags.extended || (message.messageId !== startTlsId && message.messageId !== 0)) {
        refuse("answers StartTLS with another message");
      } else if (message.code !== 0 || message.messageId === 0) {
        const failure = failureOfResult(message);
        settle(failed({ ...failure, reason: message.code === 51 || message.code === 52 ? failure.reason : "unsupported", detail: `${server} refuses StartTLS: ${failure.detail}` }));
      } else {
        settle({ ok: true, value: undefined });
      }
    }
  };
  socket.on("data", onData);
  socket.once("end", () => settle(failed({ reason: "unreachable", code: "net:CLOSED", detail: `${server} closed the connection instead of starting TLS` })));
  socket.write(new ExtendedRequest({ messageId: startTlsId, oid: startTlsOid }).write());
}

function startHandshake(socket: Socket, target: DirectoryTarget, context: SecureContext): TLSSocket {
  const options: ConnectionOptions = {
    socket,
    secureContext: context,
    rejectUnauthorized: true,
    // Always the configured name, never where `address` leads to.
    checkServerIdentity: (_host, certificate) => checkServerIdentity(target.host, certificate),
    ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
  };
  return connectTls(options);
}

async function openSocket(target: DirectoryTarget, giveUp: Promise<ReadFailure>): Promise<Outcome<Socket>> {
  const server = `${target.host}:${target.port}`;
  const context = target.security === "plaintext" ? undefined : secureContext(target);
  if (context?.ok === false) {
    return context;
  }
  const { host, port } = target.address ?? target;
  const tcp = connectTcp({ host, port, noDelay: true, keepAlive: true, ...(target.lookup === undefined ? {} : { lookup: target.lookup }) });
  const connected = await phase<undefined>(tcp, server, giveUp, (settle) => tcp.once("connect", () => settle({ ok: true, value: undefined })));
  if (!connected.ok) {
    return connected;
  }
  if (context === undefined) {
    return { ok: true, value: tcp };
  }
  if (target.security === "starttls") {
    const agreed = await phase<undefined>(tcp, server, giveUp, (settle) => negotiateStartTls(tcp, server, settle));
    if (!agreed.ok) {
      return agreed;
    }
  }
  const secured = startHandshake(tcp, target, context.value);
  const shaken = await phase<undefined>(secured, server, giveUp, (settle) => secured.once("secureConnect", () => settle({ ok: true, value: undefined })));
  if (!shaken.ok) {
    tcp.destroy();
    return shaken;
  }
  return { ok: true, value: secured };
}

/** Opens a connection, encrypted as the target says; on any failure nothing stays open and nothing but StartTLS was sent. Never throws for what a server does. */
export async function openTransport(target: DirectoryTarget, context: TransportContext): Promise<Outcome<Socket>> {
  if (context.signal.aborted) {
    return failed(failureOfAbort(context.signal));
  }
  const { promise: giveUp, resolve } = Promise.withResolvers<ReadFailure>();
  const detail = `${target.host}:${target.port} did not accept a connection within ${context.timeoutMs} ms`;
  const timer = setTimeout(() => resolve({ reason: "timeout", code: "client:connect-timeout", detail }), context.timeoutMs);
  const onAbort = (): void => resolve(failureOfAbort(context.signal));
  context.signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await openSocket(target, giveUp);
  } finally {
    clearTimeout(timer);
    context.signal.removeEventListener("abort", onAbort);
  }
}
