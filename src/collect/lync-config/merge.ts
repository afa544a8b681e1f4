import { sectionNames, unknownSection, unknownSections } from "./sections.ts";
import type { Section } from "./field-types.ts";
import { mergeItems } from "./merge-items.ts";
import type { ReadSection } from "./merge-items.ts";
import { compareTopologies } from "./merge-topologies.ts";
import type { LyncConfigurationFormat, LyncConfigurationInput, LyncDisagreement, MergedLyncConfiguration, SectionName } from "./types.ts";

/** Formats from the best source to the weakest. */
const ranking: readonly LyncConfigurationFormat[] = ["clixml-bundle", "json-bundle", "topology-xml", "configuration-zip", "element-xml", "tbxml", "unrecognised"];

/**
 * Makes one configuration of all files. The best source of a section decides which items there are, and weaker ones fill in what it does not know; wherever two
 * sources answer differently, both answers are reported. Within a format the file exported last comes first, then the order given.
 */
export function mergeLyncConfiguration(inputs: readonly LyncConfigurationInput[]): MergedLyncConfiguration {
  const ordered = inputs.toSorted((a, b) => ranking.indexOf(a.format) - ranking.indexOf(b.format) || (b.exportedAt ?? "").localeCompare(a.exportedAt ?? ""));
  const sections = unknownSections("not-collected", "no file with Lync configuration was given");
  const sources: Partial<Record<SectionName, readonly string[]>> = {};
  const disagreements: LyncDisagreement[] = [];
  for (const name of sectionNames) {
    const read = ordered.flatMap(({ path, sections: { [name]: section } }): ReadSection[] => (section.state === "read" ? [{ path, section }] : []));
    const merged = name === "topology" ? mergeTopologies(ordered) : mergeItems(name, read);
    if (merged === undefined) {
      sources[name] = [];
      if (ordered.length > 0) Object.assign(sections, { [name]: mergeUnknown(ordered.map(({ sections: { [name]: section } }) => section)) });
      continue;
    }
    Object.assign(sections, { [name]: merged.section });
    sources[name] = merged.sources;
    disagreements.push(...merged.disagreements);
  }
  return { sections, sources: sources as Record<SectionName, readonly string[]>, disagreements };
}

/** A topology is taken whole from the best source: its parts refer to each other. */
function mergeTopologies(ordered: readonly LyncConfigurationInput[]): { readonly section: Section<unknown>; readonly sources: readonly string[]; readonly disagreements: readonly LyncDisagreement[] } | undefined {
  const read = ordered.flatMap(({ path, sections: { topology: section } }) => (section.state === "read" ? section.items.map((topology) => ({ path, section, topology })) : []));
  const [best] = read;
  return best === undefined ? undefined : { section: best.section, sources: [best.path], disagreements: compareTopologies(read) };
}

/** Why nobody knows: a file that has the section damaged says more than one that does not have it. */
function mergeUnknown(sections: readonly Section<unknown>[]): Section<never> {
  const unknowns = sections.filter((section) => section.state === "unknown");
  const [first] = [...unknowns.filter(({ reason }) => reason !== "not-collected"), ...unknowns];
  if (first === undefined) return unknownSection("not-collected", "no file with Lync configuration was given");
  const details = [...new Set([first, ...unknowns].map(({ detail }) => detail))].slice(0, 5);
  return unknownSection(first.reason, details.join("; "));
}
