import { constants } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";

/** A certificate with its key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** DER as PEM text. */
function pemOf(der: Uint8Array): string {
  return `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64").replaceAll(/.{64}(?=.)/gu, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

/**
 * A context to look at any server with, however old: it judges no strength, so that protocol, key size and digest can be graded by rules.
 * @throws Error when OpenSSL cannot use the certificate, its key or an anchor
 */
export function permissiveContext(own: KeyPair | undefined, anchors: readonly Uint8Array[]): SecureContext {
  return createSecureContext({
    ...(own === undefined ? {} : { cert: own.cert, key: own.key }),
    ca: anchors.map(pemOf), // an empty list, unlike none, keeps out the public roots that come with Node
    minVersion: "TLSv1",
    ciphers: "DEFAULT@SECLEVEL=0",
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
    allowPartialTrustChain: true,
  });
}
