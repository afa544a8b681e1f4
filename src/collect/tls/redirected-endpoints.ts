import { endpointId, normalName } from "../../model/ids.ts";
import { unknown } from "../../model/observation.ts";
import type { EndpointFacts } from "./endpoint-facts.ts";
import type { PlannedEndpoint } from "./planned-endpoint.ts";
import { sipTargets } from "./sip-target.ts";

/** The ports of call router, UM service and its workers (keys port.ucr, port.umsvc, port.umworker): what a server says makes us try no other port, so that nobody scans his neighbours through us. */
const firstPort = 5060;
const lastPort = 5068;

/**
 * Endpoints to which the answer of `from` sends callers, as the UM call router does to the UM service and that to its workers (key port.um.redirect).
 * Only Exchange servers that are in `planned` already, and only ports of UM. Each endpoint is tried once, which ends circles and bounds their number.
 */
export function redirectedEndpoints(from: PlannedEndpoint, facts: EndpointFacts, planned: readonly PlannedEndpoint[]): readonly PlannedEndpoint[] {
  if (from.side !== "exchange" || facts.sipRedirectTargets.state !== "known") return [];
  const found = new Map<string, PlannedEndpoint>();
  for (const target of facts.sipRedirectTargets.value.flatMap((text) => sipTargets(text, from.transport))) {
    const host = normalName(target.host);
    const id = endpointId(host, target.port);
    const siblings = planned.filter((one) => one.host === host && one.side === from.side);
    const sibling = siblings.find(({ role }) => role === "um-service") ?? siblings[0];
    if (sibling === undefined || target.port < firstPort || target.port > lastPort || planned.some((one) => one.id === id) || found.has(id)) continue;
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
