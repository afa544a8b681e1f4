import { compareText } from "../model/compare-text.ts";
import { factOf, valueOf } from "../model/fact-read.ts";
import type { FactValue, RecordValue } from "../model/kinds.ts";
import { singletonId } from "../model/ids.ts";
import type { CertificateList, MetCertificate } from "../model/overview.ts";
import type { SubjectIndex } from "../model/subject.ts";
import { unreadChain } from "../model/unread-chain.ts";
import { readSnapshot } from "../snapshot/reader.ts";

type Certificate = RecordValue<"Certificate">;

const dayMs = 86_400_000;

interface Met {
  readonly certificate: Certificate;
  readonly presentedBy: string[];
  readonly trustedBy: FactValue<"trustAnchorSet", "side">[];
}

function meet(met: Map<string, Met>, certificate: Certificate): Met {
  const before = met.get(certificate.sha256);
  if (before !== undefined) return before;
  const made: Met = { certificate, presentedBy: [], trustedBy: [] };
  met.set(certificate.sha256, made);
  return made;
}

function statusOf(subjects: SubjectIndex, sha256: string): Pick<MetCertificate, "status" | "statusReason"> {
  const subject = subjects.get("certificateStatus", sha256);
  if (subject === undefined) return { status: "not-checked", statusReason: "no endpoint sends it" };
  const status = factOf(subject, "certificateStatus", "status");
  if (status.state === "known") return { status: status.value, statusReason: valueOf(subject, "certificateStatus", "reason") ?? "" };
  return { status: "unknown", statusReason: status.state === "unknown" ? status.detail : "not read" };
}

function rowOf({ certificate, presentedBy, trustedBy }: Met, subjects: SubjectIndex, at: Date): MetCertificate {
  const { subject, issuer, dnsNames, ipAddresses, serialNumber, thumbprint, sha256, keyType, keyBits, signatureAlgorithm, notBefore, notAfter } = certificate;
  return {
    subject,
    issuer,
    names: [...dnsNames, ...ipAddresses],
    serialNumber,
    thumbprint,
    sha256,
    key: keyBits === 0 ? keyType : `${keyType} ${keyBits}`,
    signature: signatureAlgorithm,
    notBefore,
    notAfter,
    daysLeft: Math.floor((Date.parse(notAfter) - at.getTime()) / dayMs),
    presentedBy: presentedBy.toSorted(),
    trustedBy,
    ...statusOf(subjects, sha256),
  };
}

function soonestFirst(a: MetCertificate, b: MetCertificate): number {
  const [left, right] = [`${a.notAfter} ${a.subject} ${a.sha256}`, `${b.notAfter} ${b.subject} ${b.sha256}`];
  return compareText(left, right);
}

/** The certificates of observed subjects: those that endpoints send, and the trusted roots of both sides. */
export function certificatesOf(subjects: SubjectIndex, at: Date): CertificateList {
  const met = new Map<string, Met>();
  const notRead: string[] = [];
  const endpoints = factOf(subjects.get("deployment", singletonId.deployment), "deployment", "endpoints");
  if (endpoints.state === "unknown") notRead.push(`The list of endpoints is not complete: ${endpoints.detail}`);
  for (const endpoint of subjects.all("endpoint")) {
    for (const certificate of valueOf(endpoint, "endpoint", "chain") ?? []) {
      const { presentedBy } = meet(met, certificate);
      if (!presentedBy.includes(endpoint.id)) presentedBy.push(endpoint.id);
    }
    const missing = unreadChain(endpoint)?.detail;
    if (missing !== undefined) notRead.push(missing);
  }
  for (const set of subjects.all("trustAnchorSet")) {
    const side = valueOf(set, "trustAnchorSet", "side");
    const anchors = factOf(set, "trustAnchorSet", "certificates");
    if (anchors.state === "unknown") notRead.push(`Roots: ${anchors.detail}`);
    for (const certificate of anchors.state === "known" ? anchors.value : []) {
      const { trustedBy } = meet(met, certificate);
      if (side !== undefined && !trustedBy.includes(side)) trustedBy.push(side);
    }
  }
  return { at: at.toISOString(), certificates: [...met.values()].map((one) => rowOf(one, subjects, at)).toSorted(soonestFirst), notRead };
}

/** Those that expire within so many days of the list's moment, and those that have expired. */
export function expiringWithin(list: CertificateList, days: number): CertificateList {
  const end = Date.parse(list.at) + days * dayMs;
  return { ...list, certificates: list.certificates.filter(({ notAfter }) => Date.parse(notAfter) <= end) };
}

/** Reads the certificates of a snapshot file. @throws SnapshotError when it cannot be read */
export async function readCertificateList(path: string, at: Date): Promise<CertificateList> {
  const { subjects, complete, reasons } = await readSnapshot(path);
  const list = certificatesOf(subjects, at);
  return complete ? list : { ...list, notRead: [...reasons, ...list.notRead] };
}
