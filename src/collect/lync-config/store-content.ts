import { excerpt, known, valueOf } from "./field.ts";
import type { FileContent } from "./file-content.ts";
import type { ObjectSectionName } from "./item-readers.ts";
import { withIdentity } from "./payload-object.ts";
import type { PowerShellObject } from "./powershell-value.ts";
import { setSection, unknownSection, unknownSections } from "./sections.ts";
import type { DraftSections } from "./sections.ts";
import type { Anchor, StoredDocument } from "./store-xml.ts";
import { setTopology, takeSipDomains } from "./topology-section.ts";
import { publishedShape } from "./topology-shapes.ts";
import type { LyncConfigurationProblem } from "./types.ts";

/** Where the documents came from: the whole store (Export-CsConfiguration), or single objects. `damage` says which parts of it could not be read. */
export interface StoreSource {
  readonly isWholeStore: boolean;
  readonly damage: readonly string[];
}

/** Puts documents of the store together. Sections that a damaged store does not show are malformed, not missing: they may lie in the damaged part. */
export function storeContent(documents: readonly StoredDocument[], source: StoreSource): FileContent {
  const damaged = source.damage.length > 0;
  const sections = damaged ? unknownSections("malformed", `part of the file cannot be read: ${source.damage[0]}`) : unknownSections("not-collected", "the file does not hold it");
  const topologies = documents.flatMap((document) => document.topologies);
  const [topology] = topologies;
  if (topology !== undefined && topologies.length === 1) setTopology(sections, publishedShape(topology), known(true));
  if (topologies.length > 1) sections.topology = unknownSection("unsupported", "the file holds several topologies");
  takeSipDomains(sections);

  const complete = source.isWholeStore && !damaged;
  const objects = new Map<ObjectSectionName, PowerShellObject[]>(documents.flatMap((document) => document.sections.map((section) => [section, []])));
  const names = anchorNames(sections);
  for (const { section, anchor, object } of documents.flatMap((document) => document.objects)) {
    const identity = identityOf(anchor, names);
    objects.get(section)?.push(identity === undefined ? object : withIdentity(object, identity));
  }
  for (const [section, found] of objects) setSection(sections, section, found, "inferred", complete);
  return { sections, problems: [...source.damage.map(asError), ...emptyWarning(documents, sections)] };
}

function asError(detail: string): LyncConfigurationProblem {
  return { severity: "error", message: `Part of the file cannot be read: ${detail}.` };
}

function emptyWarning(documents: readonly StoredDocument[], sections: DraftSections): readonly LyncConfigurationProblem[] {
  if (Object.values(sections).some(({ state }) => state === "read")) return [];
  const strangers = [...new Set(documents.flatMap((document) => document.strangers))].slice(0, 20);
  return [{ severity: "error", message: `Nothing in the file is known${strangers.length === 0 ? "" : `; elements met: ${strangers.map(excerpt).join(", ")}`}.` }];
}

interface AnchorNames {
  readonly sites: ReadonlyMap<string, string>;
  readonly pools: ReadonlyMap<string, string>;
}

/** Names of sites and of the pools of services, from the topology in the same file. */
function anchorNames(sections: DraftSections): AnchorNames {
  const topology = sections.topology.state === "read" ? sections.topology.items[0] : undefined;
  const [sites, pools] = [new Map<string, string>(), new Map<string, string>()];
  for (const site of (topology && valueOf(topology.sites)) ?? []) {
    const [id, name] = [valueOf(site.siteId), valueOf(site.name)];
    if (id !== undefined && name !== undefined) sites.set(id, name);
  }
  for (const pool of (topology && valueOf(topology.pools)) ?? []) {
    const fqdn = valueOf(pool.fqdn);
    for (const { serviceId } of valueOf(pool.services) ?? []) if (fqdn !== undefined) pools.set(serviceId, fqdn);
  }
  return { sites, pools };
}

/** The Identity that the cmdlet would show; undefined where the topology is needed and missing. */
function identityOf(anchor: Anchor, names: AnchorNames): string | undefined {
  if (anchor.kind === "global") return "Global";
  if (anchor.kind === "user") return `Tag:${anchor.name}`;
  if (anchor.kind === "none") return undefined;
  const name = anchor.kind === "site" ? names.sites.get(anchor.siteId) : names.pools.get(anchor.serviceId);
  if (name === undefined) return undefined;
  return anchor.kind === "site" ? `Site:${name}` : `Service:${anchor.role}:${name}`;
}
