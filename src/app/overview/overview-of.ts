import type { CertificateList, Overview } from "../../model/overview.ts";
import type { SubjectIndex } from "../../model/subject.ts";
import { shortened } from "../../report/shorten.ts";
import { certificatesOf } from "../certificates.ts";
import { deploymentMapOf } from "./deployment-map.ts";
import { gatewayMatrixOf } from "./gateway-matrix.ts";
import { firstFew } from "./read-fact.ts";

/** A report is held in memory but for its findings. */
const certificateLimit = 2000;
const nameLimit = 100;
const notReadLimit = 200;
const textLimit = 1000;

/** Those that expire last are left out: nobody has to renew them soon. */
function boundedCertificates({ at, certificates, notRead }: CertificateList): CertificateList {
  const leftOut = certificates.length - certificateLimit;
  const kept = certificates.slice(0, certificateLimit).map((one) => ({
    ...one,
    subject: shortened(one.subject, textLimit),
    issuer: shortened(one.issuer, textLimit),
    names: firstFew(one.names.map((name) => shortened(name, textLimit)), nameLimit),
    presentedBy: firstFew(one.presentedBy, nameLimit),
    statusReason: shortened(one.statusReason, textLimit),
  }));
  return { at, certificates: kept, notRead: firstFew([...(leftOut > 0 ? [`${leftOut} certificates that expire last are left out; \`umpreflight certs\` lists them`] : []), ...notRead], notReadLimit) };
}

/** What an overview is made of. */
export interface OverviewSource {
  /** With their derived facts. */
  readonly subjects: SubjectIndex;
  /** The moment for which they are judged. */
  readonly at: Date;
  /** Why the run is not complete. */
  readonly reasons: readonly string[];
}

/** What a report tells beside its findings. */
export function overviewOf({ subjects, at, reasons }: OverviewSource): Overview {
  const { rows, notRead } = gatewayMatrixOf(subjects);
  const map = deploymentMapOf(subjects);
  const certificates = certificatesOf(subjects, at);
  return {
    matrix: { rows, notRead: [...reasons, ...notRead] },
    map: { ...map, notShown: [...reasons, ...map.notShown] },
    certificates: boundedCertificates({ ...certificates, notRead: [...reasons, ...certificates.notRead] }),
  };
}
