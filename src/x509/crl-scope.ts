import type { Certificate } from "./certificate.ts";
import type { Crl } from "./crl.ts";
import { ALL_REASONS, type DistributionPoint, type PointName } from "./extensions-access.ts";
import type { GeneralName } from "./general-name.ts";
import { hexOf } from "./der-values.ts";

/** A distribution point as scope matching sees it; the implied one of a certificate that names none is empty. */
export type Point = DistributionPoint;

/** The distribution points of a certificate; without the extension, one that stands for the CA's own CRL (RFC 5280 section 6.3.3). */
export function pointsOf(certificate: Certificate): readonly Point[] {
  return certificate.decoded.crlDistributionPoints ?? [{}];
}

function generalNameKey(name: GeneralName): string {
  switch (name.kind) {
    case "dns":
    case "email":
      return `${name.kind} ${name.value.toLowerCase()}`;
    case "uri":
      return `uri ${name.value}`;
    case "directory":
      return `directory ${name.name.key}`;
    case "ip":
      return `ip ${hexOf(name.bytes)}`;
    case "other":
    case "x400":
    case "edi":
    case "registeredId":
      return `${name.kind} ${hexOf(name.raw)}`;
  }
}

/** Comparison keys of a point name; a relative name is completed with the name it is relative to. */
function pointKeys(name: PointName, base: string): readonly string[] {
  if (name.kind === "full") return name.names.map(generalNameKey);
  const rdn = `${name.canonical.length}:${name.canonical}`;
  return [`directory ${base === "" ? rdn : `${base}/${rdn}`}`];
}

function issuerKeys(point: Point): readonly string[] {
  return (point.crlIssuer ?? []).flatMap((name) => (name.kind === "directory" ? [name.name.key] : []));
}

/** Whether a CRL comes from the right issuer for a point: the named CRL issuer in an indirect CRL, otherwise the certificate's issuer. */
function issuerFits(crl: Crl, certificate: Certificate, point: Point): boolean {
  if (point.crlIssuer !== undefined) return crl.scope?.indirect === true && issuerKeys(point).includes(crl.issuer.key);
  return crl.issuer.key === certificate.issuer.key;
}

function nameFits(crl: Crl, certificate: Certificate, point: Point): boolean {
  const name = crl.scope?.name;
  if (name === undefined) return true;
  const stated = new Set(pointKeys(name, crl.issuer.key));
  const relativeTo = issuerKeys(point)[0] ?? certificate.issuer.key;
  // A point without a name stands for the issuer's own directory entry.
  const offered = point.name === undefined ? (point.crlIssuer ?? []).map(generalNameKey) : pointKeys(point.name, relativeTo);
  const implied = point.name === undefined && point.crlIssuer === undefined ? [`directory ${certificate.issuer.key}`] : [];
  return [...offered, ...implied].some((key) => stated.has(key));
}

function kindFits(crl: Crl, certificate: Certificate): boolean {
  const { scope } = crl;
  if (scope === undefined) return true;
  const ca = certificate.decoded.basicConstraints?.ca === true;
  // A version 1 certificate says neither, so a CRL limited to one kind cannot be known to cover it.
  if ((scope.onlyUser || scope.onlyCa) && certificate.version !== 3) return false;
  return !scope.onlyAttribute && !(scope.onlyUser && ca) && !(scope.onlyCa && !ca);
}

/** The reasons for which a CRL covers a certificate by one of its distribution points, empty when it does not (RFC 5280 section 6.3.3 b to d). */
export function coveredReasons(crl: Crl, certificate: Certificate, point: Point): ReadonlySet<number> {
  if (!issuerFits(crl, certificate, point) || !nameFits(crl, certificate, point) || !kindFits(crl, certificate)) return new Set();
  const ofPoint = point.reasons ?? ALL_REASONS;
  const ofCrl = crl.scope?.onlySomeReasons ?? ALL_REASONS;
  return new Set([...ALL_REASONS].filter((reason) => ofPoint.has(reason) && ofCrl.has(reason)));
}
