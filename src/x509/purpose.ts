import type { Certificate } from "./certificate.ts";
import { labelOf } from "./certificate.ts";
import type { KeyUsage } from "./extensions-basic.ts";
import { PURPOSE } from "./oids.ts";
import { failure, warning, type Problem } from "./problems.ts";

/** What the leaf is to be used for. */
export type Purpose = "serverAuth" | "clientAuth" | "any";

const PURPOSE_TEXT = { serverAuth: "server authentication", clientAuth: "client authentication" } as const;

/** Any of these key usages lets a leaf serve the purpose: RSA key transport, (EC)DH or signing for a server; signing or agreement for a client. */
const USABLE: Readonly<Record<"serverAuth" | "clientAuth", readonly KeyUsage[]>> = {
  serverAuth: ["digitalSignature", "keyEncipherment", "keyAgreement"],
  clientAuth: ["digitalSignature", "keyAgreement"],
};

/** Whether a list of purposes leaves room for one; no list restricts nothing. */
function allows(purposes: readonly string[] | undefined, purpose: "serverAuth" | "clientAuth"): boolean {
  return purposes === undefined || purposes.includes(PURPOSE[purpose]) || purposes.includes(PURPOSE.any);
}

/** A failure when a certificate's extended key usage excludes the purpose; CAs restrict what is below them the same way. */
export function purposeProblem(certificate: Certificate, purpose: Purpose): Problem | undefined {
  const { extendedKeyUsage, applicationPolicies } = certificate.decoded;
  // Windows goes by the application policies of AD CS, everybody else by the EKU: both must agree.
  if (purpose === "any" || (allows(extendedKeyUsage, purpose) && allows(applicationPolicies, purpose))) return undefined;
  return failure("purpose-not-allowed", certificate, `${labelOf(certificate)} is not meant for ${PURPOSE_TEXT[purpose]} (its extended key usage does not list it).`);
}

/** Bits whose meaning is undefined without keyAgreement (RFC 5280 section 4.2.1.3). */
const QUALIFIERS: ReadonlySet<KeyUsage> = new Set(["encipherOnly", "decipherOnly"]);

function contradiction(leaf: Certificate, usage: ReadonlySet<KeyUsage>, purpose: "serverAuth" | "clientAuth"): Problem | undefined {
  if (USABLE[purpose].some((bit) => usage.has(bit))) return undefined;
  const message = `The key usage of ${labelOf(leaf)} (${[...usage].join(", ")}) does not allow ${PURPOSE_TEXT[purpose]}.`;
  // A CA certificate put on a server is reported as that; a usage without defined meaning restricts nothing.
  const lenient = leaf.decoded.basicConstraints?.ca === true || [...usage].every((bit) => QUALIFIERS.has(bit));
  return (lenient ? warning : failure)("key-usage-contradicts-purpose", leaf, message);
}

/** Problems of the leaf's key usage: against the purpose, and against what the caller demands. */
export function leafUsageProblems(leaf: Certificate, purpose: Purpose, demanded: readonly KeyUsage[]): readonly Problem[] {
  const usage = leaf.decoded.keyUsage;
  if (usage === undefined) return [];
  const problems: Problem[] = [];
  const contradicts = purpose === "any" ? undefined : contradiction(leaf, usage, purpose);
  if (contradicts !== undefined) problems.push(contradicts);
  const missing = demanded.filter((bit) => !usage.has(bit));
  if (missing.length > 0) problems.push(failure("key-usage-missing", leaf, `The key usage of ${labelOf(leaf)} lacks ${missing.join(", ")}.`));
  return problems;
}
