import { absent, excerpt, known, unknown } from "./field.ts";
import type { Field } from "./field-types.ts";
import type { ProductGeneration, ServiceGeneration, TopologyPort } from "./topology-types.ts";
import { childOf, childrenOf } from "./xml-element.ts";
import type { XmlElement } from "./xml-element.ts";

/** An attribute as text; one that is not there is unknown, or `otherwise` where the shape allows it to be left out. */
export function attribute(element: XmlElement, name: string, otherwise?: Field<never>): Field<string> {
  const value = element.attributes.get(name);
  return value === undefined ? (otherwise ?? unknown("malformed", `${element.local} has no ${name}`)) : known(value);
}

/** An attribute that is a whole number. */
export function wholeAttribute(element: XmlElement, name: string, otherwise?: Field<never>): Field<number> {
  const value = attribute(element, name, otherwise);
  if (value.state !== "known") return value;
  return /^\d{1,9}$/.test(value.value) ? known(Number(value.value)) : unknown("malformed", `${name} is "${excerpt(value.value)}", not a number`);
}

/** An attribute that is `true` or `false`; unknown where the element itself is missing. */
export function flagAttribute(element: XmlElement | undefined, name: string): Field<boolean> {
  if (element === undefined) return unknown("malformed", `the topology has no ${name} here`);
  const value = attribute(element, name);
  if (value.state !== "known") return value;
  if (value.value === "true" || value.value === "false") return known(value.value === "true");
  return unknown("malformed", `${name} is "${excerpt(value.value)}", neither true nor false`);
}

/** The ports of a service or of a role element. */
export function readPorts(element: XmlElement): Field<readonly TopologyPort[]> {
  const list = childOf(element, "Ports");
  return list === undefined ? unknown("malformed", "the service has no list of ports") : known(childrenOf(list, "Port").map(readPort));
}

function readPort(element: XmlElement): TopologyPort {
  return {
    owner: attribute(element, "Owner"),
    usage: attribute(element, "Usage"),
    interfaceSide: attribute(element, "InterfaceSide"),
    protocol: attribute(element, "Protocol"),
    port: portNumber(wholeAttribute(element, "Port")),
    range: wholeAttribute(element, "Range", absent),
    configuredFqdn: attribute(element, "ConfiguredFqdn", absent),
    configuredPort: portNumber(wholeAttribute(element, "ConfiguredPort", absent)),
  };
}

function portNumber(field: Field<number>): Field<number> {
  return field.state === "known" && field.value > 65_535 ? unknown("malformed", `${field.value} is no port number`) : field;
}

/** ServiceVersion of the products. */
const generations: ReadonlyMap<number, ServiceGeneration> = new Map(
  (["lync-2010", "lync-2013", "skype-2015", "skype-2019"] satisfies ProductGeneration[]).map((product, index) => [5 + index, { product, certainty: index < 2 ? "inferred" : "confirmed" }]),
);

/** The product that a ServiceVersion stands for. */
export function serviceGeneration(version: Field<number>): Field<ServiceGeneration> {
  if (version.state !== "known") return version;
  const generation = generations.get(version.value);
  return generation === undefined ? unknown("unsupported", `ServiceVersion ${version.value} belongs to no known product`) : known(generation);
}
