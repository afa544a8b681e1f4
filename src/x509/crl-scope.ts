import type { Certificate } from "./certificate.ts";
import type { Crl } from "./crl.ts";
import { ALL_REASONS, type DistributionPoint } from "./extensions-access.ts";
import { generalNameKey, pointKeys } from "./point-name.ts";

/** A distribution point prepared for matching: the names it offers and the CRL issuers it names, as comparison keys. */
export interface Point {
  readonly names: readonly string[];
  readonly crlIssuers?: readonly string[];
  readonly reasons: ReadonlySet<number>;
}

function prepared(point: DistributionPoint, certificate: Certificate): Point {
  const { name, reasons = ALL_REASONS, crlIssuer } = point;
  const crlIssuers = crlIssuer?.flatMap((issuer) => (issuer.kind === "directory" ? [issuer.name.key] : []));
  // A point without a name stands for the directory entry of whoever issues its CRL.
  const implied = crlIssuer === undefined ? [`directory ${certificate.issuer.key}`] : crlIssuer.map(generalNameKey);
  const names = name === undefined ? implied : pointKeys(name, crlIssuers?.[0] ?? certificate.issuer.key);
  return { names, reasons, ...(crlIssuers === undefined ? {} : { crlIssuers }) };
}

/** The distribution points of a certificate; without the extension, one that stands for the CA's own CRL (RFC 5280 section 6.3.3). */
export function pointsOf(certificate: Certificate): readonly Point[] {
  return (certificate.decoded.crlDistributionPoints ?? [{}]).map((point) => prepared(point, certificate));
}

/** Whether a CRL comes from the right issuer for a point: the named CRL issuer in an indirect CRL, otherwise the certificate's issuer. */
function issuerFits(crl: Crl, certificate: Certificate, point: Point): boolean {
  if (point.crlIssuers !== undefined) return crl.scope?.indirect === true && point.crlIssuers.includes(crl.issuer.key);
  return crl.issuer.key === certificate.issuer.key;
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
  const { scopeNames } = crl;
  const fits = issuerFits(crl, certificate, point) && kindFits(crl, certificate) && (scopeNames === undefined || point.names.some((name) => scopeNames.has(name)));
  if (!fits) return new Set();
  const ofCrl = crl.scope?.onlySomeReasons ?? ALL_REASONS;
  return new Set([...ALL_REASONS].filter((reason) => point.reasons.has(reason) && ofCrl.has(reason)));
}
