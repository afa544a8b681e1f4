import type { PowerShellObject, PowerShellValue } from "./powershell-value.ts";
import type { XmlElement } from "./xml-element.ts";

const text = (value: string): PowerShellValue => ({ kind: "scalar", type: "string", text: value });
const list = (items: readonly PowerShellValue[]): PowerShellObject => ({ kind: "object", typeNames: [], text: undefined, properties: new Map(), items });

/**
 * A payload of the store as the object that its cmdlet would show: attributes are properties, child elements are lists under their own name. A child that
 * only holds further elements is the list itself.
 */
export function payloadObject(element: XmlElement): PowerShellObject {
  const properties = new Map<string, PowerShellValue>();
  for (const [name, value] of element.attributes) properties.set(name.toLowerCase(), text(value));
  for (const [local, children] of Map.groupBy(element.children, ({ local }) => local.toLowerCase())) {
    const [only, ...more] = children;
    const container = more.length === 0 && only !== undefined && only.attributes.size === 0 && only.text.trim() === "" ? only : undefined;
    properties.set(local, list((container?.children ?? children).map(payloadPart)));
  }
  return { kind: "object", typeNames: [element.local], text: undefined, properties, items: undefined };
}

function payloadPart(element: XmlElement): PowerShellValue {
  return element.attributes.size === 0 && element.children.length === 0 ? text(element.text.trim()) : payloadObject(element);
}

/** The same object with an Identity. */
export function withIdentity(object: PowerShellObject, identity: string): PowerShellObject {
  return { ...object, properties: new Map([...object.properties, ["identity", text(identity)]]) };
}
