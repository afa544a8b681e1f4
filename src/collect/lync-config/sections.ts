import { excerpt } from "./field.ts";
import type { Certainty, Section, UnknownReason } from "./field-types.ts";
import { readItem } from "./field-readers.ts";
import type { ItemReaders } from "./field-readers.ts";
import { itemReaders } from "./item-readers.ts";
import type { ObjectSectionName } from "./item-readers.ts";
import { describeValue } from "./powershell-value.ts";
import type { PowerShellObject, PowerShellValue } from "./powershell-value.ts";
import type { LyncSections, SectionItems, SectionName } from "./types.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Sections while they are being put together. */
export type DraftSections = Writable<LyncSections>;

/** All section names, in the order of the contract. */
export const sectionNames: readonly SectionName[] = [
  "dialPlans", "mediaConfigurations", "voicePolicies", "voiceRoutes", "pstnUsages", "trunkConfigurations", "hostingProviders", "publicProviders",
  "hostedVoicemailPolicies", "accessEdgeConfiguration", "ucPhoneConfigurations", "voicemailRerouting", "simpleUrls", "sipDomains", "replicationStatus", "exUmContacts", "topology",
];

/** A section that could not be read. */
export function unknownSection(reason: UnknownReason, detail: string): Section<never> {
  return { state: "unknown", reason, detail };
}

/** All sections unknown for one reason. */
export function unknownSections(reason: UnknownReason, detail: string): DraftSections {
  return Object.fromEntries(sectionNames.map((name) => [name, unknownSection(reason, detail)])) as unknown as DraftSections;
}

/** Reads objects into a section. */
function readSection<K extends ObjectSectionName>(name: K, objects: readonly PowerShellObject[], certainty: Certainty, complete: boolean): Section<SectionItems[K]> {
  const readers = itemReaders[name] as ItemReaders<SectionItems[K]>;
  return { state: "read", items: objects.map((object) => readItem(readers, object)), certainty, complete };
}

/** Puts a section read from objects into its place. */
export function setSection(sections: DraftSections, name: ObjectSectionName, objects: readonly PowerShellObject[], certainty: Certainty, complete: boolean): void {
  Object.assign(sections, { [name]: readSection(name, objects, certainty, complete) });
}

/** The objects of one noun of a bundle, or why there are none to read. */
export function objectsOfNoun(value: PowerShellValue): readonly PowerShellObject[] | Extract<Section<never>, { state: "unknown" }> {
  if (value.kind === "null") return { state: "unknown", reason: "not-collected", detail: "the bundle has null here, which may be an empty result or none at all" };
  if (value.kind !== "object") return notObjects(value);
  const error = value.properties.get("collectorerror");
  if (error !== undefined) return { state: "unknown", reason: "not-collected", detail: `the collector could not read it: ${error.kind === "scalar" ? excerpt(error.text) : "no reason given"}` };
  const objects: PowerShellObject[] = [];
  for (const item of value.items ?? [value]) {
    if (item.kind !== "object" || item.items !== undefined || item.properties.size === 0) return notObjects(item);
    objects.push(item);
  }
  return objects;
}

function notObjects(value: PowerShellValue): Extract<Section<never>, { state: "unknown" }> {
  const isText = (value.kind === "scalar" && value.type === "string") || (value.kind === "object" && value.items === undefined && value.text !== undefined);
  if (isText) return { state: "unknown", reason: "truncated", detail: "text stands where objects were expected: the export was made with too little -Depth" };
  return { state: "unknown", reason: "malformed", detail: `objects were expected, ${describeValue(value)} was found` };
}
