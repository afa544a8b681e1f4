import type { CollectContext, Collector } from "../../model/collector.ts";
import { absent, known, unknown, type Observation, type Unknown } from "../../model/observation.ts";
import type { ReportTarget } from "../../model/report.ts";
import { describeCertificates } from "./certificate-record.ts";
import { probedFacts, type EndpointFacts } from "./endpoint-facts.ts";
import { endpointList, endpointOwner, planEndpoints } from "./endpoint-plan.ts";
import type { EndpointRequest, Side } from "./endpoint-request.ts";
import type { EndpointPlan, PlannedEndpoint } from "./planned-endpoint.ts";
import { probeEndpoint } from "./probe.ts";
import { redirectedEndpoints } from "./redirected-endpoints.ts";
import { judgingContexts } from "./tls-contexts.ts";

const sides: readonly Side[] = ["lync", "exchange"];

function noAnchors(side: Side): Unknown {
  return unknown("not-collected", `no trust anchors of the ${side} side are configured`);
}

function stateAnchors(request: EndpointRequest, { observer }: CollectContext): void {
  for (const side of sides) {
    const anchors = request.anchors[side];
    observer.subject({ kind: "trustAnchorSet", id: side, name: `trusted roots of the ${side} side` });
    observer.observe("trustAnchorSet", side, "side", known(side, "configuration"));
    observer.observe("trustAnchorSet", side, "certificates", anchors.state === "known" ? describeCertificates(anchors.value, anchors.source) : anchors.state === "absent" ? noAnchors(side) : anchors);
  }
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
  stateAnchors(request, context);
  for (const endpoint of endpoints) statePlanned(endpoint, plan, context);
  const anchors = { lync: request.anchors.lync.state === "absent" ? noAnchors("lync") : request.anchors.lync, exchange: request.anchors.exchange.state === "absent" ? noAnchors("exchange") : request.anchors.exchange };
  const settings = { request, contexts: judgingContexts(request.identity, anchors), now: context.now };
  const problems = new Map<string, string>();
  let done = 0;
  let unread = 0;
  const probe = async (endpoint: PlannedEndpoint): Promise<void> => {
    const facts = await probeEndpoint(endpoint, settings, context.signal);
    for (const fact of probedFacts) observer.observe("endpoint", endpoint.id, fact, facts[fact]);
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
  observer.observe("deployment", endpointOwner, "endpoints", endpointList(plan));
  const inOrder = endpoints.flatMap(({ id }) => problems.get(id) ?? []);
  return [targetOf(plan, inOrder, unread)];
};
