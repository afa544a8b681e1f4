import type { RecordValue } from "../../model/kinds.ts";
import { describeCertificate } from "./certificate-record.ts";

/** A name as it is compared here: case and spaces do not count, so that none is left out that a path could use. */
function nameKey(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/gu, "");
}

/** Those of the certificates (DER) that by their name issued one of `chain`, or are one of it. */
export function issuersAmong(certificates: readonly Uint8Array[], chain: readonly Pick<RecordValue<"Certificate">, "subject" | "issuer">[]): readonly Uint8Array[] {
  const names = new Set(chain.flatMap(({ subject, issuer }) => [nameKey(subject), nameKey(issuer)]));
  return certificates.filter((der) => {
    const described = describeCertificate(der, "");
    return described.state === "known" && names.has(nameKey(described.value.subject));
  });
}
