import type { Field } from "./field-types.ts";
import type { DraftSections } from "./sections.ts";
import { normaliseTopology } from "./topology.ts";
import type { TopologyShape } from "./topology-shapes.ts";

/** Puts a topology into its section. */
export function setTopology(sections: DraftSections, shape: TopologyShape, isPublished: Field<boolean>): void {
  sections.topology = { state: "read", items: [normaliseTopology(shape, isPublished)], certainty: "confirmed", complete: true };
}

/** Get-CsSipDomain answers from the topology, so a topology answers for it. */
export function takeSipDomains(sections: DraftSections): void {
  const topology = sections.topology.state === "read" ? sections.topology.items[0] : undefined;
  if (topology?.sipDomains.state !== "known" || sections.topology.state !== "read") return;
  const { certainty, complete } = sections.topology;
  sections.sipDomains = { state: "read", items: topology.sipDomains.value.map((domain) => ({ identity: domain.name, ...domain })), certainty, complete };
}
