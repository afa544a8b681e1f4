import type { RecordValue } from "../../model/kinds.ts";
import type { Certificate } from "../../x509/certificate.ts";
import { DerError } from "../../x509/der.ts";
import { parseDistributionPoints, type DistributionPoint } from "../../x509/extensions-access.ts";
import { sequenceValue } from "../../x509/extensions.ts";
import { EXTENSION } from "../../x509/oids.ts";
import type { ReadCrl } from "./decode-body.ts";
import { notFetched, type NotFetched } from "./fetched.ts";
import type { Fetcher } from "./fetcher.ts";
import { isoText } from "./revocation-date.ts";
import { inOrderOfTrial } from "./source-address.ts";

type Check = RecordValue<"RevocationCheck">;

/** The lists that a certificate points to, as far as they were had. */
export interface GatheredLists {
  /** Complete lists and deltas, and when each is past its date. */
  readonly crls: readonly ReadCrl[];
  readonly checks: readonly Check[];
  /** Why something was not fetched, in order. */
  readonly failures: readonly NotFetched[];
  /** For each distribution point that has an address: whether a list was fetched there, or why not. */
  readonly points: readonly ("fetched" | NotFetched)[];
}

const maxPoints = 4;
const maxUrls = 4;

/** When a list was issued and is due to be replaced, for records. */
function listTimes({ crl }: ReadCrl): { readonly thisUpdate: string; readonly nextUpdate?: string } {
  return { thisUpdate: isoText(crl.thisUpdate.seconds), ...(crl.nextUpdate === undefined ? {} : { nextUpdate: isoText(crl.nextUpdate.seconds) }) };
}

function urlsOf({ name }: DistributionPoint): readonly string[] {
  const urls = name?.kind === "full" ? name.names.flatMap((one) => (one.kind === "uri" ? [one.value] : [])) : [];
  return inOrderOfTrial(urls).slice(0, maxUrls);
}

/** Where a complete list says that its deltas are: AD CS writes that into the list, not into certificates. */
function freshestOf({ crl }: ReadCrl): readonly DistributionPoint[] {
  const extension = crl.extensions.find(({ oid }) => oid === EXTENSION.freshestCrl);
  if (extension === undefined) return [];
  try {
    return parseDistributionPoints(sequenceValue(extension.value, "the freshest CRL"));
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}

const weights = { refused: 0, "not-found": 1, failed: 2 } as const;

/** What to say of a point whose addresses failed in several ways: that nobody knows, else that it is not there, else that it was not asked. */
function weightier(result: "fetched" | NotFetched, failure: NotFetched): "fetched" | NotFetched {
  return result === "fetched" || weights[result.outcome] >= weights[failure.outcome] ? result : failure;
}

interface Gathering {
  readonly fetcher: Fetcher;
  readonly atSeconds: number;
  readonly crls: Map<string, ReadCrl>;
  readonly checks: Map<string, Check>;
  readonly failures: NotFetched[];
}

/** Fetches a point's list by its addresses in turn, until one gives a list that is not past its date. */
async function gatherPoint(point: DistributionPoint, method: "crl" | "delta-crl", gathering: Gathering): Promise<"fetched" | NotFetched> {
  const urls = urlsOf(point);
  let result: "fetched" | NotFetched = notFetched("refused", "not-collected", "it names no address");
  for (const [index, url] of urls.entries()) {
    const key = `${method} ${url}`;
    const fetched = await gathering.fetcher.fetch(url);
    if (fetched.outcome !== "fetched") {
      if (!gathering.checks.has(key)) gathering.failures.push(fetched);
      gathering.checks.set(key, { url, method, outcome: fetched.outcome, detail: fetched.detail });
      result = index === 0 ? fetched : weightier(result, fetched);
      continue;
    }
    const { crls, problem } = fetched;
    const [first] = crls;
    if (first === undefined) {
      const failure = notFetched("failed", "malformed", `what is there is no CRL: ${problem ?? "it holds certificates only"}`);
      gathering.failures.push(failure);
      gathering.checks.set(key, { url, method, outcome: "failed", detail: failure.detail });
      result = weightier(result, failure);
      continue;
    }
    for (const one of crls) gathering.crls.set(one.crl.sha256, one);
    const isPast = first.crl.nextUpdate !== undefined && first.crl.nextUpdate.seconds < gathering.atSeconds;
    const bytes = first.der.length;
    gathering.checks.set(key, { url, method, outcome: "fetched", detail: isPast ? `a list of ${bytes} bytes, past its date since ${isoText(first.crl.nextUpdate?.seconds ?? 0)}` : `a list of ${bytes} bytes`, ...listTimes(first) });
    result = "fetched";
    if (!isPast) break;
  }
  return result;
}

/** Fetches the lists of a certificate, and the deltas that it or these lists name. */
export async function gatherLists(certificate: Certificate, fetcher: Fetcher, at: Date): Promise<GatheredLists> {
  const gathering: Gathering = { fetcher, atSeconds: Math.floor(at.getTime() / 1000), crls: new Map(), checks: new Map(), failures: [] };
  const points: ("fetched" | NotFetched)[] = [];
  for (const point of (certificate.decoded.crlDistributionPoints ?? []).slice(0, maxPoints)) {
    if (urlsOf(point).length > 0) points.push(await gatherPoint(point, "crl", gathering));
  }
  const freshest = [...(certificate.decoded.freshestCrl ?? []), ...[...gathering.crls.values()].flatMap(freshestOf)];
  for (const point of freshest.slice(0, maxPoints)) await gatherPoint(point, "delta-crl", gathering);
  return { crls: [...gathering.crls.values()], checks: [...gathering.checks.values()], failures: gathering.failures, points };
}
