import type { SearchControls } from "./controls.ts";
import { guidText, sidBytes } from "./identifiers.ts";
import { securityGroups, sidOfNode } from "./membership.ts";
import type { Attribute, Directory, Node, Value } from "./node.ts";
import type { Reader } from "./reader.ts";
import type { SentAttribute } from "./response.ts";
import { descriptorPart, encodeDescriptor } from "./security-descriptor.ts";
import { nodeByName } from "./values.ts";

/** Values of one attribute sent at once, as MaxValRange. */
const maxValueRange = 1500;

/** What of an entry a search asks for. */
export interface Selection {
  readonly directory: Directory;
  readonly reader: Reader;
  readonly controls: SearchControls;
  readonly attributes: readonly string[];
  readonly typesOnly: boolean;
  /** True for a base search, which alone gets token groups. */
  readonly single: boolean;
  /** True on the ports of the global catalog. */
  readonly partial: boolean;
}

/** A range that starts behind the last value; the operation fails. */
export class ValueRangeError extends Error {}

function binaryHex(node: Node, attribute: string): string | undefined {
  const value = node.attributes.get(attribute)?.values[0];
  return value === undefined || typeof value === "string" ? undefined : Buffer.from(value).toString("hex");
}

/** A distinguished name as the extended DN control wants it ([MS-ADTS] section 3.1.1.3.4.1.5). */
export function nameOf(selection: Selection, dn: string): string {
  const form = selection.controls.extendedDn;
  const node = form === undefined ? undefined : nodeByName(selection.directory, dn);
  if (node === undefined) return dn;
  const guid = binaryHex(node, "objectguid") ?? "";
  const sid = form === "hex" ? binaryHex(node, "objectsid") : sidOfNode(node);
  return `<GUID=${form === "hex" ? guid : guidText(Buffer.from(guid, "hex"))}>;${sid === undefined ? "" : `<SID=${sid}>;`}${dn}`;
}

function descriptor({ directory, reader, controls }: Selection, node: Node): readonly Value[] {
  // without the control all parts are asked for, and the system list is for administrators only
  const parts = controls.descriptorParts === undefined || controls.descriptorParts === 0 ? 15 : controls.descriptorParts;
  if (!reader.canReadDescriptor(node) || ((parts & descriptorPart.sacl) !== 0 && !reader.administrator)) return [];
  return [encodeDescriptor(`${directory.domainSid}-512`, directory.aces(node), node.source.blocksInheritance ?? false, parts)];
}

function canonicalName(node: Node, directory: Directory): string {
  const names: string[] = [];
  let at: Node | undefined = node;
  for (; at !== undefined && at.dn !== directory.contexts.domain; at = at.parent) names.unshift(String(at.attributes.get("name")?.values[0] ?? ""));
  return `${directory.realm}/${names.join("/")}`;
}

/** Attributes that are computed when asked for by name; undefined for any other name. */
function constructed(selection: Selection, node: Node, name: string): readonly Value[] | undefined {
  const { directory, single } = selection;
  const groups = (globalOnly: boolean) =>
    single
      ? securityGroups(directory, node, globalOnly)
          .map((group) => sidBytes(sidOfNode(group) ?? ""))
          .filter((sid) => sid !== undefined)
      : [];
  switch (name) {
    case "ntsecuritydescriptor":
      return descriptor(selection, node);
    case "tokengroups":
    case "tokengroupsnogcacceptable":
      return groups(false);
    case "tokengroupsglobalanduniversal":
      return groups(true);
    case "canonicalname":
      return [canonicalName(node, directory)];
    case "primarygrouptoken":
      return node.classes.has("group") ? [sidOfNode(node)?.split("-").at(-1) ?? ""] : [];
    default:
      return undefined;
  }
}

/** Applies a range option, or the range that the server sets itself ([MS-ADTS] section 3.1.1.3.1.3.3). */
function ranged(name: string, values: readonly Value[], range: RegExpExecArray | null): readonly SentAttribute[] {
  if (range === null) {
    if (values.length <= maxValueRange) return [{ name, values }];
    return [{ name, values: [] }, { name: `${name};range=0-${maxValueRange - 1}`, values: values.slice(0, maxValueRange) }];
  }
  const low = Number(range[1]);
  if (low >= values.length) throw new ValueRangeError(name);
  const asked = range[2] === "*" ? Infinity : Number(range[2]);
  const end = Math.min(asked + 1, low + maxValueRange, values.length);
  return [{ name: `${name};range=${low}-${end === values.length ? "*" : end - 1}`, values: values.slice(low, end) }];
}

function sent(selection: Selection, { type, values }: Attribute): readonly Value[] {
  return type.syntax === "dn" && selection.controls.extendedDn !== undefined ? values.map((value) => (typeof value === "string" ? nameOf(selection, value) : value)) : values;
}

function readable({ reader, partial }: Selection, node: Node, attribute: Attribute | undefined): attribute is Attribute {
  return attribute !== undefined && (!partial || attribute.type.inGlobalCatalog) && reader.canRead(node, attribute.type);
}

function named(selection: Selection, node: Node, wanted: string): readonly SentAttribute[] {
  const [name = "", ...options] = wanted.split(";");
  const range = /^range=(\d{1,9})-(\d{1,9}|\*)$/iu.exec(options[0] ?? "");
  const computed = constructed(selection, node, name.toLowerCase());
  if (computed !== undefined) {
    const type = selection.directory.schema.attributes.get(name.toLowerCase());
    return computed.length === 0 ? [] : [{ name: type?.name ?? name, values: computed }];
  }
  const attribute = node.attributes.get(name.toLowerCase());
  if (!readable(selection, node, attribute)) return [];
  if (options[0]?.toLowerCase() === "binary") return [{ name: `${attribute.type.name};binary`, values: attribute.values }];
  return ranged(attribute.type.name, sent(selection, attribute), range);
}

function everything(selection: Selection, node: Node): readonly SentAttribute[] {
  const plain = [...node.attributes.values()].filter((attribute) => readable(selection, node, attribute));
  const withDescriptor = selection.controls.descriptorParts === undefined ? [] : named(selection, node, "nTSecurityDescriptor");
  return [...plain.flatMap((attribute) => ranged(attribute.type.name, sent(selection, attribute), null)), ...withDescriptor];
}

/** The attributes of a node that a search gets: those asked for, all for `*` or an empty list, none for `1.1`. @throws {@link ValueRangeError} */
export function selectAttributes(selection: Selection, node: Node): readonly SentAttribute[] {
  const wanted = selection.attributes.length === 0 ? ["*"] : [...new Set(selection.attributes.slice(0, 2000))];
  const found = new Map<string, SentAttribute>();
  for (const name of wanted) {
    for (const attribute of name === "*" ? everything(selection, node) : named(selection, node, name)) found.set(attribute.name, attribute);
  }
  return [...found.values()].map(({ name, values }) => ({ name, values: selection.typesOnly ? [] : values }));
}
