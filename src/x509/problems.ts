import type { Certificate } from "./certificate.ts";
import { labelOf } from "./certificate.ts";

/** How strictly certificate shape is judged: `private-pki` follows RFC 5280 path validation, `public-web` adds its profile rules and those of the CA/Browser Forum as failures. */
export type Profile = "private-pki" | "public-web";

/** Every problem code with its meaning; codes are stable. */
export const PROBLEM_CODES = {
  "malformed-certificate": "A certificate could not be read.",
  "malformed-crl": "A CRL could not be read.",
  "malformed-extension": "An extension breaks its own syntax.",
  "invalid-request": "The question itself is unusable, such as an invalid date.",
  "input-too-large": "More certificates were given than are looked at.",
  "internal-error": "The validator failed; treat it as a refusal.",
  "no-trusted-issuer": "No path leads to a trust anchor.",
  "search-limit": "The search stopped at its budget before a valid path was found.",
  "path-too-deep": "The path has more intermediate certificates than allowed.",
  "signature-invalid": "A signature does not match the issuer's key.",
  "signature-unsupported": "A signature or key uses an algorithm that cannot be checked.",
  "signature-algorithm-mismatch": "The algorithm inside the certificate differs from the one outside.",
  "weak-signature": "A signature below the anchor rests on MD5 or SHA-1.",
  "weak-key": "A public key is too short.",
  "key-malformed": "A public key is malformed or uses forbidden parameters.",
  expired: "A certificate is past its end of validity.",
  "not-yet-valid": "A certificate is before its start of validity.",
  "issuer-not-version-3": "An issuing certificate is not version 3.",
  "issuer-not-ca": "An issuing certificate is not a CA certificate.",
  "issuer-key-usage": "An issuing certificate may not sign certificates.",
  "path-length-exceeded": "A CA's path length constraint is exceeded.",
  "unknown-critical-extension": "A critical extension is not understood.",
  "purpose-not-allowed": "An extended key usage on the path excludes the purpose.",
  "key-usage-contradicts-purpose": "The leaf's key usage cannot serve the purpose.",
  "key-usage-missing": "The leaf lacks a demanded key usage.",
  "name-not-permitted": "A name lies outside a CA's permitted names.",
  "name-excluded": "A name lies inside a CA's excluded names.",
  "name-malformed": "A name under a constraint of its type is malformed.",
  "name-constraint-malformed": "A name constraint has an unusable base.",
  "name-constraint-unsupported": "A constraint of an unsupported type meets such a name.",
  "constraint-limit": "Names and constraints are too many to compare.",
  "policy-not-satisfied": "An explicit certificate policy is required and none is valid.",
  "policy-limit": "Policies are too many to process.",
  "policy-mapping-any": "A policy mapping maps from or to anyPolicy.",
  "peer-name-mismatch": "No subject alternative name matches the peer.",
  "peer-name-absent": "The leaf has no subject alternative name at all.",
  "peer-name-invalid": "The peer to look for is no valid name or address.",
  revoked: "A CRL revokes a certificate of the path.",
  "revocation-unknown": "No usable CRL covers a certificate of the path.",
  "empty-issuer": "The issuer name is empty.",
  "empty-subject": "The subject is empty where it must not be.",
  "serial-number": "The serial number is zero, negative or too long.",
  "authority-key-id": "The authority key identifier is missing or has the wrong form.",
  "subject-key-id": "The subject key identifier is missing.",
  "extension-criticality": "An extension is critical that must not be, or the reverse.",
  "time-encoding": "A date uses the wrong ASN.1 type for its year.",
  "dns-name-shape": "A DNS name in the certificate is not a proper host name.",
  "unique-identifier": "The certificate has the obsolete unique identifiers.",
  "leaf-is-ca": "The leaf is a CA certificate.",
  "cert-sign-without-ca": "keyCertSign is set but the certificate is no CA.",
  "path-length-without-ca": "A path length is given but meaningless.",
  "name-constraints-in-leaf": "The leaf carries name constraints.",
  "key-usage-absent": "A CA certificate has no key usage.",
  "leaf-not-version-3": "The leaf is not version 3.",
  "common-name-not-in-san": "The common name is not among the alternative names.",
  "extended-key-usage-shape": "The extended key usage is absent or has a forbidden form for the public web.",
  "validity-too-long": "The leaf is valid for longer than the public web allows.",
  "wildcard-too-broad": "A wildcard covers a whole top-level domain.",
  "san-missing": "The leaf has no subject alternative name.",
  "crl-shape": "A CRL lacks a CRL number.",
} as const;

/** A stable problem code; its meaning stands in PROBLEM_CODES. */
export type ProblemCode = keyof typeof PROBLEM_CODES;

/** One finding about a path: `certificate` names the certificate by subject, and is empty when none is concerned. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: "fail" | "warn";
  readonly certificate: string;
  readonly message: string;
}

/** A failure about a certificate. */
export function failure(code: ProblemCode, certificate: Certificate | undefined, message: string): Problem {
  return { code, severity: "fail", certificate: certificate === undefined ? "" : labelOf(certificate), message };
}

/** A warning about a certificate. */
export function warning(code: ProblemCode, certificate: Certificate | undefined, message: string): Problem {
  return { ...failure(code, certificate, message), severity: "warn" };
}

/** A shape fault: works everywhere in practice, so it warns in a private PKI and fails on the public web. */
export function shapeFault(profile: Profile, code: ProblemCode, certificate: Certificate | undefined, message: string): Problem {
  return profile === "public-web" ? failure(code, certificate, message) : warning(code, certificate, message);
}

/** Whether any problem is a failure. */
export function hasFailure(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === "fail");
}
