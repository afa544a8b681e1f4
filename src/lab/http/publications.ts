import type { MadeCertificate, Pki } from "../pki.ts";
import { makeCrl } from "./crl.ts";
import { answerOcsp } from "./ocsp.ts";

/** What stands at an address: a file, or something that answers OCSP requests. */
export type Publication = { readonly kind: "file"; readonly type: string; readonly body: Buffer } | { readonly kind: "responder"; readonly answer: (request: Uint8Array) => Buffer };

/** Publications by address (`http://host/path`, without the default port). */
export type Publications = ReadonlyMap<string, Publication>;

const dayMs = 86_400_000;

interface Dates {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly revokedAt: Date;
}

function datesOf(isStale: boolean, start: Date): Dates {
  const day = (count: number): Date => new Date(start.getTime() + count * dayMs);
  return isStale ? { thisUpdate: day(-10), nextUpdate: day(-3), revokedAt: day(-20) } : { thisUpdate: day(-1), nextUpdate: day(7), revokedAt: day(-5) };
}

function issuedBy(authority: MadeCertificate, pki: Pki): readonly MadeCertificate[] {
  return [...pki.values()].filter(({ spec }) => spec.issuer === authority.spec.id && spec.id !== authority.spec.id);
}

/** The list of an authority; undefined where it publishes none. */
function listOf(authority: MadeCertificate, pki: Pki, start: Date): Buffer | undefined {
  const { list = "current", deltaUrls } = authority.spec;
  if (list === "none") return undefined;
  const revoked = issuedBy(authority, pki).filter(({ spec }) => spec.revoked === "listed").map(({ der }) => der);
  const stranger = [...pki.values()].find(({ keyPem }) => keyPem !== authority.keyPem);
  const signer = list === "other-signer" ? (stranger ?? authority) : authority;
  return makeCrl({ der: authority.der, keyPem: signer.keyPem }, { ...datesOf(list === "stale", start), number: 7, revoked, ...(deltaUrls === undefined ? {} : { deltaUrls }) });
}

/** The delta from an authority's list: it adds what was revoked since. */
function deltaOf(authority: MadeCertificate, pki: Pki, start: Date): Buffer {
  const revoked = issuedBy(authority, pki).filter(({ spec }) => spec.revoked === "in-delta").map(({ der }) => der);
  return makeCrl(authority, { ...datesOf(false, start), number: 9, deltaBase: 7, revoked });
}

function responderOf(authority: MadeCertificate, pki: Pki, start: Date): Publication {
  const { ocspSigner, list } = authority.spec;
  const signer = (ocspSigner === undefined ? undefined : pki.get(ocspSigner)) ?? authority;
  const certificates = issuedBy(authority, pki).map(({ der, spec }) => ({ der, isRevoked: spec.revoked !== undefined }));
  return { kind: "responder", answer: (request) => answerOcsp(request, { authority: authority.der, signer, certificates, ...datesOf(list === "stale", start) }) };
}

/** Everything that the certificates of a deployment point to by http. `start` is what its dates are counted from. */
export function publicationsOf(pki: Pki, start: Date): Publications {
  const made = new Map<string, Publication>();
  const publish = (urls: readonly string[] | undefined, make: () => Publication | undefined): void => {
    for (const url of urls ?? []) {
      if (!/^https?:/iu.test(url) || made.has(new URL(url).href)) continue;
      const publication = make();
      if (publication !== undefined) made.set(new URL(url).href, publication);
    }
  };
  const file = (type: string, body: Buffer | undefined): Publication | undefined => (body === undefined ? undefined : { kind: "file", type, body });
  for (const { spec } of pki.values()) {
    const authority = pki.get(spec.issuer);
    if (authority === undefined) continue;
    publish(spec.crlUrls, () => file("application/pkix-crl", listOf(authority, pki, start)));
    publish(spec.issuerUrls, () => file("application/pkix-cert", authority.der));
    publish(spec.ocspUrls, () => responderOf(authority, pki, start));
    publish(authority.spec.deltaUrls, () => file("application/pkix-crl", deltaOf(authority, pki, start)));
  }
  return made;
}

/** `host:port` of every address that certificates name by http, also where nothing is published there. */
export function publishingHosts(pki: Pki): readonly string[] {
  const urls = [...pki.values()].flatMap(({ spec }) => [...(spec.crlUrls ?? []), ...(spec.issuerUrls ?? []), ...(spec.ocspUrls ?? []), ...(spec.deltaUrls ?? [])]);
  return [...new Set(urls.filter((url) => /^https?:/iu.test(url)).map((url) => new URL(url)).map(({ protocol, hostname, port }) => `${hostname}:${port === "" ? (protocol === "https:" ? 443 : 80) : port}`))];
}
