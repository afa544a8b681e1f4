import { type Element, ProtocolError, elements, onlyElement, textOf } from "./ber.ts";

/** A decoded search filter (RFC 4511 section 4.5.1.7); assertion values are the bytes sent. */
export type Filter =
  | { readonly type: "and" | "or"; readonly filters: readonly Filter[] }
  | { readonly type: "not"; readonly filter: Filter }
  | { readonly type: "equal" | "greater" | "less"; readonly attribute: string; readonly value: Buffer }
  | { readonly type: "substrings"; readonly attribute: string; readonly initial: Buffer | undefined; readonly any: readonly Buffer[]; readonly final: Buffer | undefined }
  | { readonly type: "present"; readonly attribute: string }
  | { readonly type: "extensible"; readonly rule: string | undefined; readonly attribute: string | undefined; readonly value: Buffer };

const maxDepth = 100;
const maxItems = 5000;

function assertion(type: "equal" | "greater" | "less", body: Buffer): Filter {
  const [attribute, value] = elements(body);
  if (value === undefined) throw new ProtocolError("filter value missing");
  return { type, attribute: textOf(attribute), value: value.body };
}

function substrings(body: Buffer): Filter {
  const [attribute, pieces] = elements(body);
  const found = elements(pieces?.body ?? Buffer.alloc(0));
  const tagged = (tag: number) => found.filter((piece) => piece.tag === tag).map((piece) => piece.body);
  return { type: "substrings", attribute: textOf(attribute), initial: tagged(0x80)[0], any: tagged(0x81), final: tagged(0x82)[0] };
}

function extensible(body: Buffer): Filter {
  const found = elements(body);
  const tagged = (tag: number) => found.find((piece) => piece.tag === tag)?.body;
  const value = tagged(0x83);
  if (value === undefined) throw new ProtocolError("filter value missing");
  return { type: "extensible", rule: tagged(0x81)?.toString("utf8"), attribute: tagged(0x82)?.toString("utf8"), value };
}

/** Decodes a filter of bounded depth and size. @throws {@link ProtocolError} */
export function decodeFilter(element: Element): Filter {
  const budget = { items: maxItems };
  const decode = ({ tag, body }: Element, depth: number): Filter => {
    budget.items -= 1;
    if (depth > maxDepth || budget.items < 0) throw new ProtocolError("filter too large");
    switch (tag) {
      case 0xa0:
        return { type: "and", filters: elements(body).map((inner) => decode(inner, depth + 1)) };
      case 0xa1:
        return { type: "or", filters: elements(body).map((inner) => decode(inner, depth + 1)) };
      case 0xa2:
        return { type: "not", filter: decode(onlyElement(body), depth + 1) };
      case 0xa3:
      case 0xa8: // Active Directory takes "approximately" for "equal"
        return assertion("equal", body);
      case 0xa4:
        return substrings(body);
      case 0xa5:
        return assertion("greater", body);
      case 0xa6:
        return assertion("less", body);
      case 0x87:
        return { type: "present", attribute: body.toString("utf8") };
      case 0xa9:
        return extensible(body);
      default:
        throw new ProtocolError("filter not known");
    }
  };
  return decode(element, 0);
}
