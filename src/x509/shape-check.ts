import type { Position } from "./certificate-check.ts";
import { isCritical, isSelfIssued, labelOf, type Certificate } from "./certificate.ts";
import { isPresentableDnsName } from "./hostname.ts";
import { parseIp } from "./ip-address.ts";
import { EXTENSION } from "./oids.ts";
import { shapeFault, warning, type Problem, type ProblemCode, type Profile } from "./problems.ts";
import { verifySignature } from "./signature.ts";

type Report = (code: ProblemCode, message: string) => void;

const GENERALIZED_FROM = Date.UTC(2050, 0, 1) / 1000;

function serialShape(certificate: Certificate, report: Report): void {
  const { serial } = certificate;
  if (serial.every((byte) => byte === 0)) report("serial-number", "has the serial number zero");
  else if ((serial[0] ?? 0) >= 0x80) report("serial-number", "has a negative serial number");
  // RFC 5280 section 4.1.2.2 counts octets of the encoding.
  if (serial.length > 20) report("serial-number", "has a serial number longer than 20 octets");
}

function keyIdShape(certificate: Certificate, position: Position, report: Report): void {
  const { authorityKeyId, subjectKeyId, basicConstraints } = certificate.decoded;
  // RFC 5280 section 4.2.1.1 lets only self-signed certificates omit it.
  const selfSigned = isSelfIssued(certificate) || (position.isAnchor && verifySignature(certificate, certificate.publicKey) === "valid");
  if (!selfSigned && authorityKeyId?.keyId === undefined) report("authority-key-id", "has no authority key identifier");
  if ((basicConstraints?.ca === true || !position.isLeaf) && subjectKeyId === undefined) report("subject-key-id", "is a CA certificate without subject key identifier");
}

function criticalityShape(certificate: Certificate, report: Report): void {
  const present = (oid: string): boolean => certificate.extensions.some((extension) => extension.oid === oid);
  const mustNot = [
    [EXTENSION.authorityKeyId, "authority key identifier"],
    [EXTENSION.subjectKeyId, "subject key identifier"],
    [EXTENSION.authorityInfoAccess, "authority information access"],
    [EXTENSION.subjectInfoAccess, "subject information access"],
    [EXTENSION.freshestCrl, "freshest CRL"],
  ] as const;
  for (const [oid, name] of mustNot) if (isCritical(certificate, oid)) report("extension-criticality", `has a critical ${name} extension, which must not be critical`);
  const ca = certificate.decoded.basicConstraints?.ca === true;
  if (ca && !isCritical(certificate, EXTENSION.basicConstraints)) report("extension-criticality", "has basic constraints that are not critical");
  const must = [
    [EXTENSION.policyConstraints, "policy constraints"],
    [EXTENSION.inhibitAnyPolicy, "inhibit any policy"],
  ] as const;
  for (const [oid, name] of must) if (present(oid) && !isCritical(certificate, oid)) report("extension-criticality", `has a ${name} extension that is not critical`);
  if (certificate.subject.canonical.length === 0 && present(EXTENSION.subjectAltName) && !isCritical(certificate, EXTENSION.subjectAltName)) {
    report("extension-criticality", "has an empty subject and a subject alternative name that is not critical");
  }
}

function caShape(certificate: Certificate, position: Position, report: Report): void {
  const { basicConstraints, keyUsage, nameConstraints } = certificate.decoded;
  const ca = basicConstraints?.ca === true;
  if (!ca && keyUsage?.has("keyCertSign") === true) report("cert-sign-without-ca", "may sign certificates by its key usage but is no CA certificate");
  if (basicConstraints?.pathLength !== undefined && (!ca || (keyUsage !== undefined && !keyUsage.has("keyCertSign")))) report("path-length-without-ca", "states a path length without being a CA that signs certificates");
  if (!ca && nameConstraints !== undefined) report("name-constraints-in-leaf", "has name constraints without being a CA certificate");
  if (ca && !position.isLeaf && !position.isAnchor && keyUsage === undefined) report("key-usage-absent", "is a CA certificate without key usage");
}

function nameShape(certificate: Certificate, report: Report): void {
  const names = certificate.decoded.subjectAltName ?? [];
  const odd = names.find((name) => name.kind === "dns" && (!isPresentableDnsName(name.value) || name.value.includes("_") || parseIp(name.value) !== undefined));
  if (odd?.kind === "dns") report("dns-name-shape", `has the DNS name "${odd.value.slice(0, 128)}", which is not a proper host name`);
}

function timeShape(certificate: Certificate, report: Report): void {
  const wrong = [certificate.notBefore, certificate.notAfter].some((time) => time.generalized && time.seconds < GENERALIZED_FROM);
  if (wrong) report("time-encoding", "writes a date before 2050 as GeneralizedTime");
}

/** Faults of certificate shape against RFC 5280 section 4 that no working path depends on: warnings in a private PKI, failures on the public web. */
export function shapeProblems(certificate: Certificate, position: Position, profile: Profile): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (code, message) => problems.push(shapeFault(profile, code, certificate, `${labelOf(certificate)} ${message}.`));
  // The serial number of an anchor identifies nothing: well-known roots have zero.
  if (!position.isAnchor || position.isLeaf) serialShape(certificate, report);
  keyIdShape(certificate, position, report);
  criticalityShape(certificate, report);
  caShape(certificate, position, report);
  nameShape(certificate, report);
  timeShape(certificate, report);
  if (certificate.hasUniqueId) report("unique-identifier", "has a unique identifier, which is obsolete");
  if (position.isLeaf && certificate.decoded.basicConstraints?.ca === true && !position.isAnchor) report("leaf-is-ca", "is a CA certificate used as an end entity certificate");
  if (certificate.decoded.nameConstraints !== undefined && !isCritical(certificate, EXTENSION.nameConstraints)) {
    // The CA/Browser Forum allows this, so it never fails.
    problems.push(warning("extension-criticality", certificate, `${labelOf(certificate)} has name constraints that are not critical: software that does not know them ignores them.`));
  }
  return problems;
}
