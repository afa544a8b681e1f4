import { describeCertificates } from "../../collect/tls/certificate-record.ts";
import { ConfigError } from "../../model/errors.ts";
import type { RecordValue } from "../../model/kinds.ts";
import { singletonId } from "../../model/ids.ts";
import { known, unknown } from "../../model/observation.ts";
import type { PlannedCertificates } from "../../model/overlay.ts";
import type { Subject } from "../../model/subject.ts";
import { derOf, readCertificates } from "../anchors.ts";
import { ofKind, subjectMeant, type PlannedWorld } from "./find-subject.ts";

type Certificate = RecordValue<"Certificate">;

/** Lets endpoints send other certificates, or a side trust more. What was seen of the certificates before says nothing of the planned ones: it becomes unknown. @throws ConfigError */
export async function applyCertificates(world: PlannedWorld, planned: readonly PlannedCertificates[], source: string): Promise<void> {
  for (const { use, file, position } of planned) {
    const described = describeCertificates(derOf(readCertificates([file], "overlay")), source);
    if (described.state !== "known") throw new ConfigError("overlay", `${file}: ${described.state === "unknown" ? described.detail : "it holds no certificate"}`, { position });
    if ("endpoint" in use) send(world, subjectMeant(world, "endpoint", use.endpoint, position), described.value, source);
    else trust(world, subjectMeant(world, "trustAnchorSet", use.trustedBy, position), described.value, source);
  }
}

function withFacts(world: PlannedWorld, subject: Subject, facts: Subject["facts"]): void {
  ofKind(world, subject.kind).set(subject.id, { ...subject, facts: { ...subject.facts, ...facts } });
}

function trust(world: PlannedWorld, side: Subject, roots: readonly Certificate[], source: string): void {
  const before = side.facts["certificates"];
  // Roots that were not read are still unread: a few more do not make them known.
  if (before?.state === "known" && Array.isArray(before.value)) withFacts(world, side, { certificates: known([...(before.value as readonly Certificate[]), ...roots], source) });
}

function send(world: PlannedWorld, endpoint: Subject, chain: readonly Certificate[], source: string): void {
  const [leaf] = chain;
  const notSeen = unknown("not-collected", "the certificate is planned: nobody has connected to where it is used", source);
  withFacts(world, endpoint, { certificate: leaf === undefined ? notSeen : known(leaf, source), chain: known(chain, source), opensslVerdict: notSeen, fetchedIssuers: notSeen, clientCertificateAccepted: endpoint.facts["clientCertificateAccepted"] ?? notSeen });
  const statuses = ofKind(world, "certificateStatus");
  for (const status of statuses.values()) takeFrom(world, status, endpoint.id, source);
  for (const [at, certificate] of chain.entries()) present(world, { certificate, isLeaf: at === 0, endpoint: endpoint.id }, source);
}

/** A certificate that nobody sends any more has no status to be judged. */
function takeFrom(world: PlannedWorld, status: Subject, endpoint: string, source: string): void {
  const by = presenters(status);
  if (!by.includes(endpoint)) return;
  const left = by.filter((id) => id !== endpoint);
  if (left.length > 0) withFacts(world, status, { presentedBy: known(left, source) });
  else {
    ofKind(world, "certificateStatus").delete(status.id);
    list(world, (ids) => ids.filter((id) => id !== status.id), source);
  }
}

function presenters({ facts }: Subject): readonly string[] {
  const by = facts["presentedBy"];
  return by?.state === "known" && Array.isArray(by.value) ? (by.value as readonly string[]) : [];
}

function present(world: PlannedWorld, { certificate, isLeaf, endpoint }: { readonly certificate: Certificate; readonly isLeaf: boolean; readonly endpoint: string }, source: string): void {
  const id = certificate.sha256;
  const there = ofKind(world, "certificateStatus").get(id);
  if (there !== undefined) return withFacts(world, there, { presentedBy: known([...presenters(there), endpoint], source) });
  const name = certificate.subject === "" ? id : certificate.subject;
  const unchecked = unknown("not-collected", "the certificate is planned: nobody has asked for its revocation status", source);
  const stated = { subjectDn: known(certificate.subject, source), issuerDn: known(certificate.issuer, source), presentedBy: known([endpoint], source), isLeaf: known(isLeaf, source) };
  ofKind(world, "certificateStatus").set(id, { kind: "certificateStatus", id, name, facts: { ...stated, status: unchecked, reason: unchecked, checkedBy: unchecked, listReachable: unchecked, listNextUpdate: unchecked, revokedAt: unchecked } });
  list(world, (ids) => [...ids, id], source);
}

function list(world: PlannedWorld, change: (ids: readonly string[]) => readonly string[], source: string): void {
  const deployment = ofKind(world, "deployment").get(singletonId.deployment);
  const ids = deployment?.facts["certificateStatuses"];
  if (deployment !== undefined && ids?.state === "known" && Array.isArray(ids.value)) withFacts(world, deployment, { certificateStatuses: known(change(ids.value as readonly string[]), source) });
}
