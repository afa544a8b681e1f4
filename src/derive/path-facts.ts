import { judgeOf, rootsText } from "../model/judging-side.ts";
import type { RecordValue } from "../model/kinds.ts";
import { absent, known, unknown, type Observation } from "../model/observation.ts";
import { pathFacts } from "../model/path-facts.ts";
import { validatePath, type PathResult } from "../x509/index.ts";
import { chained, derivedSource, firstUnknown } from "./combine.ts";
import { openSslComparison } from "./second-opinion.ts";
import type { DerivedWorld } from "./world.ts";

type Certificate = RecordValue<"Certificate">;
type Verdict = RecordValue<"PathVerdict">;
/** What paths are built from beside the leaf; a `Certificate` or one that was fetched. */
type Held = Pick<Certificate, "subject" | "issuer" | "der">;

/** A chain to judge, by whom and as what. */
interface Question {
  readonly chain: readonly Held[];
  readonly anchors: readonly Held[];
  readonly judgedBy: Verdict["judgedBy"];
  readonly purpose: "serverAuth" | "clientAuth";
  readonly source: string;
}

function derOf(certificate: Held): Buffer {
  return Buffer.from(certificate.der, "base64");
}

/** The subjects from the leaf along the names of issuers: what a path can be made of, also where it leads nowhere. Anchors come first, as in the search for a path. */
function alongNames(leaf: Held, others: readonly Held[]): readonly string[] {
  const found = [leaf];
  for (let at: Held | undefined = leaf; at !== undefined && at.issuer !== at.subject; ) {
    const issuer: string = at.issuer;
    at = others.find((one) => one.subject === issuer && !found.some(({ der }) => der === one.der));
    if (at !== undefined) found.push(at);
  }
  return found.map(({ subject }) => subject);
}

/** The certificate of the first failure, from the leaf upwards. */
function failedAt(tried: readonly string[], { problems }: PathResult): string | undefined {
  const concerned = problems.filter(({ severity, certificate }) => severity === "fail" && certificate !== "").map(({ certificate }) => certificate);
  return tried.find((subject) => concerned.includes(subject)) ?? concerned[0];
}

async function judge({ chain, anchors, judgedBy, purpose, source }: Question, at: Date): Promise<Observation<Verdict>> {
  const [leaf, ...intermediates] = chain;
  if (leaf === undefined) return unknown("malformed", "the server sent no certificate");
  const result = await validatePath({ leaf: derOf(leaf), intermediates: intermediates.map(derOf), anchors: anchors.map(derOf), at, purpose });
  const subjectOf = new Map([...chain, ...anchors].map((certificate) => [certificate.der, certificate.subject]));
  const path = result.path.map((der) => subjectOf.get(Buffer.from(der).toString("base64")) ?? "a certificate");
  const tried = result.ok ? path : alongNames(leaf, [...anchors, ...intermediates]);
  const failure = result.ok ? undefined : failedAt(tried, result);
  const problems = result.problems.map(({ code, severity, certificate, message }) => ({ code, severity, certificate, message }));
  return known({ judgedBy, purpose, ok: result.ok, problems, path, tried, ...(failure === undefined ? {} : { failedAt: failure }) }, source);
}

/** What the path would be with issuers that were fetched. One that is sound without them, or that nothing was to be fetched for, stays as it is. */
async function withFetched(world: DerivedWorld, id: string, question: Question, asSent: Observation<Verdict>, at: Date): Promise<Observation<Verdict>> {
  if (asSent.state !== "known" || asSent.value.ok) return asSent;
  const fetched = world.read("endpoint", id, "fetchedIssuers");
  if (fetched.state !== "known") return firstUnknown([fetched]) ?? asSent;
  if (fetched.value.length === 0) return asSent;
  return judge({ ...question, chain: [...question.chain, ...fetched.value], source: `chain as sent and issuers that were fetched, judged by ${rootsText(question.judgedBy)}` }, at);
}

/**
 * The chain that each endpoint sent, judged as server and as client certificate by the anchors of the other side (key cert.mtls.both-ways). The name is judged
 * by rules of its own.
 */
export async function derivePaths(world: DerivedWorld, at: Date): Promise<void> {
  for (const { id, facts } of world.all("endpoint")) {
    // A redacted snapshot has no certificates and brings what was worked out of them.
    if (pathFacts.every((fact) => facts[fact] !== undefined)) continue;
    const chain = world.read("endpoint", id, "chain");
    const side = world.read("endpoint", id, "side");
    const judgedBy = judgeOf(side.state === "known" ? side.value : undefined);
    const anchors = world.read("trustAnchorSet", judgedBy, "certificates");
    const missing = firstUnknown([side, chain, anchors]);
    if (missing !== undefined || chain.state !== "known" || anchors.state !== "known") {
      const why = missing ?? unknown("not-collected", "the chain was not read");
      for (const fact of pathFacts) world.state("endpoint", id, fact, why);
      continue;
    }
    const asServer: Question = { chain: chain.value, anchors: anchors.value, judgedBy, purpose: "serverAuth", source: `chain as sent, judged by ${rootsText(judgedBy)}` };
    const serverPath = await judge(asServer, at);
    world.state("endpoint", id, "serverPath", serverPath);
    world.state("endpoint", id, "clientPath", await judge({ ...asServer, purpose: "clientAuth" }, at));
    world.state("endpoint", id, "serverPathWithFetched", await withFetched(world, id, asServer, serverPath, at));
    world.state("endpoint", id, "opensslAgrees", agreement(world.read("endpoint", id, "opensslVerdict"), serverPath));
  }
}

function agreement(verdict: Observation<string>, path: Observation<Verdict>): Observation<boolean> {
  return chained(verdict, (code) =>
    chained(path, (ours) => {
      const agrees = openSslComparison(code, ours);
      return agrees === undefined ? absent(derivedSource) : known(agrees, derivedSource);
    }),
  );
}
