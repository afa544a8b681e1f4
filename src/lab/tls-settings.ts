import { createSecureContext } from "node:tls";
import { clientCertificate, controllerCertificate } from "./certificate-plan.ts";
import type { TlsSettings } from "./net/accept-tls.ts";
import { type MadeCertificate, type Pki, certificateOf, issuersOf } from "./pki.ts";
import type { EndpointSpec, Forest } from "./types.ts";

type Clock = () => number;

function context(leaf: MadeCertificate, chain: readonly MadeCertificate[], maxVersion: NonNullable<EndpointSpec["tls"]>["maxVersion"]): TlsSettings["context"] {
  return createSecureContext({
    key: leaf.keyPem,
    cert: [leaf, ...chain].map(({ pem }) => pem).join("\n"),
    ca: [], // nothing that OpenSSL could lengthen the chain with
    minVersion: maxVersion === "TLSv1.1" ? "TLSv1" : "TLSv1.2",
    maxVersion,
    ciphers: "DEFAULT@SECLEVEL=0", // weak keys and digests are among what a lab serves
  });
}

/** How an endpoint speaks TLS: exactly the certificates named, in that order. @throws Error where one is not there */
export function endpointTls(pki: Pki, spec: NonNullable<EndpointSpec["tls"]>, now: Clock): TlsSettings {
  return {
    context: context(
      certificateOf(pki, spec.certificate),
      spec.chain.map((id) => certificateOf(pki, id)),
      spec.maxVersion,
    ),
    clientCertificate: spec.clientCertificate,
    anchors: spec.clientAnchors.map((id) => certificateOf(pki, id).x509),
    now,
  };
}

/** The root above a forest's domain controller. */
export function controllerRoot(pki: Pki, forest: Forest): MadeCertificate {
  const own = certificateOf(pki, controllerCertificate(forest));
  return issuersOf(pki, own.spec.id).at(-1) ?? own;
}

/** How a domain controller speaks TLS: it asks for a client certificate without requiring one, and trusts those of its own root. */
export function controllerTls(pki: Pki, forest: Forest, now: Clock): TlsSettings {
  const own = certificateOf(pki, controllerCertificate(forest));
  const chain = issuersOf(pki, own.spec.id).filter(({ spec }) => spec.issuer !== spec.id);
  return { context: context(own, chain, "TLSv1.3"), clientCertificate: "requested", anchors: [controllerRoot(pki, forest).x509], now };
}

/** The client certificate for files, with those above it but the root. */
export function scannerChain(pki: Pki): { readonly own: MadeCertificate; readonly chain: readonly MadeCertificate[] } {
  const own = certificateOf(pki, clientCertificate([...pki.values()].map(({ spec }) => spec)));
  return { own, chain: issuersOf(pki, own.spec.id).filter(({ spec }) => spec.issuer !== spec.id) };
}
