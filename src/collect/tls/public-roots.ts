import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";

/** The public roots that come with Node.js, which are Mozilla's, as DER. */
export function publicRoots(): readonly Buffer[] {
  return rootCertificates.map((pem) => new X509Certificate(pem).raw);
}
