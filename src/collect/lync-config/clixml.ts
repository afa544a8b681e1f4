import type { PowerShellObject, PowerShellValue, ScalarType } from "./powershell-value.ts";
import type { XmlElement } from "./xml-element.ts";

/** Turns the elements of one CLIXML document into values; TNRef and Ref look back over all elements given to it before. */
export interface ClixmlConverter {
  /** Undefined where the values, shared ones counted at each reference, exceed the limit. */
  readonly convert: (element: XmlElement) => PowerShellValue | undefined;
}

/** Scalar elements of CLIXML ([MS-PSRP] 2.2.5.1); secure strings (SS) and byte arrays (BA) are never kept. */
const scalarTypes: ReadonlyMap<string, ScalarType> = new Map([
  ...["S", "C", "URI", "Version", "G", "XD", "SBK"].map((tag): [string, ScalarType] => [tag, "string"]),
  ...["By", "SB", "U16", "I16", "U32", "I32", "U64", "I64", "Sg", "Db", "D"].map((tag): [string, ScalarType] => [tag, "number"]),
  ["B", "boolean"],
  ["DT", "date"],
  ["TS", "duration"],
]);

const listTags = new Set(["LST", "IE", "STK", "QUE"]);
/** Added by remoting, not part of the object. */
const remotingProperties = new Set(["pscomputername", "psshowcomputername", "runspaceid"]);

/** Undoes `_xHHHH_`, by which PowerShell writes control characters, halves of surrogate pairs and an underscore that could be mistaken ([MS-PSRP] 2.2.5.3.2). */
function unescapeClixml(text: string): string {
  return text.includes("_x") ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;
}

function plainTypeName(name: string): string {
  return name.replace(/^(?:Deserialized\.)+/, "").replace(/#.*$/s, "");
}

class TooManyValues extends Error {}

interface Weighed {
  readonly value: PowerShellValue;
  /** Values in it, itself included, shared ones counted at each reference. */
  readonly weight: number;
}

/** What earlier elements of the document defined, and how much of the limit is spent. */
interface Conversion {
  readonly types: Map<string, readonly string[]>;
  readonly objects: Map<string, Weighed>;
  readonly maxValues: number;
  spent: number;
}

/** An object of which the members are still being read. */
interface DraftObject {
  readonly parts: Weighed[];
  readonly properties: Map<string, PowerShellValue>;
  typeNames: readonly string[];
  text: string | undefined;
  items: PowerShellObject["items"];
}

/** Starts a converter for one document. */
export function createClixmlConverter(maxValues: number): ClixmlConverter {
  const conversion: Conversion = { types: new Map(), objects: new Map(), maxValues, spent: 0 };
  return {
    convert(element) {
      try {
        return convertElement(conversion, element).value;
      } catch (error) {
        if (error instanceof TooManyValues) return undefined;
        throw error;
      }
    },
  };
}

function spend(conversion: Conversion, values: number): void {
  conversion.spent += values;
  if (conversion.spent > conversion.maxValues) throw new TooManyValues();
}

function weighed(conversion: Conversion, value: PowerShellValue, parts: readonly Weighed[] = []): Weighed {
  spend(conversion, 1);
  return { value, weight: parts.reduce((sum, part) => sum + part.weight, 1) };
}

function convertElement(conversion: Conversion, element: XmlElement): Weighed {
  if (element.local === "Nil") return weighed(conversion, { kind: "null" });
  if (element.local === "Ref") return convertReference(conversion, element.attributes.get("RefId") ?? "");
  if (element.local === "Obj") return convertObject(conversion, element);
  if (listTags.has(element.local)) return convertList(conversion, element);
  const type = scalarTypes.get(element.local) ?? "other";
  return weighed(conversion, { kind: "scalar", type, text: type === "other" ? "" : unescapeClixml(element.text) });
}

/** A reference to an object that is not finished can only come from inside it. */
function convertReference(conversion: Conversion, id: string): Weighed {
  const target = conversion.objects.get(id);
  if (target === undefined) return weighed(conversion, { kind: "cycle" });
  spend(conversion, target.weight);
  return target;
}

function convertList(conversion: Conversion, element: XmlElement): Weighed {
  const parts = element.children.map((child) => convertElement(conversion, child));
  return weighed(conversion, { kind: "object", typeNames: [], text: undefined, properties: new Map(), items: parts.map(({ value }) => value) }, parts);
}

function convertObject(conversion: Conversion, element: XmlElement): Weighed {
  const id = element.attributes.get("RefId");
  // Numbering may start anew with each top-level object: what an open object encloses must not find an older namesake.
  if (id !== undefined) conversion.objects.delete(id);
  const draft: DraftObject = { parts: [], properties: new Map(), typeNames: [], text: undefined, items: undefined };
  for (const member of element.children) addMember(conversion, draft, member);
  const { parts, properties, typeNames, text, items } = draft;
  const result = weighed(conversion, { kind: "object", typeNames, text, properties, items }, parts);
  if (id !== undefined) conversion.objects.set(id, result);
  return result;
}

function addMember(conversion: Conversion, draft: DraftObject, member: XmlElement): void {
  if (member.local === "TN" || member.local === "TNRef") draft.typeNames = typeNamesOf(conversion, member);
  else if (member.local === "ToString") draft.text = unescapeClixml(member.text);
  else if (member.local === "Props" || member.local === "MS") {
    for (const property of member.children) addProperty(conversion, draft, property.attributes.get("N") ?? "", property);
  } else if (member.local === "DCT") {
    for (const entry of member.children) addEntry(conversion, draft, entry);
  } else if (listTags.has(member.local)) {
    const list = convertList(conversion, member);
    draft.parts.push(list);
    if (list.value.kind === "object") draft.items = list.value.items;
  } else if (scalarTypes.has(member.local)) draft.text ??= unescapeClixml(member.text);
}

function addProperty(conversion: Conversion, draft: DraftObject, name: string, element: XmlElement): void {
  const key = unescapeClixml(name).toLowerCase();
  if (remotingProperties.has(key)) return;
  const part = convertElement(conversion, element);
  draft.parts.push(part);
  draft.properties.set(key, part.value);
}

/** An entry of a dictionary becomes a property: hashtables are how scripts often build their result. */
function addEntry(conversion: Conversion, draft: DraftObject, entry: XmlElement): void {
  const part = (name: string): XmlElement | undefined => entry.children.find((child) => child.attributes.get("N") === name);
  const [key, value] = [part("Key"), part("Value")];
  if (key !== undefined && value !== undefined) addProperty(conversion, draft, key.text, value);
}

function typeNamesOf(conversion: Conversion, element: XmlElement): readonly string[] {
  const id = element.attributes.get("RefId") ?? "";
  if (element.local === "TNRef") return conversion.types.get(id) ?? [];
  const names = element.children.filter((child) => child.local === "T").map((child) => plainTypeName(unescapeClixml(child.text.trim())));
  conversion.types.set(id, names);
  return names;
}
