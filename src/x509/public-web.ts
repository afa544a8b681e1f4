import type { Position } from "./certificate-check.ts";
import { isCritical, isSelfIssued, labelOf, type Certificate } from "./certificate.ts";
import { ipText } from "./ip-address.ts";
import { attributeTexts } from "./name.ts";
import { EXTENSION, PURPOSE } from "./oids.ts";
import { failure, type Problem, type ProblemCode } from "./problems.ts";
import type { Purpose } from "./purpose.ts";

type Report = (code: ProblemCode, message: string) => void;

const COMMON_NAME = "2.5.4.3";
const DAY_SECONDS = 86_400;
const MAX_LEAF_DAYS = 398;
// The limit came into force for certificates issued from 2020-09-01 (Baseline Requirements, section 6.3.2).
const LIMIT_SINCE = Date.UTC(2020, 8, 1) / 1000;
const CURVES = new Set(["P-256", "P-384", "P-521"]);

function keyRules(certificate: Certificate, report: Report): void {
  const { type, bits, curve } = certificate.publicKey;
  if (type === "rsa" && (bits < 2048 || bits % 8 !== 0)) report("weak-key", `has an RSA key of ${bits} bits; at least 2048 and a multiple of 8 are required`);
  else if (type === "ec" && !CURVES.has(curve ?? "")) report("weak-key", `has a key on the curve ${curve ?? "?"}; only P-256, P-384 and P-521 are allowed`);
  else if (type !== "rsa" && type !== "ec") report("weak-key", `has a key of type ${type}; only RSA and elliptic curve keys are allowed`);
}

/** Section 7.1.4.3: the common name repeats one alternative name, an address in the text form of RFC 5952. */
function commonNameRule(leaf: Certificate, report: Report): void {
  const names = leaf.decoded.subjectAltName ?? [];
  for (const text of attributeTexts(leaf.subject, COMMON_NAME)) {
    const repeated = names.some((name) => (name.kind === "dns" && name.value === text) || (name.kind === "ip" && ipText(name.bytes) === text));
    if (!repeated) report("common-name-not-in-san", `has the common name "${text.slice(0, 128)}", which does not repeat an alternative name`);
  }
}

function alternativeNameRules(leaf: Certificate, report: Report): void {
  const names = leaf.decoded.subjectAltName;
  if (names === undefined) report("san-missing", "has no subject alternative name");
  if (leaf.subject.canonical.length > 0 && isCritical(leaf, EXTENSION.subjectAltName)) report("extension-criticality", "has a critical subject alternative name beside a subject");
  for (const name of names ?? []) {
    if (name.kind === "dns" && name.value.startsWith("*.") && !name.value.slice(2).includes(".")) report("wildcard-too-broad", `has the wildcard ${name.value}, which covers a whole top-level domain`);
  }
}

function leafRules(leaf: Certificate, purpose: Purpose, report: Report): void {
  const { extendedKeyUsage } = leaf.decoded;
  if (leaf.version !== 3) report("leaf-not-version-3", `is a version ${leaf.version} certificate`);
  if (extendedKeyUsage === undefined) report("extended-key-usage-shape", "has no extended key usage");
  if (extendedKeyUsage?.includes(PURPOSE.any) === true) report("extended-key-usage-shape", "allows any purpose");
  if (isCritical(leaf, EXTENSION.extendedKeyUsage)) report("extended-key-usage-shape", "has a critical extended key usage");
  const days = (leaf.notAfter.seconds - leaf.notBefore.seconds + 1) / DAY_SECONDS;
  if (leaf.notBefore.seconds >= LIMIT_SINCE && days > MAX_LEAF_DAYS) report("validity-too-long", `is valid for ${Math.floor(days)} days; at most ${MAX_LEAF_DAYS} are allowed`);
  if (purpose === "clientAuth") return;
  commonNameRule(leaf, report);
  alternativeNameRules(leaf, report);
}

/** Baseline Requirements section 7.1.2.1: a root's authority key identifier is only a key identifier, equal to its subject key identifier. */
function rootRules(root: Certificate, report: Report): void {
  const { authorityKeyId, subjectKeyId, extendedKeyUsage } = root.decoded;
  if (authorityKeyId !== undefined && isSelfIssued(root)) {
    if (authorityKeyId.keyId === undefined) report("authority-key-id", "has an authority key identifier without key identifier");
    if (authorityKeyId.issuer !== undefined || authorityKeyId.serial !== undefined) report("authority-key-id", "names an issuer and serial number in its authority key identifier");
    if (authorityKeyId.keyId !== undefined && authorityKeyId.keyId !== subjectKeyId) report("authority-key-id", "has an authority key identifier that differs from its subject key identifier");
  }
  if (extendedKeyUsage !== undefined && isSelfIssued(root)) report("extended-key-usage-shape", "is a root with an extended key usage");
}

/** The rules of the CA/Browser Forum's Baseline Requirements that a certificate itself shows. */
export function publicWebProblems(certificate: Certificate, position: Position, purpose: Purpose): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (code, message) => problems.push(failure(code, certificate, `${labelOf(certificate)} ${message} (public web rules).`));
  keyRules(certificate, report);
  if (position.isLeaf) leafRules(certificate, purpose, report);
  if (position.isAnchor) rootRules(certificate, report);
  return problems;
}
