import type { AttributeType } from "./schema/schema.ts";
import { dnKey, parseDn, textKey } from "./distinguished-name.ts";
import { guidBytes, guidText, sidBytes, sidText } from "./identifiers.ts";
import type { Directory, Node, Value } from "./node.ts";

/** A value as text; bytes are taken for UTF-8. */
export function asText(value: Value): string {
  return typeof value === "string" ? value : Buffer.from(value).toString("utf8");
}

function asHex(value: Value): string {
  return (typeof value === "string" ? Buffer.from(value, "utf8") : Buffer.from(value)).toString("hex");
}

/** Decimal text without leading zeros, or undefined where it is no number of at most 20 digits. */
function integerKey(text: string): string | undefined {
  return /^[+-]?\d{1,20}$/u.test(text.trim()) ? BigInt(text.trim().replace("+", "")).toString() : undefined;
}

/** A form under which values that the directory holds to be equal are equal. */
export function valueKey(type: AttributeType, value: Value): string {
  switch (type.syntax) {
    case "string":
    case "oid":
    case "time":
    case "dnbin":
      return asText(value).toLowerCase();
    case "int":
    case "int64":
      return integerKey(asText(value)) ?? asText(value);
    case "bool":
      return asText(value).toUpperCase();
    case "dn":
      return textKey(asText(value));
    case "octet":
    case "sid":
    case "sd":
      return asHex(value);
    default:
      return type.syntax satisfies never;
  }
}

/** Finds a node by distinguished name, `<SID=…>` or `<GUID=…>` ([MS-ADTS] section 3.1.1.3.1.2.4). */
export function nodeByName(directory: Directory, name: string): Node | undefined {
  const [, kind, id = ""] = /^<(SID|GUID)=([^<>]{1,200})>$/iu.exec(name.trim()) ?? [];
  if (kind === undefined) {
    const rdns = parseDn(name);
    return rdns === undefined ? undefined : directory.byKey.get(dnKey(rdns));
  }
  const hex = /^(?:[0-9a-f]{2})+$/iu.test(id) ? Buffer.from(id, "hex") : undefined;
  if (kind.toUpperCase() === "SID") return directory.bySid.get(hex === undefined ? id.toUpperCase() : (sidText(hex) ?? ""));
  const bytes = hex?.length === 16 ? hex : guidBytes(id);
  return bytes === undefined ? undefined : directory.byGuid.get(guidText(bytes));
}

/** The key that an assertion of a filter looks for; undefined where it is no value of the syntax. */
export function assertionKey(directory: Directory, type: AttributeType, asserted: Buffer): string | undefined {
  const text = asserted.toString("utf8");
  switch (type.syntax) {
    case "int":
    case "int64":
      return integerKey(text);
    case "bool":
      return /^(?:TRUE|FALSE)$/iu.test(text) ? text.toUpperCase() : undefined;
    case "sid":
      return sidBytes(text)?.toString("hex") ?? asserted.toString("hex");
    case "dn":
      // a class name stands for the category of that class ([MS-ADTS] section 3.1.1.3.1.3)
      if (type.name === "objectCategory" && !text.includes("=")) return categoryKey(directory, text);
      return nodeByName(directory, text)?.key ?? textKey(text);
    case "string":
    case "oid":
    case "time":
    case "dnbin":
    case "octet":
    case "sd":
      return valueKey(type, asserted);
    default:
      return type.syntax satisfies never;
  }
}

/** Common name of the schema object of an attribute or a class: words of the display name joined by hyphens. */
export function schemaName(displayName: string): string {
  if (displayName.startsWith("msRTCSIP-")) return displayName.replace("msRTCSIP-", "ms-RTC-SIP-");
  const words = displayName.replaceAll(/([a-z0-9])([A-Z])/gu, "$1-$2").replaceAll(/([A-Z]+)([A-Z][a-z])/gu, "$1-$2");
  return words.startsWith("ms-") ? words : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** Common name of the class object that instances of a class name as their category. */
export function categoryName(className: string): string {
  return ["user", "contact", "inetOrgPerson", "organizationalPerson"].includes(className) ? "Person" : schemaName(className);
}

function categoryKey(directory: Directory, className: string): string | undefined {
  const found = directory.schema.classes.get(className.toLowerCase());
  return found === undefined ? undefined : textKey(`CN=${categoryName(found.name)},${directory.contexts.schema}`);
}
