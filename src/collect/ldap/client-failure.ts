import type { UnknownReason } from "../../model/observation.ts";
import type { ReadFailure } from "./client-contract.ts";
import { errorCode } from "../../model/error-code.ts";

/** Result codes of RFC 4511, appendix A, that a bind or a search can meet. */
const resultCodes: Readonly<Record<number, readonly [UnknownReason, string]>> = {
  1: ["unreachable", "the server reports an internal error (operationsError)"],
  2: ["unsupported", "the server rejects the request as a protocol error"],
  3: ["timeout", "the server's time limit was exceeded"],
  4: ["truncated", "the size limit was exceeded"],
  7: ["unsupported", "the server does not support this way of authentication"],
  8: ["denied", "the server demands stronger authentication or an encrypted connection"],
  10: ["unsupported", "the server refers to another server, which is not followed"],
  11: ["truncated", "an administrative limit of the server was exceeded"],
  12: ["unsupported", "the server does not support a control that the request needs"],
  13: ["denied", "the server demands an encrypted connection"],
  14: ["unsupported", "the server wants to continue a SASL exchange"],
  16: ["collector-error", "the server knows no such attribute"],
  17: ["collector-error", "the server knows no such attribute type"],
  18: ["collector-error", "the server cannot match this attribute that way"],
  21: ["collector-error", "the server rejects the syntax of a value"],
  32: ["denied", "the server knows no such object, or hides it from this account"],
  34: ["collector-error", "the server rejects the syntax of a DN"],
  48: ["denied", "this way of authentication is not allowed for the account"],
  49: ["denied", "the server rejects the credentials"],
  50: ["denied", "the account has not the right to read this"],
  51: ["unreachable", "the server is busy"],
  52: ["unreachable", "the server is unavailable"],
  53: ["unsupported", "the server is unwilling to perform this"],
  54: ["unsupported", "the server found a loop of references"],
  70: ["truncated", "the answer is too large for the server"],
  71: ["unsupported", "the request concerns several servers"],
  80: ["unreachable", "the server reports an unspecified error"],
  112: ["unsupported", "the server has no TLS"],
  118: ["timeout", "the request was cancelled"],
};

/** Win32 error in hexadecimal that Active Directory puts behind `data` when a bind fails ([MS-ERREF] 2.2). */
const bindSubCodes: Readonly<Record<string, string>> = {
  "525": "wrong password or unknown user (no such user)",
  "52e": "wrong password or unknown user",
  "530": "the account may not log on at this time",
  "531": "the account may not log on from this machine",
  "532": "the password has expired",
  "533": "the account is disabled",
  "568": "the account is in too many groups",
  "701": "the account has expired",
  "773": "the password must be changed before the first logon",
  "775": "the account is locked",
};

/** ERROR_NOT_AUTHENTICATED, the structured first word of the diagnostic of an operationsError on an anonymous connection. */
const notAuthenticated = /^000004dc\b/i;
const maxDiagnosticLength = 300;

/** What a server said beside its result code, fit for one line: bounded, without control characters. */
export function tidyDiagnostic(text: string): string {
  return text
    .slice(0, maxDiagnosticLength)
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]+/gu, " ")
    .trim();
}

/** The failure for a result code other than success (RFC 4511, section 4.1.9). */
export function failureOfResult(result: { readonly code: number; readonly matchedDn: string; readonly diagnostic: string }): ReadFailure {
  const { code, diagnostic } = result;
  const [reason, meaning] = resultCodes[code] ?? (["unsupported", `the server answers with result code ${code}`] as const);
  const subCode = code === 49 ? /\bdata ([0-9a-f]{3,8})\b/i.exec(diagnostic)?.[1]?.toLowerCase() : undefined;
  const anonymous = code === 1 && notAuthenticated.test(diagnostic);
  const said = tidyDiagnostic(diagnostic);
  const sentence = anonymous ? "the server demands authentication first" : (subCode !== undefined && bindSubCodes[subCode]) || meaning;
  return {
    reason: anonymous ? "denied" : reason,
    detail: said === "" ? sentence : `${sentence} (${said})`,
    code: subCode === undefined ? `ldap:${code}` : `ldap:${code}:${subCode}`,
    ...(result.matchedDn === "" ? {} : { matchedDn: tidyDiagnostic(result.matchedDn) }),
  };
}

/** True where the server says that the object does not exist, or hides it: absence only for an account that could have seen it. */
export function isNoSuchObject(failure: ReadFailure): boolean {
  return failure.code === "ldap:32";
}

/** OpenSSL verify results and TLS errors by Node's `err.code`. */
const tlsCodes: Readonly<Record<string, readonly [UnknownReason, string, string]>> = {
  UNABLE_TO_GET_ISSUER_CERT: ["unreachable", "unknown-issuer", "its certificate comes from an issuer that is not trusted here"],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ["unreachable", "unknown-issuer", "its certificate comes from an issuer that is not trusted here"],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ["unreachable", "unknown-issuer", "its certificate comes from an issuer that is not trusted here"],
  SELF_SIGNED_CERT_IN_CHAIN: ["unreachable", "unknown-issuer", "its certificate chain ends in a root that is not trusted here"],
  DEPTH_ZERO_SELF_SIGNED_CERT: ["unreachable", "unknown-issuer", "its certificate is self-signed and not trusted here"],
  CERT_UNTRUSTED: ["unreachable", "unknown-issuer", "its certificate comes from an issuer that is not trusted here"],
  ERR_TLS_CERT_ALTNAME_INVALID: ["unreachable", "name-mismatch", "its certificate is for another name"],
  HOSTNAME_MISMATCH: ["unreachable", "name-mismatch", "its certificate is for another name"],
  CERT_HAS_EXPIRED: ["unreachable", "expired", "its certificate, or one of the chain, has expired"],
  CERT_NOT_YET_VALID: ["unreachable", "not-yet-valid", "its certificate, or one of the chain, is not valid yet"],
  CERT_REVOKED: ["unreachable", "revoked", "its certificate is revoked"],
  CERT_SIGNATURE_FAILURE: ["unreachable", "bad-chain", "a signature in its certificate chain is wrong"],
  CERT_CHAIN_TOO_LONG: ["unreachable", "bad-chain", "its certificate chain is too long"],
  INVALID_CA: ["unreachable", "bad-chain", "its certificate chain contains a certificate that is no CA"],
  INVALID_PURPOSE: ["unreachable", "bad-chain", "its certificate is not meant for servers"],
  CA_MD_TOO_WEAK: ["unreachable", "bad-chain", "its certificate chain uses a signature that is too weak"],
  EE_KEY_TOO_SMALL: ["unreachable", "bad-chain", "the key of its certificate is too small"],
  CA_KEY_TOO_SMALL: ["unreachable", "bad-chain", "a key of its certificate chain is too small"],
};

function tlsFailure(code: string, server: string): ReadFailure | undefined {
  const known = tlsCodes[code];
  if (known !== undefined) {
    return { reason: known[0], code: `tls:${known[1]}`, detail: `${server} is not trusted: ${known[2]} (${code})` };
  }
  if (/^ERR_SSL_(SSLV3|TLSV1|TLSV13)_ALERT_(BAD_CERTIFICATE|CERTIFICATE_|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)/.test(code)) {
    return { reason: "denied", code: "tls:client-certificate", detail: `${server} refuses our client certificate, or wants one (${code})` };
  }
  if (/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|BAD_RECORD_TYPE|UNEXPECTED_MESSAGE)$/.test(code)) {
    return { reason: "malformed", code: "tls:protocol", detail: `what ${server} sends is not TLS (${code})` };
  }
  return code.startsWith("ERR_SSL_") || code === "EPROTO" ? { reason: "unsupported", code: "tls:protocol", detail: `no TLS connection with ${server} could be agreed on (${code})` } : undefined;
}

/** The failure for an error of a socket or of TLS, by `err.code` only. */
export function failureOfSocketError(error: unknown, server: string): ReadFailure {
  const code = errorCode(error) ?? "UNKNOWN";
  const tls = tlsFailure(code, server);
  if (tls !== undefined) {
    return tls;
  }
  return { reason: code === "ETIMEDOUT" ? "timeout" : "unreachable", code: `net:${code}`, detail: `${server} cannot be reached or closed the connection (${code})` };
}

/** The failure for an aborted run: `timeout` when a deadline aborted it, else `not-collected`. */
export function failureOfAbort(signal: AbortSignal): ReadFailure {
  const late = signal.reason instanceof Error && signal.reason.name === "TimeoutError";
  return { reason: late ? "timeout" : "not-collected", code: "client:aborted", detail: late ? "the time for this source was used up" : "the run was interrupted" };
}
