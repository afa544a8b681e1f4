import { excerpt } from "./field.ts";
import type { ObjectSectionName } from "./item-readers.ts";
import { payloadObject, withIdentity } from "./payload-object.ts";
import type { PowerShellObject } from "./powershell-value.ts";
import { childOf, childrenOf, countElements, outermost } from "./xml-element.ts";
import type { XmlElement } from "./xml-element.ts";

/** Where a stored item applies, as far as its key says; sites and services are numbers that only the topology can name. */
export type Anchor =
  | { readonly kind: "global" }
  | { readonly kind: "site"; readonly siteId: string }
  | { readonly kind: "service"; readonly serviceId: string; readonly role: string }
  | { readonly kind: "user"; readonly name: string }
  | { readonly kind: "none" };

/** One configuration object found in store XML; objects that carry their own name have no anchor. */
export interface StoredObject {
  readonly section: ObjectSectionName;
  readonly anchor: Anchor;
  readonly object: PowerShellObject;
}

/** What one document of the store held. */
export interface StoredDocument {
  readonly objects: readonly StoredObject[];
  /** Sections of which the document speaks, even if it has no item. */
  readonly sections: readonly ObjectSectionName[];
  readonly topologies: readonly XmlElement[];
  /** Local names of payloads that nobody reads. */
  readonly strangers: readonly string[];
  /** Elements that the objects and topologies keep alive. */
  readonly size: number;
}

/** Payload elements of the store by local name; their attributes are inferred from the cmdlets' properties. */
const sectionOfPayload: ReadonlyMap<string, ObjectSectionName> = new Map<string, ObjectSectionName>([
  ["LocationProfile", "dialPlans"],
  ["MediaSettings", "mediaConfigurations"],
  ["VoicePolicy", "voicePolicies"],
  ["PstnUsages", "pstnUsages"],
  ["TrunkConfiguration", "trunkConfigurations"],
  ["HostedVoicemailPolicy", "hostedVoicemailPolicies"],
  ["AccessEdgeSettings", "accessEdgeConfiguration"],
  ["UcPhoneSettings", "ucPhoneConfigurations"],
  ["VoicemailReroutingConfiguration", "voicemailRerouting"],
  ["SimpleUrlConfiguration", "simpleUrls"],
]);

/** Payloads that are lists, and the section of their children. */
const sectionOfList: ReadonlyMap<string, ObjectSectionName> = new Map<string, ObjectSectionName>([
  ["PstnRoutingSettings", "voiceRoutes"],
  ["HostingProviders", "hostingProviders"],
  ["PublicProviders", "publicProviders"],
]);

/** Payloads that are one element of such a list, as `.Element` files hold them. */
const sectionOfNamed: ReadonlyMap<string, ObjectSectionName> = new Map<string, ObjectSectionName>([
  ["Route", "voiceRoutes"],
  ["HostingProvider", "hostingProviders"],
  ["DisplayHostingProvider", "hostingProviders"],
  ["PublicProvider", "publicProviders"],
  ["DisplayPublicProvider", "publicProviders"],
]);

/** Whether an element is something that {@link readStoredDocument} knows. */
export function isStoreElement(local: string): boolean {
  return local === "AnchoredXml" || local === "Topology" || sectionOfPayload.has(local) || sectionOfList.has(local) || sectionOfNamed.has(local);
}

/**
 * The wrappers and topologies in an element, at any depth; where there are none, bare payloads, but no deeper than `DocItem/Data/payload`, as names such as
 * PstnUsages also occur inside other payloads.
 */
export function storeElementsIn(element: XmlElement): readonly XmlElement[] {
  const wrapped = outermost(element, ({ local }) => local === "AnchoredXml" || local === "Topology");
  if (wrapped.length > 0) return wrapped;
  const levels = [[element], element.children, element.children.flatMap(({ children }) => children)];
  return levels.map((level) => level.filter(({ local }) => isStoreElement(local))).find((found) => found.length > 0) ?? [];
}

/** Reads a document of the store: payloads, bare or in their AnchoredXml wrapper. */
export function readStoredDocument(element: XmlElement): StoredDocument {
  const [objects, sections, topologies, strangers]: [StoredObject[], ObjectSectionName[], XmlElement[], string[]] = [[], [], [], []];
  let size = 0;
  const readPayload = (payload: XmlElement, anchor: Anchor): void => {
    if (isStoreElement(payload.local)) size += countElements(payload);
    const list = sectionOfList.get(payload.local);
    const section = list ?? sectionOfPayload.get(payload.local) ?? sectionOfNamed.get(payload.local);
    if (payload.local === "Topology") topologies.push(payload);
    else if (section === undefined) strangers.push(excerpt(payload.local));
    else {
      sections.push(section);
      if (list !== undefined) for (const child of payload.children) objects.push(namedObject(list, child));
      else objects.push(sectionOfNamed.has(payload.local) ? namedObject(section, payload) : { section, anchor, object: payloadObject(payload) });
    }
  };
  for (const found of storeElementsIn(element)) {
    if (found.local !== "AnchoredXml") {
      readPayload(found, { kind: "none" });
      continue;
    }
    const announced = announcedSection(found);
    if (announced !== undefined) sections.push(announced);
    for (const { anchor, payload } of anchoredPayloads(found)) readPayload(payload, anchor);
  }
  return { objects, sections, topologies, strangers, size };
}

/** Routes and providers are named by an attribute of their own. */
function namedObject(section: ObjectSectionName, element: XmlElement): StoredObject {
  const name = element.attributes.get("ProviderName") ?? element.attributes.get("Name");
  const object = payloadObject(element);
  return { section, anchor: { kind: "none" }, object: name === undefined ? object : withIdentity(object, name) };
}

function announcedSection(anchored: XmlElement): ObjectSectionName | undefined {
  const schema = childOf(childOf(anchored, "Key") ?? anchored, "SchemaId");
  const name = schema?.attributes.get("ElementName") ?? "";
  return sectionOfPayload.get(name) ?? sectionOfList.get(name);
}

function anchoredPayloads(anchored: XmlElement): readonly { readonly anchor: Anchor; readonly payload: XmlElement }[] {
  const scopeClass = childOf(anchored, "Key")?.attributes.get("ScopeClass");
  return childrenOf(anchored, "Dictionary")
    .flatMap((dictionary) => childrenOf(dictionary, "Item"))
    .flatMap((item) => {
      const anchor = readAnchor(scopeClass, childOf(item, "Key"));
      return childrenOf(item, "Value").flatMap((value) => value.children.map((payload) => ({ anchor, payload })));
    });
}

/** Whether the key's parts are attributes or elements is not known for all of them, so both are looked for. */
function readAnchor(scopeClass: string | undefined, key: XmlElement | undefined): Anchor {
  if (scopeClass === "Global") return { kind: "global" };
  if (key === undefined) return { kind: "none" };
  const part = (name: string): string | undefined => {
    const [holder] = outermost(key, (element) => element.attributes.has(name) || element.local === name);
    return holder?.attributes.get(name) ?? (holder?.text.trim() || undefined);
  };
  const [siteId, role, instance, name] = [part("SiteId"), part("RoleName"), part("Instance"), part("Name")];
  if (scopeClass === "Site" && siteId !== undefined) return { kind: "site", siteId };
  if (scopeClass === "Service" && siteId !== undefined && role !== undefined && instance !== undefined) return { kind: "service", serviceId: `${siteId}-${role}-${instance}`, role };
  if (scopeClass === "Tag" && name !== undefined) return { kind: "user", name };
  return { kind: "none" };
}
