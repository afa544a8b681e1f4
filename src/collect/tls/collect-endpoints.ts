import type { JudgingSide } from "../../model/config.ts";
import type { CollectContext, Collector } from "../../model/collector.ts";
import { judgeOf } from "../../model/judging-side.ts";
import { absent, known, unknown, type Absent, type Observation, type Unknown } from "../../model/observation.ts";
import type { ReportTarget } from "../../model/report.ts";
import { describeCertificates } from "./certificate-record.ts";
import { probedFacts, type EndpointFacts } from "./endpoint-facts.ts";
import { endpointList, endpointOwner, planEndpoints } from "./endpoint-plan.ts";
import type { EndpointRequest } from "./endpoint-request.ts";
import { issuersAmong } from "./issuers-among.ts";
import type { EndpointPlan, PlannedEndpoint } from "./planned-endpoint.ts";
import { probeEndpoint } from "./probe.ts";
import { redirectedEndpoints } from "./redirected-endpoints.ts";
import { judgingContexts } from "./tls-contexts.ts";

function noAnchors(side: JudgingSide): Unknown {
  return unknown("not-collected", side === "public" ? "no public roots are known" : `no trust anchors of the ${side} side are configured`);
}

function stateAnchors(side: JudgingSide, anchors: Observation<readonly Uint8Array[]>, { observer }: CollectContext): void {
  observer.subject({ kind: "trustAnchorSet", id: side, name: side === "public" ? "public roots" : `trusted roots of the ${side} side` });
  observer.observe("trustAnchorSet", side, "side", known(side, "configuration"));
  observer.observe("trustAnchorSet", side, "certificates", anchors.state === "known" ? describeCertificates(anchors.value, anchors.source) : anchors.state === "absent" ? noAnchors(side) : anchors);
}

/** Where there is an outer side of the Edge, the public roots that issued something of what it sent: there are many, and the others judge nothing. */
function statePublicAnchors(request: EndpointRequest, endpoints: readonly PlannedEndpoint[], sent: ReadonlyMap<string, EndpointFacts["chain"]>, context: CollectContext): void {
  const outer = endpoints.filter(({ side }) => judgeOf(side) === "public");
  const { public: anchors } = request.anchors;
  if (outer.length === 0) return;
  const chains = outer.flatMap(({ id }) => sent.get(id) ?? []).flatMap((chain) => (chain.state === "known" ? chain.value : []));
  stateAnchors("public", anchors.state === "known" ? known(issuersAmong(anchors.value, chains), anchors.source) : anchors, context);
}

/** An owner that the plan does not name: there is none, unless something that could name one was not read. */
function ownerOf(id: string | undefined, endpoint: PlannedEndpoint, plan: EndpointPlan): Observation<string> {
  return id === undefined ? (plan.missing[0] ?? absent(endpoint.source)) : known(id, endpoint.source);
}

function statePlanned(endpoint: PlannedEndpoint, plan: EndpointPlan, { observer }: CollectContext): void {
  const { id, source } = endpoint;
  observer.subject({ kind: "endpoint", id, name: id });
  for (const fact of ["host", "port", "side", "role", "transport", "knownAs"] as const) observer.observe("endpoint", id, fact, known(endpoint[fact], source));
  observer.observe("endpoint", id, "server", ownerOf(endpoint.server, endpoint, plan));
  observer.observe("endpoint", id, "pool", ownerOf(endpoint.pool, endpoint, plan));
  observer.observe("endpoint", id, "assignedThumbprint", endpoint.assignedThumbprint);
}

/** The one sentence about an endpoint that a reader needs: the first thing that was not read of those that a connection should show. */
function problemOf(endpoint: PlannedEndpoint, facts: EndpointFacts): string | undefined {
  const expected = endpoint.transport === "tls" ? (["reachable", "speaksTls", "chain", "sipStatus"] as const) : (["reachable", "sipStatus"] as const);
  for (const fact of expected) {
    const observation = facts[fact];
    if (observation.state === "unknown") return `${endpoint.id}: ${observation.detail}`;
  }
  return undefined;
}

function targetOf(plan: EndpointPlan, problems: readonly string[], unread: number): ReportTarget {
  const all = [...new Set([...plan.missing.map(({ detail }) => detail), ...problems])];
  const status = all.length === 0 ? "read" : unread === plan.endpoints.length ? "not-read" : "partly-read";
  return { kind: "endpoints", name: `${plan.endpoints.length} ${plan.endpoints.length === 1 ? "endpoint" : "endpoints"}`, status, problems: all };
}

/** Probes every endpoint that directory, topology and configuration name, several at a time: TCP, TLS with our certificate, SIP OPTIONS (sections 5 and 6 of the requirements). Where an answer sends callers to other ports of these servers, those are probed too. */
export const collectEndpoints: Collector<EndpointRequest> = async (request, context) => {
  const { observer, progress } = context;
  const first = planEndpoints(context.subjects, request.configured);
  const endpoints = [...first.endpoints];
  const plan: EndpointPlan = { endpoints, missing: first.missing };
  observer.subject({ kind: "deployment", id: endpointOwner, name: endpointOwner });
  for (const side of ["lync", "exchange"] as const) stateAnchors(side, request.anchors[side], context);
  for (const endpoint of endpoints) statePlanned(endpoint, plan, context);
  const anchorsOf = (side: JudgingSide): Exclude<EndpointRequest["anchors"][JudgingSide], Absent> => {
    const anchors = request.anchors[side];
    return anchors.state === "absent" ? noAnchors(side) : anchors;
  };
  const settings = { request, contexts: judgingContexts(request.identity, { lync: anchorsOf("lync"), exchange: anchorsOf("exchange"), public: anchorsOf("public") }), now: context.now };
  const sent = new Map<string, EndpointFacts["chain"]>();
  const problems = new Map<string, string>();
  let done = 0;
  let unread = 0;
  const probe = async (endpoint: PlannedEndpoint): Promise<void> => {
    const facts = await probeEndpoint(endpoint, settings, context.signal);
    for (const fact of probedFacts) observer.observe("endpoint", endpoint.id, fact, facts[fact]);
    sent.set(endpoint.id, facts.chain);
    const problem = problemOf(endpoint, facts);
    if (problem !== undefined) problems.set(endpoint.id, problem);
    if (facts.reachable.state === "unknown") unread += 1;
    done += 1;
    for (const next of redirectedEndpoints(endpoint, facts, endpoints)) {
      statePlanned(next, plan, context);
      endpoints.push(next);
    }
    progress(`endpoints: ${done} of ${endpoints.length}`);
  };
  // Each round probes what the answers of the one before added: every endpoint once.
  for (let from = 0; from < endpoints.length;) {
    const queue = endpoints.slice(from).values();
    from = endpoints.length;
    const work = async (): Promise<void> => {
      for (const endpoint of queue) await probe(endpoint);
    };
    await Promise.all(Array.from({ length: Math.max(1, request.limits.parallelEndpoints) }, work));
  }
  statePublicAnchors(request, endpoints, sent, context);
  observer.observe("deployment", endpointOwner, "endpoints", endpointList(plan));
  const inOrder = endpoints.flatMap(({ id }) => problems.get(id) ?? []);
  return [targetOf(plan, inOrder, unread)];
};
