import type { CollectContext, Collector } from "../../model/collector.ts";
import { factOf, valueOf } from "../../model/fact-read.ts";
import type { RecordValue } from "../../model/kinds.ts";
import { singletonId } from "../../model/ids.ts";
import { known, unknown, type Observation } from "../../model/observation.ts";
import type { ReportTarget } from "../../model/report.ts";
import { unreadChain } from "../../model/unread-chain.ts";
import { isSelfIssued, type Certificate } from "../../x509/certificate.ts";
import { tryCertificate } from "../../x509/request.ts";
import { verifySignature } from "../../x509/signature.ts";
import { checkCertificate, namesSource, settled, unchecked, type CheckedCertificate, type CheckMeans } from "./check-certificate.ts";
import { createFetcher } from "./fetcher.ts";
import { createIssuerPool, issued, type IssuerPool } from "./issuers.ts";
import type { RevocationRequest } from "./request.ts";

type CertificateRecord = RecordValue<"Certificate">;

/** A certificate that endpoints sent. */
interface Sent {
  readonly certificate: Certificate;
  readonly presentedBy: string[];
  isLeaf: boolean;
}

/** Certificates that are looked at of one chain: real ones have up to five. */
const maxChain = 12;
/** Issuers that are fetched above a chain. */
const maxFetchedIssuers = 6;
const maxTotalMs = 180_000;
const parallelCertificates = 8;
const checkedFacts = ["status", "reason", "checkedBy", "listReachable", "listNextUpdate", "revokedAt"] as const;
const source = "chains that endpoints sent";

function readRecord({ der }: Pick<CertificateRecord, "der">): Certificate | undefined {
  const certificate = tryCertificate(Buffer.from(der, "base64"));
  return typeof certificate === "string" ? undefined : certificate;
}

function sentCertificates({ subjects }: CollectContext): { readonly sent: ReadonlyMap<string, Sent>; readonly list: Observation<readonly string[]> } {
  const sent = new Map<string, Sent>();
  for (const endpoint of subjects.all("endpoint")) {
    for (const [index, record] of (valueOf(endpoint, "endpoint", "chain") ?? []).slice(0, maxChain).entries()) {
      const certificate = readRecord(record);
      if (certificate === undefined) continue;
      const before = sent.get(certificate.sha256) ?? { certificate, presentedBy: [], isLeaf: false };
      if (!before.presentedBy.includes(endpoint.id)) before.presentedBy.push(endpoint.id);
      before.isLeaf ||= index === 0;
      sent.set(certificate.sha256, before);
    }
  }
  const endpoints = factOf(subjects.get("deployment", singletonId.deployment), "deployment", "endpoints");
  const missing = endpoints.state === "unknown" ? endpoints : subjects.all("endpoint").map(unreadChain).find((why) => why !== undefined);
  return { sent, list: missing ?? known([...sent.keys()], source) };
}

function anchorsOf({ subjects }: CollectContext): readonly Certificate[] {
  return subjects.all("trustAnchorSet").flatMap((set) => (valueOf(set, "trustAnchorSet", "certificates") ?? []).flatMap((record) => readRecord(record) ?? []));
}

function state(id: string, facts: CheckedCertificate, { observer }: CollectContext): void {
  for (const fact of checkedFacts) observer.observe("certificateStatus", id, fact, facts[fact]);
}

function stateSent(id: string, { certificate, presentedBy, isLeaf }: Sent, { observer }: CollectContext): void {
  observer.subject({ kind: "certificateStatus", id, name: certificate.subject.text === "" ? id : certificate.subject.text });
  observer.observe("certificateStatus", id, "subjectDn", known(certificate.subject.text, source));
  observer.observe("certificateStatus", id, "issuerDn", known(certificate.issuer.text, source));
  observer.observe("certificateStatus", id, "presentedBy", known(presentedBy, source));
  observer.observe("certificateStatus", id, "isLeaf", known(isLeaf, source));
}

/** What is known of a certificate without asking anybody. */
function withoutAsking(certificate: Certificate): CheckedCertificate | undefined {
  if (isSelfIssued(certificate) && verifySignature(certificate, certificate.publicKey) === "valid") return settled("self-signed", "it is signed with its own key: nobody revokes it but who no longer trusts it");
  return namesSource(certificate) ? undefined : settled("no-source", "it names neither a revocation list nor a responder");
}

/** The issuers above a chain that were not sent and are no anchors, fetched one above the other. What other servers send does not count: nobody looks there. */
async function fetchedAbove(chain: readonly CertificateRecord[], anchors: readonly Certificate[], pool: IssuerPool): Promise<Observation<readonly RecordValue<"FetchedCertificate">[]>> {
  const fetched: RecordValue<"FetchedCertificate">[] = [];
  const held = chain.slice(0, maxChain).flatMap((record) => readRecord(record) ?? []);
  for (let at = 0; at < held.length && fetched.length < maxFetchedIssuers; at += 1) {
    const certificate = held[at];
    if (certificate === undefined || isSelfIssued(certificate) || [...held, ...anchors].some((one) => issued(one, certificate))) continue;
    const found = await pool.fetchIssuer(certificate);
    if ("certificate" in found) {
      const { subject, issuer, der } = found.certificate;
      fetched.push({ subject: subject.text, issuer: issuer.text, url: found.url, der: Buffer.from(der).toString("base64") });
      held.push(found.certificate);
    } else if (found.outcome === "failed") return unknown(found.reason, `the issuer of ${certificate.subject.text} was not fetched: ${found.detail}`);
  }
  return known(fetched, "addresses that the certificates name");
}

async function stateFetchedIssuers(anchors: readonly Certificate[], pool: IssuerPool, { subjects, observer }: CollectContext): Promise<void> {
  for (const endpoint of subjects.all("endpoint")) {
    const chain = factOf(endpoint, "endpoint", "chain");
    const fetched = chain.state === "known" ? await fetchedAbove(chain.value, anchors, pool) : chain.state === "unknown" ? chain : known([], source);
    observer.observe("endpoint", endpoint.id, "fetchedIssuers", fetched);
  }
}

function notFetching(sent: ReadonlyMap<string, Sent>, context: CollectContext): readonly ReportTarget[] {
  const off = unknown("not-collected", "fetching is turned off (fetch.enabled, --no-fetch)");
  for (const [id, { certificate }] of sent) state(id, withoutAsking(certificate) ?? unchecked(off), context);
  for (const { id } of context.subjects.all("endpoint")) context.observer.observe("endpoint", id, "fetchedIssuers", off);
  return [];
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

async function checkAll(sent: ReadonlyMap<string, Sent>, means: CheckMeans, context: CollectContext): Promise<readonly string[]> {
  const problems: string[] = [];
  const queue = sent.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const [id, { certificate }] of queue) {
      await nextTurn(); // where all is at hand nothing else waits, and timers would never run
      const facts = withoutAsking(certificate) ?? (await checkCertificate(certificate, means));
      state(id, facts, context);
      if (facts.status.state === "unknown") problems.push(`${certificate.subject.text}: ${facts.status.detail}`);
      done += 1;
      context.progress(`revocation: ${done} of ${sent.size} certificates`);
    }
  };
  await Promise.all(Array.from({ length: parallelCertificates }, work));
  return problems;
}

/**
 * Fetches, for every certificate that endpoints sent, the lists and OCSP answers that it points to, and judges by them; fetches issuers that were not sent.
 * Runs after the endpoints. What was not fetched is unknown, with the reason.
 */
export const collectRevocation: Collector<RevocationRequest> = async (request, context) => {
  const { sent, list } = sentCertificates(context);
  context.observer.subject({ kind: "deployment", id: singletonId.deployment, name: "the deployment" });
  context.observer.observe("deployment", singletonId.deployment, "certificateStatuses", list);
  for (const [id, one] of sent) stateSent(id, one, context);
  if (!request.fetch.enabled) return notFetching(sent, context);
  const total = new AbortController();
  const timer = setTimeout(() => total.abort(new DOMException("the time for fetching is up", "TimeoutError")), Math.min(request.limits.targetTimeoutMs, maxTotalMs));
  try {
    const signal = AbortSignal.any([context.signal, total.signal]);
    const fetcher = createFetcher(request, signal);
    const anchors = anchorsOf(context);
    const pool = createIssuerPool([...anchors, ...[...sent.values()].map(({ certificate }) => certificate)], fetcher);
    const problems = await checkAll(sent, { fetcher, pool, at: request.at, signal }, context);
    await stateFetchedIssuers(anchors, pool, context);
    const status = problems.length === 0 ? "read" : problems.length === sent.size ? "not-read" : "partly-read";
    return [{ kind: "revocation", name: `${sent.size} ${sent.size === 1 ? "certificate" : "certificates"}`, status, problems: [...new Set(problems)].slice(0, 20) }];
  } finally {
    clearTimeout(timer);
  }
};
