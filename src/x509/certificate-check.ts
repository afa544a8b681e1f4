import { labelOf, type Certificate } from "./certificate.ts";
import { dateText } from "./date-text.ts";
import { extensionName } from "./extensions.ts";
import { ANY_POLICY, EXTENSION, UNDERSTOOD_EXTENSIONS } from "./oids.ts";
import { failure, warning, type Problem } from "./problems.ts";
import { digestOf, isWeakDigest } from "./signature.ts";
import { isSoundBase } from "./name-constraints.ts";

/** Where a certificate stands on a path. */
export interface Position {
  readonly isLeaf: boolean;
  readonly isAnchor: boolean;
}

/** Problems of the validity period; both ends count as valid (RFC 5280 section 4.1.2.5). */
export function validityProblems(certificate: Certificate, atSeconds: number): readonly Problem[] {
  const label = labelOf(certificate);
  if (atSeconds < certificate.notBefore.seconds) return [failure("not-yet-valid", certificate, `${label} is valid only from ${dateText(certificate.notBefore.seconds)}.`)];
  if (atSeconds > certificate.notAfter.seconds) return [failure("expired", certificate, `${label} expired on ${dateText(certificate.notAfter.seconds)}.`)];
  return [];
}

function extensionProblems(certificate: Certificate): readonly Problem[] {
  const label = labelOf(certificate);
  const malformed = certificate.malformed.map(({ oid, message }) => failure("malformed-extension", certificate, `The ${extensionName(oid)} extension of ${label} is malformed: ${message}.`));
  const unknown = certificate.extensions
    .filter(({ oid, critical }) => critical && (!UNDERSTOOD_EXTENSIONS.has(oid) || (oid === EXTENSION.certificatePolicies && certificate.decoded.policies?.unknownQualifier === true)))
    .map(({ oid }) => failure("unknown-critical-extension", certificate, `${label} has the critical extension ${oid}, which is not understood.`));
  const constraints = certificate.decoded.nameConstraints;
  const unsound = constraints !== undefined && ![...constraints.permitted, ...constraints.excluded].every(isSoundBase);
  const broken = unsound ? [failure("name-constraint-malformed", certificate, `A name constraint of ${label} is not a valid name.`)] : [];
  const mappings = certificate.decoded.policyMappings ?? [];
  const mapsAny = mappings.some(({ issuer, subject }) => issuer === ANY_POLICY || subject === ANY_POLICY);
  return [...malformed, ...unknown, ...broken, ...(mapsAny ? [failure("policy-mapping-any", certificate, `${label} maps from or to "any policy", which is forbidden.`)] : [])];
}

/** Problems of the public key's strength: RSA and DSA below 1024 bits fail, RSA below 2048 and curves below 224 bits warn. */
export function keyProblems(certificate: Certificate): readonly Problem[] {
  const { type, bits, fault } = certificate.publicKey;
  const label = labelOf(certificate);
  if (fault !== undefined) return [failure("key-malformed", certificate, `The public key of ${label} is unusable: ${fault}.`)];
  const modular = type === "rsa" || type === "rsa-pss" || (type === "dsa" && bits > 0);
  if (modular && bits < 1024) return [failure("weak-key", certificate, `The key of ${label} has only ${bits} bits and can be broken.`)];
  if ((modular && bits < 2048) || (type === "ec" && bits < 224)) return [warning("weak-key", certificate, `The key of ${label} has only ${bits} bits; replace it.`)];
  return [];
}

function signatureProblems(certificate: Certificate, position: Position): readonly Problem[] {
  const label = labelOf(certificate);
  const problems: Problem[] = [];
  if (!certificate.algorithmsAgree) problems.push(failure("signature-algorithm-mismatch", certificate, `${label} states one signature algorithm inside and another outside.`));
  const digest = digestOf(certificate.signatureAlgorithm);
  // Nobody relies on the signature of an anchor.
  if (!position.isAnchor && isWeakDigest(digest)) problems.push(failure("weak-signature", certificate, `${label} is signed with ${digest ?? "a weak digest"}, which can be forged.`));
  return problems;
}

/** What a certificate that signs others must be: version 3, a CA, and allowed to sign certificates (RFC 5280 section 6.1.4 k, l, n). */
function issuerProblems(certificate: Certificate): readonly Problem[] {
  const { basicConstraints, keyUsage } = certificate.decoded;
  const label = labelOf(certificate);
  const problems: Problem[] = [];
  if (certificate.version !== 3) problems.push(failure("issuer-not-version-3", certificate, `${label} issues certificates but is a version ${certificate.version} certificate.`));
  if (basicConstraints?.ca !== true) problems.push(failure("issuer-not-ca", certificate, `${label} is not a CA certificate, but a certificate on the path was issued with it.`));
  if (keyUsage !== undefined && !keyUsage.has("keyCertSign")) problems.push(failure("issuer-key-usage", certificate, `The key usage of ${label} does not allow it to sign certificates.`));
  return problems;
}

/** All problems of one certificate in its position that do not depend on its neighbours. */
export function certificateProblems(certificate: Certificate, position: Position, atSeconds: number): readonly Problem[] {
  return [
    ...validityProblems(certificate, atSeconds),
    ...(certificate.issuer.canonical.length === 0 ? [failure("empty-issuer", certificate, `${labelOf(certificate)} has an empty issuer name.`)] : []),
    ...(!position.isLeaf && certificate.subject.canonical.length === 0 ? [failure("empty-subject", certificate, "A CA certificate of the path has an empty subject.")] : []),
    ...extensionProblems(certificate),
    ...keyProblems(certificate),
    ...signatureProblems(certificate, position),
    ...(position.isLeaf ? [] : issuerProblems(certificate)),
  ];
}
