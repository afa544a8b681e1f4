import type { FactValue, RecordValue } from "../../model/kinds.ts";
import { absent, known, unknown, type Observation } from "../../model/observation.ts";
import type { Certificate } from "../../x509/certificate.ts";
import { revocationStatus } from "../../x509/index.ts";
import { askResponders, responderUrls, type ResponderAnswers } from "./ask-responders.ts";
import type { NotFetched } from "./fetched.ts";
import type { Fetcher } from "./fetcher.ts";
import { gatherLists, type GatheredLists } from "./gather-lists.ts";
import type { FoundIssuer, IssuerPool } from "./issuers.ts";
import { dateByCrl, dateByOcsp } from "./revocation-date.ts";

type Status = FactValue<"certificateStatus", "status">;

/** The facts that fetching tells of one certificate. */
export interface CheckedCertificate {
  readonly status: Observation<Status>;
  readonly reason: Observation<string>;
  readonly checkedBy: Observation<readonly RecordValue<"RevocationCheck">[]>;
  readonly listReachable: Observation<boolean>;
  readonly listNextUpdate: Observation<string>;
  readonly revokedAt: Observation<string>;
}

/** What a check is made with. */
export interface CheckMeans {
  readonly fetcher: Fetcher;
  readonly pool: IssuerPool;
  readonly at: Date;
  /** Ends the work: a list is fetched once, but searched for each certificate. */
  readonly signal: AbortSignal;
}

const inCertificate = "certificate";
const fetchedSource = "CRL and OCSP as fetched";

interface Verdict {
  readonly status: Status;
  readonly reason: string;
  readonly revokedAt?: string;
}

/** Facts of a certificate about which nothing has to be fetched. */
export function settled(status: Status, reason: string): CheckedCertificate {
  return { status: known(status, inCertificate), reason: known(reason, inCertificate), checkedBy: known([], inCertificate), listReachable: absent(inCertificate), listNextUpdate: absent(inCertificate), revokedAt: absent(inCertificate) };
}

/** Facts of a certificate about which nothing was fetched, for one reason. */
export function unchecked(why: Observation<never>): CheckedCertificate {
  return { status: why, reason: why, checkedBy: why, listReachable: why, listNextUpdate: why, revokedAt: why };
}

/** Whether a certificate says where its status can be had: a list, also one in the directory, or a responder. */
export function namesSource(certificate: Certificate): boolean {
  return (certificate.decoded.crlDistributionPoints ?? []).some(({ name }) => name?.kind === "full" && name.names.some(({ kind }) => kind === "uri")) || responderUrls(certificate).length > 0;
}

/** What the lists say together. */
async function byLists({ crls }: GatheredLists, certificate: Certificate, issuer: Certificate, { pool, at }: CheckMeans): Promise<Verdict | undefined> {
  const complete = crls.filter(({ crl }) => crl.deltaBase === undefined);
  const [first] = complete.length > 0 ? complete : crls;
  if (first === undefined) return undefined;
  const others = crls.filter((one) => one !== first).map(({ der }) => der);
  const signers = [...new Set(crls.flatMap(({ crl }) => pool.named(crl.issuer.key)))].map(({ der }) => der);
  const { status, reason } = await revocationStatus({ crl: first.der }, { certificate: certificate.der, issuer: issuer.der, extra: [...others, ...signers], at });
  if (status !== "unknown") {
    const revokedAt = status === "revoked" ? crls.map(({ crl }) => dateByCrl(crl, certificate)).find((date) => date !== undefined) : undefined;
    return { status, reason, ...(revokedAt === undefined ? {} : { revokedAt }) };
  }
  const isPast = complete.some(({ crl }) => crl.nextUpdate !== undefined && crl.nextUpdate.seconds * 1000 < at.getTime());
  return { status: isPast ? "stale" : "unusable", reason };
}

function byResponders({ verdicts }: ResponderAnswers, certificate: Certificate): readonly Verdict[] {
  return verdicts.map(({ status, reason, der, isPast }): Verdict => {
    if (status === "unknown") return { status: isPast ? "stale" : "unusable", reason };
    const revokedAt = status === "revoked" ? dateByOcsp(der, certificate) : undefined;
    return { status, reason, ...(revokedAt === undefined ? {} : { revokedAt }) };
  });
}

const gravity = ["revoked", "good", "stale", "unusable"] as const;

/** The verdict that counts: revoked by anybody, else good by anybody, else what is wrong with the data. */
function decisive(verdicts: readonly Verdict[]): Verdict | undefined {
  return gravity.flatMap((status) => verdicts.filter((verdict) => verdict.status === status))[0];
}

/** Why nothing decided: that only its own forest could read it, that its issuer is missing, or what else was not read. */
function undecided(certificate: Certificate, failures: readonly NotFetched[], noIssuer: NotFetched | undefined): Observation<Verdict> {
  const isInside = failures.length > 0 && failures.every(({ insideOnly }) => insideOnly === true);
  if (isInside && (noIssuer === undefined || responderUrls(certificate).length === 0)) return known({ status: "inside-only", reason: failures[0]?.detail ?? "" }, fetchedSource);
  if (noIssuer !== undefined) return unknown(noIssuer.reason, `the certificate of its issuer is not at hand: ${noIssuer.detail}`, fetchedSource);
  const first = failures.find(({ outcome }) => outcome === "failed") ?? failures[0];
  const details = [...new Set(failures.map(({ detail }) => detail))].slice(0, 3).join("; ");
  return unknown(first?.reason ?? "not-collected", first === undefined ? "it names no address that can be asked" : `nothing was fetched: ${details}`, fetchedSource);
}

function reachability({ points }: GatheredLists): Observation<boolean> {
  if (points.length === 0) return absent(inCertificate);
  const failures = points.filter((point) => point !== "fetched");
  const unasked = failures.find(({ outcome }) => outcome !== "not-found");
  if (unasked !== undefined) return unknown(unasked.reason, unasked.detail, fetchedSource);
  return known(failures.length === 0, fetchedSource);
}

/** When the first of the complete lists that were fetched ends; where several addresses of a point gave one, the newest of each issuer and scope counts. */
function firstEnd({ crls, points }: GatheredLists): Observation<string> {
  if (points.length === 0) return absent(inCertificate);
  const newest = new Map<string, number | undefined>();
  const complete = crls.filter(({ crl }) => crl.deltaBase === undefined).toSorted((a, b) => a.crl.thisUpdate.seconds - b.crl.thisUpdate.seconds);
  for (const { crl } of complete) newest.set(`${crl.issuer.key} ${crl.scopeKey}`, crl.nextUpdate?.seconds);
  const ends = [...newest.values()].filter((end) => end !== undefined);
  if (complete.length === 0) return unknown("not-collected", "no list was fetched", fetchedSource);
  return ends.length === 0 ? absent(fetchedSource) : known(new Date(Math.min(...ends) * 1000).toISOString(), fetchedSource);
}

function ended(signal: AbortSignal): Observation<never> {
  const isTimeout = signal.reason instanceof Error && signal.reason.name === "TimeoutError";
  return isTimeout ? unknown("timeout", "the time for fetching was up before it") : unknown("not-collected", "interrupted before it");
}

/** Fetches lists and responses about one certificate and judges by them. */
export async function checkCertificate(certificate: Certificate, means: CheckMeans): Promise<CheckedCertificate> {
  const { fetcher, pool, at, signal } = means;
  if (signal.aborted) return unchecked(ended(signal));
  const lists = await gatherLists(certificate, fetcher, at);
  const found: FoundIssuer | NotFetched = await pool.issuerOf(certificate);
  const issuer = "certificate" in found ? found.certificate : undefined;
  const responders: ResponderAnswers = issuer === undefined ? { verdicts: [], checks: [], failures: [] } : await askResponders(certificate, issuer, fetcher, at);
  const checks = [...lists.checks, ...responders.checks];
  const listed = issuer === undefined ? undefined : await byLists(lists, certificate, issuer, means);
  const verdict = decisive([...(listed === undefined ? [] : [listed]), ...byResponders(responders, certificate)]);
  const noIssuer = "certificate" in found ? undefined : found;
  const outcome: Observation<Verdict> = verdict === undefined ? undecided(certificate, [...lists.failures, ...responders.failures], noIssuer) : known(verdict, fetchedSource);
  const facts = { checkedBy: known(checks, fetchedSource), listReachable: reachability(lists), listNextUpdate: firstEnd(lists) };
  if (outcome.state !== "known") return { ...facts, status: outcome, reason: outcome, revokedAt: outcome };
  const { status, reason, revokedAt } = outcome.value;
  const date: Observation<string> = revokedAt !== undefined ? known(revokedAt, fetchedSource) : status === "revoked" ? unknown("unsupported", "the data do not say when in a form that is read", fetchedSource) : absent(fetchedSource);
  return { ...facts, status: known(status, fetchedSource), reason: known(reason, fetchedSource), revokedAt: date };
}
