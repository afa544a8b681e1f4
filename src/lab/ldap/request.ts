import { type Element, ProtocolError, elements, integerOf, onlyElement, textOf } from "./ber.ts";
import { type Filter, decodeFilter } from "./filter.ts";

/** A control of a request (RFC 4511 section 4.1.11). */
export interface Control {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Buffer | undefined;
}

/** A search request (RFC 4511 section 4.5.1); 0 in a limit means none. */
export interface SearchRequest {
  readonly type: "search";
  readonly base: string;
  readonly scope: "base" | "one" | "sub";
  readonly sizeLimit: number;
  readonly timeLimitSeconds: number;
  readonly typesOnly: boolean;
  readonly filter: Filter;
  readonly attributes: readonly string[];
}

/** A bind request: name and password, or a SASL mechanism. */
export interface BindRequest {
  readonly type: "bind";
  readonly version: number;
  readonly name: string;
  readonly password: string | undefined;
  readonly mechanism: string | undefined;
}

/** What a client may send. `write` is any operation that would change the directory; `response` is its answer's tag. */
export type Operation =
  | BindRequest
  | SearchRequest
  | { readonly type: "unbind" }
  | { readonly type: "abandon" }
  | { readonly type: "compare"; readonly dn: string; readonly attribute: string; readonly value: Buffer }
  | { readonly type: "extended"; readonly oid: string; readonly value: Buffer | undefined }
  | { readonly type: "write"; readonly response: number };

/** One request with its number and controls. */
export interface Request {
  readonly id: number;
  readonly operation: Operation;
  readonly controls: readonly Control[];
}

function bind(body: Buffer): BindRequest {
  const [version, name, choice] = elements(body);
  const common = { type: "bind", version: integerOf(version), name: textOf(name) } as const;
  if (choice?.tag === 0x80) return { ...common, password: choice.body.toString("utf8"), mechanism: undefined };
  if (choice?.tag === 0xa3) return { ...common, password: undefined, mechanism: textOf(elements(choice.body)[0]) };
  throw new ProtocolError("bind method not known");
}

function search(body: Buffer): SearchRequest {
  const [base, scope, , size, time, typesOnly, filter, attributes] = elements(body);
  const scopes = ["base", "one", "sub"] as const;
  const wanted = scopes[integerOf(scope)];
  if (wanted === undefined || filter === undefined || attributes === undefined) throw new ProtocolError("search not understood");
  return {
    type: "search",
    base: textOf(base),
    scope: wanted,
    sizeLimit: integerOf(size),
    timeLimitSeconds: integerOf(time),
    typesOnly: integerOf(typesOnly) !== 0,
    filter: decodeFilter(filter),
    attributes: elements(attributes.body).map(textOf),
  };
}

function compare(body: Buffer): Operation {
  const [dn, assertion] = elements(body);
  const [attribute, value] = elements(assertion?.body ?? Buffer.alloc(0));
  if (value === undefined) throw new ProtocolError("compare not understood");
  return { type: "compare", dn: textOf(dn), attribute: textOf(attribute), value: value.body };
}

function extended(body: Buffer): Operation {
  const [oid, value] = elements(body);
  return { type: "extended", oid: textOf(oid), value: value?.body };
}

function operation(element: Element): Operation {
  switch (element.tag) {
    case 0x60:
      return bind(element.body);
    case 0x42:
      return { type: "unbind" };
    case 0x50:
      return { type: "abandon" };
    case 0x63:
      return search(element.body);
    case 0x6e:
      return compare(element.body);
    case 0x77:
      return extended(element.body);
    case 0x66: // modify
    case 0x68: // add
    case 0x6c: // modify DN
      return { type: "write", response: element.tag + 1 };
    case 0x4a: // delete, whose answer is constructed
      return { type: "write", response: 0x6b };
    default:
      throw new ProtocolError("operation not known");
  }
}

function control(element: Element): Control {
  const [oid, ...rest] = elements(element.body);
  const value = rest.find(({ tag }) => tag === 0x04)?.body;
  return { oid: textOf(oid), critical: rest.some(({ tag, body }) => tag === 0x01 && body[0] !== 0), value };
}

/** Decodes one message. @throws {@link ProtocolError} */
export function decodeRequest(message: Buffer): Request {
  const [id, body, ...rest] = elements(onlyElement(message).body);
  if (body === undefined) throw new ProtocolError("no operation");
  const controls = rest.find(({ tag }) => tag === 0xa0);
  return { id: integerOf(id), operation: operation(body), controls: controls === undefined ? [] : elements(controls.body).map(control) };
}
