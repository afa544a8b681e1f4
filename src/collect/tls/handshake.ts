import type { Socket } from "node:net";
import type { X509Certificate } from "node:crypto";
import { connect, type TLSSocket } from "node:tls";
import type { Unknown } from "../../model/observation.ts";
import { isIpAddress } from "../../model/ids.ts";
import { watchHandshake, type ClearHandshake } from "./clear-handshake.ts";
import { lateness, settleWithin, type Allowance } from "./settle-within.ts";
import { tapSocket } from "./tap.ts";
import type { JudgingContext } from "./tls-contexts.ts";
import { handshakeFailure, type TlsEnd } from "./tls-failure.ts";

/** A handshake that was made. */
export interface MadeHandshake {
  readonly socket: TLSSocket;
  readonly protocol: string;
  /** IANA name of the cipher suite. */
  readonly cipher: string;
  /** Certificates as sent, DER. */
  readonly chain: readonly Buffer[];
  readonly certificateRequested: boolean;
  /** `ok` or OpenSSL's error code, by the anchors of the context. */
  readonly verdict: string;
  /** Whether a session ticket came: in TLS 1.3 the server sends it only after it has taken our certificate (RFC 8446 section 4.6.1). */
  readonly ticketCame: () => boolean;
  /**
   * Calls back when our first data may be sent. In TLS 1.3 a server looks at our certificate after the handshake; one that refuses it closes, and data that
   * it has not read turns the close into a reset, which would wipe out the alert that says why.
   */
  readonly whenTaken: (send: () => void) => void;
}

/** A handshake, or how far it got. */
export type HandshakeResult =
  | { readonly made: true; readonly handshake: MadeHandshake }
  | { readonly made: false; readonly seen: Readonly<ClearHandshake>; readonly end: TlsEnd; readonly why: Unknown };

const maxCertificates = 64;
/** How long to wait for a sign that our certificate was taken. */
const takenMs = 300;

/**
 * The certificates in the order in which they were sent. `issuerCertificate` of a peer's certificate is simply the next one of the message, related or not;
 * `getPeerCertificate(true)` instead rebuilds a path and would hide what was sent in vain or not at all.
 */
function sentChain(socket: TLSSocket): readonly Buffer[] {
  const chain: Buffer[] = [];
  for (let at: X509Certificate | undefined = socket.getPeerX509Certificate(); at !== undefined && chain.length < maxCertificates; at = at.issuerCertificate) chain.push(at.raw);
  return chain;
}

/**
 * Whether the server sent a CertificateRequest. OpenSSL keeps a peer's signature algorithms; to a client only a CertificateRequest brings any, also where
 * it is encrypted (RFC 8446 section 4.3.2). Before TLS 1.2 it has none, but is sent in clear.
 */
function wasRequested(socket: TLSSocket, seen: Readonly<ClearHandshake>): boolean {
  return seen.certificateRequested || socket.getSharedSigalgs().length > 0;
}

function describe(socket: TLSSocket, seen: Readonly<ClearHandshake>, ticketCame: () => boolean): MadeHandshake {
  const cipher = socket.getCipher();
  const protocol = socket.getProtocol() ?? "unknown";
  const certificateRequested = wasRequested(socket, seen);
  return {
    socket,
    protocol,
    cipher: cipher.standardName,
    chain: sentChain(socket),
    certificateRequested,
    verdict: socket.authorized ? "ok" : String(socket.authorizationError),
    ticketCame,
    whenTaken(send) {
      if (protocol !== "TLSv1.3" || !certificateRequested || ticketCame()) {
        send();
        return;
      }
      let isWaiting = true;
      const once = (): void => {
        clearTimeout(timer);
        if (isWaiting) send();
        isWaiting = false;
      };
      const timer = setTimeout(once, takenMs);
      socket.once("session", () => setImmediate(once)); // OpenSSL is still reading, and would lose what is written now
      socket.once("close", () => clearTimeout(timer));
    },
  };
}

/** Makes a TLS handshake over a connected socket as `host`, accepting whatever certificate comes. The socket is destroyed unless the handshake was made. */
export async function makeHandshake(tcp: Socket, host: string, judging: JudgingContext, allowance: Allowance, source: string): Promise<HandshakeResult> {
  const watcher = watchHandshake();
  const { seen } = watcher;
  let tickets = 0;
  const socket = connect({
    socket: tapSocket(tcp, (chunk) => watcher.watch(chunk)),
    secureContext: judging.context,
    servername: isIpAddress(host) ? "" : host, // an address is no server name (RFC 6066 section 3)
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined, // names are judged by rules; here the verdict is on the chain alone
    minDHSize: 1,
  });
  socket.on("session", () => {
    tickets += 1;
  });
  const result = await settleWithin<HandshakeResult>(
    allowance,
    () => ({ made: false, seen, end: undefined, why: lateness(allowance, "no TLS handshake") }),
    (settle) => {
      const fail = (end: TlsEnd): void => settle({ made: false, seen, end, why: handshakeFailure(end, seen, source) });
      socket.on("error", fail);
      socket.once("close", () => fail(undefined));
      socket.once("secureConnect", () => settle({ made: true, handshake: describe(socket, seen, () => tickets > 0) }));
    },
  );
  if (!result.made) {
    socket.destroy();
    tcp.destroy();
  }
  return result;
}
