import { unknown, type Unknown } from "../../model/observation.ts";
import type { ClearHandshake } from "./clear-handshake.ts";
import { floodCode } from "./tap.ts";

/** Alerts by which a peer refuses a certificate, or the lack of one (RFC 5246 section 7.2.2, RFC 8446 section 6.2). */
const certificateAlerts: ReadonlySet<string> = new Set(["NO_CERTIFICATE", "BAD_CERTIFICATE", "UNSUPPORTED_CERTIFICATE", "CERTIFICATE_REVOKED", "CERTIFICATE_EXPIRED", "CERTIFICATE_UNKNOWN", "UNKNOWN_CA", "ACCESS_DENIED", "CERTIFICATE_REQUIRED"]);

/** How a TLS connection ended: an error of the socket, or undefined for a mere close. */
export type TlsEnd = NodeJS.ErrnoException | undefined;

/** The name of the alert that a peer sent, as in OpenSSL's reason codes: UNKNOWN_CA, HANDSHAKE_FAILURE. */
function alertOf(end: TlsEnd): string | undefined {
  return /^ERR_SSL_.*ALERT_([A-Z_]+)$/u.exec(end?.code ?? "")?.[1];
}

/** Whether the peer said by an alert that our certificate, or its absence, is why it will not go on. A mere handshake_failure says so only after certificates were asked for. */
export function refusesCertificate(end: TlsEnd, afterRequest: boolean): boolean {
  const alert = alertOf(end);
  return alert !== undefined && (certificateAlerts.has(alert) || (alert === "HANDSHAKE_FAILURE" && afterRequest));
}

/** A sentence's worth of why a connection ended. */
export function endText(end: TlsEnd): string {
  const alert = alertOf(end);
  if (alert !== undefined) return `the server sent the TLS alert ${alert.toLowerCase()}`;
  if (end === undefined) return "the server closed the connection";
  if (end.code === floodCode) return "the server sends without end";
  return end.code === "ECONNRESET" || end.code === "EPIPE" ? "the server cut the connection" : (end.code ?? end.message);
}

/** Why a handshake failed. */
export function handshakeFailure(end: TlsEnd, seen: Readonly<ClearHandshake>, source: string): Unknown {
  const detail = `no TLS handshake: ${endText(end)}`;
  if (seen.answered === "other") return unknown("malformed", "the server answered the TLS handshake with something that is not TLS", source);
  if (refusesCertificate(end, seen.certificateRequested)) return unknown("denied", detail, source);
  if (alertOf(end) !== undefined) return unknown("unsupported", detail, source);
  const cut = end === undefined || end.code === undefined || end.code === "ECONNRESET" || end.code === "EPIPE";
  return unknown(cut ? "unreachable" : "malformed", detail, source);
}
