import { endpointId, normalName } from "../../model/ids.ts";
import { unknown } from "../../model/observation.ts";
import type { EndpointFacts } from "./endpoint-facts.ts";
import type { PlannedEndpoint } from "./planned-endpoint.ts";
import { sipTargets } from "./sip-target.ts";

/** So many endpoints of one server are enough: service, call router and four workers for calls with and without TLS. */
const maxPerHost = 16;

/**
 * Endpoints to which the answer of `from` sends callers, as the UM call router does to the UM service and that to its workers (key port.um.redirect).
 * Only hosts that are in `planned` already: what a server says makes us connect nowhere else.
 */
export function redirectedEndpoints(from: PlannedEndpoint, facts: EndpointFacts, planned: readonly PlannedEndpoint[]): readonly PlannedEndpoint[] {
  if (facts.sipRedirectTargets.state !== "known") return [];
  const found = new Map<string, PlannedEndpoint>();
  for (const target of facts.sipRedirectTargets.value.flatMap((text) => sipTargets(text, from.transport))) {
    const host = normalName(target.host);
    const id = endpointId(host, target.port);
    const sibling = planned.find((one) => one.host === host && one.side === from.side && one.role === "um-service") ?? planned.find((one) => one.host === host && one.side === from.side);
    if (sibling === undefined || planned.some((one) => one.id === id)) continue;
    if ([...planned, ...found.values()].filter((one) => one.host === host).length >= maxPerHost) continue;
    const isService = sibling.role === "um-service";
    found.set(id, {
      ...sibling,
      id,
      host,
      port: target.port,
      transport: target.transport,
      role: from.role === "um-call-router" ? "um-service" : from.role,
      assignedThumbprint: isService || from.role !== "um-call-router" ? sibling.assignedThumbprint : unknown("not-collected", `no UM service of ${host} is known`),
      source: `${from.id}, which sends callers there`,
    });
  }
  return [...found.values()];
}
