import type { Certificate } from "./certificate.ts";
import { labelOf } from "./certificate.ts";
import type { KeyUsage } from "./extensions-basic.ts";
import { PURPOSE } from "./oids.ts";
import { failure, type Problem } from "./problems.ts";

/** What the leaf is to be used for. */
export type Purpose = "serverAuth" | "clientAuth" | "any";

const PURPOSE_TEXT = { serverAuth: "server authentication", clientAuth: "client authentication" } as const;

/** Any of these key usages lets a leaf serve the purpose: RSA key transport, (EC)DH or signing for a server; signing or agreement for a client. */
const USABLE: Readonly<Record<"serverAuth" | "clientAuth", readonly KeyUsage[]>> = {
  serverAuth: ["digitalSignature", "keyEncipherment", "keyAgreement"],
  clientAuth: ["digitalSignature", "keyAgreement"],
};

/** The extended key usages in force: AD CS application policies stand in where there is no EKU extension. */
export function purposesOf(certificate: Certificate): readonly string[] | undefined {
  return certificate.decoded.extendedKeyUsage ?? certificate.decoded.applicationPolicies;
}

/** A failure when a certificate's extended key usage excludes the purpose; CAs restrict what is below them the same way. */
export function purposeProblem(certificate: Certificate, purpose: Purpose): Problem | undefined {
  const purposes = purposesOf(certificate);
  if (purpose === "any" || purposes === undefined || purposes.includes(PURPOSE[purpose]) || purposes.includes(PURPOSE.any)) return undefined;
  return failure("purpose-not-allowed", certificate, `${labelOf(certificate)} is not meant for ${PURPOSE_TEXT[purpose]} (its extended key usage does not list it).`);
}

/** Failures of the leaf's key usage: against the purpose, and against what the caller demands. */
export function leafUsageProblems(leaf: Certificate, purpose: Purpose, demanded: readonly KeyUsage[]): readonly Problem[] {
  const usage = leaf.decoded.keyUsage;
  if (usage === undefined) return [];
  const problems: Problem[] = [];
  if (purpose !== "any" && !USABLE[purpose].some((bit) => usage.has(bit))) {
    problems.push(failure("key-usage-contradicts-purpose", leaf, `The key usage of ${labelOf(leaf)} (${[...usage].join(", ") || "empty"}) does not allow ${PURPOSE_TEXT[purpose]}.`));
  }
  const missing = demanded.filter((bit) => !usage.has(bit));
  if (missing.length > 0) problems.push(failure("key-usage-missing", leaf, `The key usage of ${labelOf(leaf)} lacks ${missing.join(", ")}.`));
  return problems;
}
