import type { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { type SecureContext, TLSSocket } from "node:tls";
import { isTrustedClient } from "./client-trust.ts";

/** How a server speaks TLS. */
export interface TlsSettings {
  readonly context: SecureContext;
  readonly clientCertificate: "required" | "requested" | "none";
  /** Certificates whose clients are trusted. */
  readonly anchors: readonly X509Certificate[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The client's certificate, and whether it leads to an anchor. */
export interface TlsClient {
  readonly certificate: X509Certificate | undefined;
  readonly trusted: boolean;
}

/**
 * Speaks TLS over an accepted connection. The client's chain is checked here and not by OpenSSL, because anchors given to a secure context are also
 * sent as the server's own chain where that is empty; a certificate that is missing though required still ends in a proper alert.
 */
export function acceptTls(transport: Socket, settings: TlsSettings, ready: (socket: TLSSocket, client: TlsClient) => void): void {
  const socket = new TLSSocket(transport, {
    isServer: true,
    secureContext: settings.context,
    requestCert: settings.clientCertificate !== "none",
    rejectUnauthorized: settings.clientCertificate === "required",
  });
  socket.on("error", () => {
    socket.destroy();
    transport.destroy();
  });
  socket.on("close", () => transport.destroy());
  socket.once("secure", () => {
    const certificate = settings.clientCertificate === "none" ? undefined : socket.getPeerX509Certificate();
    ready(socket, { certificate, trusted: certificate !== undefined && isTrustedClient(certificate, settings.anchors, settings.now()) });
  });
}
