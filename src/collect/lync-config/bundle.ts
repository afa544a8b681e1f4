import { excerpt, known, valueOf } from "./field.ts";
import type { FileContent } from "./file-content.ts";
import { parseMoment } from "./field-readers.ts";
import type { ReadLimits } from "./limits.ts";
import { sectionOfNoun, sectionOfObject } from "./nouns.ts";
import type { ObjectSectionName } from "./item-readers.ts";
import type { PowerShellObject, PowerShellValue } from "./powershell-value.ts";
import { objectsOfNoun, setSection, unknownSection, unknownSections } from "./sections.ts";
import type { DraftSections } from "./sections.ts";
import { setTopology, takeSipDomains } from "./topology-section.ts";
import { publishedShape } from "./topology-shapes.ts";
import type { LyncConfigurationProblem } from "./types.ts";
import { readXmlText } from "./xml-reader.ts";

/** Properties of our exports whose documentation lists them only in part. */
const inferredSections: ReadonlySet<string> = new Set<ObjectSectionName>(["exUmContacts", "simpleUrls"]);

/** Whether an object is a collector bundle: it says which version of the bundle's schema it follows. */
export function isBundle(value: PowerShellValue): value is PowerShellObject {
  return value.kind === "object" && value.properties.has("schemaversion");
}

/** Reads a collector bundle; `repeated` are nouns that the file has more than once, which makes each of them worthless. */
export function readBundle(bundle: PowerShellObject, limits: ReadLimits, repeated: ReadonlySet<string> = new Set()): FileContent {
  const version = bundle.properties.get("schemaversion");
  if (version?.kind !== "scalar" || version.text.trim() !== "1") {
    const detail = `the bundle has schemaVersion ${version?.kind === "scalar" ? excerpt(version.text) : "of no readable form"}; this program reads version 1`;
    return { sections: unknownSections("unsupported", detail), problems: [{ severity: "error", message: detail }] };
  }
  const sections = unknownSections("not-collected", "the bundle does not hold it");
  const problems: LyncConfigurationProblem[] = [];
  for (const [name, value] of bundle.properties) {
    const noun = name.replace(/^get-/, "");
    const section = sectionOfNoun.get(noun.startsWith("cs") ? noun : `cs${noun}`);
    if (section === undefined) continue;
    if (repeated.has(name)) Object.assign(sections, { [section]: unknownSection("malformed", "the bundle holds it more than once") });
    else if (section === "topology") readTopologyText(value, sections, limits);
    else readNoun(section, value, sections);
    const result = sections[section];
    if (result.state === "unknown") problems.push({ severity: "warning", message: `${excerpt(name)}: ${result.detail}` });
  }
  if (sections.sipDomains.state === "unknown" && sections.topology.state === "read") takeSipDomains(sections);
  const exportedAt = exportTime(bundle, problems);
  return { sections, problems, ...(exportedAt === undefined ? {} : { exportedAt }) };
}

function readNoun(section: ObjectSectionName, value: PowerShellValue, sections: DraftSections): void {
  const objects = objectsOfNoun(value);
  if ("state" in objects) Object.assign(sections, { [section]: objects });
  else setSection(sections, section, objects, inferredSections.has(section) ? "inferred" : "confirmed", true);
}

function exportTime(bundle: PowerShellObject, problems: LyncConfigurationProblem[]): string | undefined {
  const value = bundle.properties.get("exportedat");
  if (value?.kind !== "scalar") return undefined;
  const time = valueOf(parseMoment(value.text.trim()));
  if (time === undefined) problems.push({ severity: "warning", message: "exportedAt is no moment in time and is left out" });
  return time;
}

/** The topology is XML as text: a string, or a list whose only element is one. */
function readTopologyText(value: PowerShellValue, sections: DraftSections, limits: ReadLimits): void {
  const only = value.kind === "object" && value.items?.length === 1 ? value.items[0] : value;
  if (only?.kind !== "scalar" || only.type !== "string") {
    const objects = objectsOfNoun(value);
    sections.topology = "state" in objects && objects.reason === "not-collected" ? objects : unknownSection("unsupported", "the topology is not the XML text of Get-CsTopology -AsXml");
    return;
  }
  const outcome = readXmlText(only.text.trimStart(), limits);
  if (!outcome.ok) sections.topology = unknownSection(outcome.reason, `the topology cannot be read: ${outcome.detail}`);
  else if (outcome.root.local === "Topology") setTopology(sections, publishedShape(outcome.root), known(true));
  else sections.topology = unknownSection("unsupported", `the topology's root element is ${excerpt(outcome.root.local)}, not Topology`);
}

/** Reads plain Export-Clixml objects, each known by its type. They may be a selection, so no section is complete. */
export function readPlainObjects(values: readonly PowerShellValue[], limits: ReadLimits): FileContent {
  const found = new Map<ObjectSectionName, PowerShellObject[]>();
  const strangers = new Set<string>();
  const sections = unknownSections("not-collected", "the file does not hold it");
  for (const value of values) {
    const section = value.kind === "object" ? sectionOfObject(value) : undefined;
    if (value.kind === "object" && section !== undefined) appendTo(found, section, value);
    else if (value.kind === "scalar" && value.type === "string" && /^\s*</.test(value.text)) readTopologyText(value, sections, limits);
    else if (strangers.size < 10) strangers.add(value.kind === "object" ? (value.typeNames[0] ?? "an object without a type") : "a plain value");
  }
  for (const [section, objects] of found) setSection(sections, section, objects, inferredSections.has(section) ? "inferred" : "confirmed", false);
  if (sections.topology.state === "read") takeSipDomains(sections);
  const problems: LyncConfigurationProblem[] = [];
  if (values.length === 0) problems.push({ severity: "warning", message: "The CLIXML file holds no objects; which cmdlet returned nothing cannot be told." });
  if (strangers.size > 0) problems.push({ severity: "warning", message: `Objects that are not read: ${[...strangers].map(excerpt).join(", ")}.` });
  return { sections, problems };
}

function appendTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
