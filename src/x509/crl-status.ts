import { isSelfIssued, labelOf, type Certificate } from "./certificate.ts";
import { findEntry, type DecodeBudget, type RevocationReason } from "./crl-entry.ts";
import { coveredReasons, pointsOf, type Point } from "./crl-scope.ts";
import type { Crl } from "./crl.ts";
import { dateText } from "./date-text.ts";
import { ALL_REASONS } from "./extensions-access.ts";
import { digestOf, isBrokenDigest, type Signed, type SignatureVerdict } from "./signature.ts";

/** What CRLs say of one certificate; `reason` is a sentence part for messages. */
export interface RevocationAnswer {
  readonly status: "good" | "revoked" | "unknown";
  readonly reason: string;
}

/** Whether a certificate may act as a CRL's signer for the certificate in question. */
export type SignerTrust = (signer: Certificate) => boolean;

/** What looking through CRLs may still cost, and the entries found so far. */
export interface CrlBudget extends DecodeBudget {
  /** Bytes of entries that may be walked. */
  bytes: number;
  /** Comparisons of a CRL with a distribution point. */
  matches: number;
  readonly known: Map<string, RevocationReason | undefined>;
}

/** A fresh budget: 64 MB of entries (32 MB in indirect CRLs), 30000 decoded entries, 200000 comparisons with distribution points. */
export function newCrlBudget(): CrlBudget {
  return { bytes: 64 * 1024 * 1024, decodes: 30_000, matches: 200_000, known: new Map() };
}

/** Everything a CRL look-up needs. */
export interface CrlLookup {
  readonly certificate: Certificate;
  /** The issuer's certificate, already trusted by the caller. */
  readonly issuer: Certificate;
  readonly crls: readonly Crl[];
  readonly atSeconds: number;
  readonly maxAgeDays?: number;
  /** Certificates that may have signed a CRL of this issuer name, likeliest first. */
  readonly signers: (crlIssuerKey: string) => readonly Certificate[];
  readonly isTrusted: SignerTrust;
  readonly verify: (signed: Signed & { readonly sha256: string }, signer: Certificate) => SignatureVerdict | "limit";
  /** Whether an indirect CRL by the certificate's own issuer counts although no distribution point names a CRL issuer. */
  readonly ownIndirect: boolean;
  readonly budget: CrlBudget;
}

const DAY_SECONDS = 86_400;

/** Why a CRL cannot be used at this time, if so. */
function timeFault(crl: Crl, lookup: CrlLookup): string | undefined {
  const { atSeconds, maxAgeDays } = lookup;
  if (crl.thisUpdate.seconds > atSeconds) return `the CRL is dated in the future (${dateText(crl.thisUpdate.seconds)})`;
  if (crl.nextUpdate !== undefined && crl.nextUpdate.seconds < atSeconds) return `the CRL is out of date since ${dateText(crl.nextUpdate.seconds)}`;
  if (maxAgeDays !== undefined) return atSeconds - crl.thisUpdate.seconds > maxAgeDays * DAY_SECONDS ? `the CRL is older than ${maxAgeDays} days` : undefined;
  return crl.nextUpdate === undefined ? "the CRL does not say when the next one is due, so its age cannot be judged" : undefined;
}

function formFault(crl: Crl): string | undefined {
  if (!crl.algorithmsAgree) return "the CRL states one signature algorithm inside and another outside";
  if (crl.unknownCritical) return "the CRL has a critical extension that is not understood";
  return isBrokenDigest(digestOf(crl.signatureAlgorithm)) ? "the CRL is signed with a digest that can be forged" : undefined;
}

/** What is known of a CRL: the key that signed it, or why it cannot be used. */
type Usability = { readonly keyId: string } | { readonly fault: string };

function findSigner(crl: Crl, lookup: CrlLookup): Usability {
  let fault = "no certificate of the CRL's issuer is at hand";
  for (const signer of lookup.signers(crl.issuer.key)) {
    if (signer.decoded.keyUsage !== undefined && !signer.decoded.keyUsage.has("cRLSign")) {
      fault = `the key usage of ${labelOf(signer)} does not allow it to sign CRLs`;
      continue;
    }
    const verdict = lookup.verify(crl, signer);
    if (verdict !== "valid") fault = verdict === "invalid" ? "the signature of the CRL does not match its issuer's key" : "the signature of the CRL cannot be checked";
    else if (lookup.isTrusted(signer)) return { keyId: signer.publicKey.id };
    else fault = `${labelOf(signer)}, which signed the CRL, is not trusted for it`;
  }
  return { fault };
}

/** Judges whether CRLs can be used, each once per certificate. */
function usability(lookup: CrlLookup): (crl: Crl) => Usability {
  const known = new Map<Crl, Usability>();
  return (crl) => {
    const fault = formFault(crl) ?? timeFault(crl, lookup);
    const result = known.get(crl) ?? (fault === undefined ? findSigner(crl, lookup) : { fault });
    known.set(crl, result);
    return result;
  };
}

/** What a CRL says of a certificate; `limit` when too much has been walked already. */
type Entry = RevocationReason | "limit" | undefined;

function listed(crl: Crl, lookup: CrlLookup): Entry {
  const { serial, serialHex, issuer } = lookup.certificate;
  const key = `${crl.sha256} ${serialHex} ${issuer.key}`;
  if (lookup.budget.known.has(key)) return lookup.budget.known.get(key);
  // Entries of an indirect CRL must be looked into, not just compared.
  const weight = crl.scope?.indirect === true ? 2 : 1;
  lookup.budget.bytes -= crl.entries === undefined ? 0 : (crl.entries.end - crl.entries.body) * weight;
  if (lookup.budget.bytes < 0) return "limit";
  const found = findEntry(crl.entries, { serial, issuerKey: issuer.key, crlIssuerKey: crl.issuer.key, indirect: crl.scope?.indirect === true }, lookup.budget);
  if (found === "limit") return found;
  lookup.budget.known.set(key, found);
  return found;
}

/** The newest delta that fits a complete CRL: same issuer and scope, starting no later than it and not older than it (RFC 5280 section 5.2.4). */
function fittingDelta(complete: Crl, deltas: readonly Crl[], use: (crl: Crl) => Usability): Crl | undefined {
  const { number } = complete;
  if (number === undefined) return undefined;
  return deltas
    .filter((delta) => delta.issuer.key === complete.issuer.key && delta.scopeKey === complete.scopeKey)
    .filter((delta) => delta.deltaBase !== undefined && delta.deltaBase <= number && delta.number !== undefined && delta.number >= number)
    .filter((delta) => "keyId" in use(delta))
    .sort((a, b) => Number((b.number ?? 0n) - (a.number ?? 0n)))[0];
}

/** The standing of a certificate by a complete CRL and its delta: the delta speaks first (RFC 5280 section 6.3.3 i to k). */
function standing(complete: Crl, delta: Crl | undefined, lookup: CrlLookup): Entry {
  const change = delta === undefined ? undefined : listed(delta, lookup);
  if (change !== undefined) return change === "removeFromCRL" ? undefined : change;
  // Only a delta may take an entry back; on a complete CRL every entry revokes.
  return listed(complete, lookup);
}

function newestFirst(crls: readonly Crl[]): readonly Crl[] {
  return [...crls].sort((a, b) => b.thisUpdate.seconds - a.thisUpdate.seconds || Number((b.number ?? 0n) - (a.number ?? 0n)));
}

function acceptsPoint(crl: Crl, point: Point, lookup: CrlLookup): boolean {
  return crl.scope?.indirect !== true || point.crlIssuers !== undefined || lookup.ownIndirect;
}

const TOO_MUCH: RevocationAnswer = { status: "unknown", reason: "the CRLs are too many or too large to search" };

/** Judges a certificate by CRLs (RFC 5280 section 6.3): revoked when a usable CRL lists it, good when usable CRLs together cover every reason, otherwise unknown. */
export function statusByCrls(lookup: CrlLookup): RevocationAnswer {
  const use = usability(lookup);
  const points = pointsOf(lookup.certificate);
  const issuers = new Set([lookup.certificate.issuer.key, ...points.flatMap((point) => point.crlIssuers ?? [])]);
  const candidates = lookup.crls.filter((crl) => issuers.has(crl.issuer.key));
  const complete = newestFirst(candidates.filter((crl) => crl.deltaBase === undefined));
  const deltas = candidates.filter((crl) => crl.deltaBase !== undefined);
  const covered = new Set<number>();
  const notes = new Set<string>();
  for (const point of points) {
    const scopes = new Set<string>();
    lookup.budget.matches -= complete.length * point.names.length;
    if (lookup.budget.matches < 0) return TOO_MUCH;
    for (const crl of complete) {
      const reasons = acceptsPoint(crl, point, lookup) ? coveredReasons(crl, lookup.certificate, point) : new Set<number>();
      if (reasons.size === 0) continue;
      const usable = use(crl);
      if ("fault" in usable) {
        notes.add(usable.fault);
        continue;
      }
      // An older CRL of the same scope has nothing to add to the newest usable one, but AD CS keeps one list for each key of a CA.
      const group = `${crl.issuer.key} ${crl.scopeKey} ${usable.keyId}`;
      if (scopes.has(group)) continue;
      scopes.add(group);
      lookup.budget.matches -= deltas.length;
      const found = standing(crl, fittingDelta(crl, deltas, use), lookup);
      if (found === "limit") return TOO_MUCH;
      if (found !== undefined) return { status: "revoked", reason: `it is listed as revoked (${found})` };
      for (const reason of reasons) covered.add(reason);
    }
  }
  if ([...ALL_REASONS].every((reason) => covered.has(reason))) return { status: "good", reason: "a current CRL does not list it" };
  return { status: "unknown", reason: unknownText(lookup, covered.size > 0, complete.length === 0 && deltas.length > 0, [...notes]) };
}

function unknownText(lookup: CrlLookup, partly: boolean, onlyDelta: boolean, notes: readonly string[]): string {
  if (notes.length > 0) return notes.slice(0, 3).join("; ");
  if (partly) return "the CRLs cover only some revocation reasons";
  if (onlyDelta) return "a delta CRL alone is not enough; its complete CRL is needed";
  return lookup.crls.length === 0 ? "there is no CRL" : "no CRL is meant for it (other issuer, distribution point or kind of certificate)";
}

/** Whether one certificate is the trusted issuer under another certificate: same name, and either the same key or the key that signed the issuer's own (self-issued) certificate. */
export function isSameAuthority(signer: Certificate, issuer: Certificate, verify: (certificate: Certificate, key: Certificate["publicKey"]) => SignatureVerdict | "limit"): boolean {
  if (signer.subject.key !== issuer.subject.key) return false;
  if (signer.sha256 === issuer.sha256 || signer.publicKey.id === issuer.publicKey.id) return true;
  const signedByIssuer = isSelfIssued(signer) && verify(signer, issuer.publicKey) === "valid";
  const signedIssuer = isSelfIssued(issuer) && verify(issuer, signer.publicKey) === "valid";
  return signedByIssuer || signedIssuer;
}
