import type { Filter } from "./filter.ts";
import { linkedClosure } from "./link-closure.ts";
import type { Directory, Node } from "./node.ts";
import type { Reader } from "./reader.ts";
import type { AttributeType } from "./schema/schema.ts";
import { asText, assertionKey } from "./values.ts";

/** True, false, or undefined where the filter cannot be decided: RFC 4511 section 4.5.1.7. */
export type Verdict = boolean | undefined;

/** A filter ready to be asked; `candidates`, where known, holds every node that can match. */
export interface CompiledFilter {
  readonly candidates: ReadonlySet<Node> | undefined;
  readonly test: (node: Node, reader: Reader) => Verdict;
}

const none: ReadonlySet<Node> = new Set();
const undecided: CompiledFilter = { candidates: none, test: () => undefined };
const bitAnd = "1.2.840.113556.1.4.803";
const bitOr = "1.2.840.113556.1.4.804";
const inChain = "1.2.840.113556.1.4.1941";
const ambiguousNames = ["displayname", "givenname", "sn", "samaccountname", "name", "proxyaddresses", "legacyexchangedn", "physicaldeliveryofficename", "mailnickname", "msrtcsip-primaryuseraddress"];

function onSet(type: AttributeType, holders: ReadonlySet<Node>): CompiledFilter {
  return { candidates: holders, test: (node, reader) => (reader.canRead(node, type) ? holders.has(node) : undefined) };
}

function onValues(type: AttributeType, matches: (value: string) => boolean): CompiledFilter {
  const key = type.name.toLowerCase();
  return {
    candidates: undefined,
    test: (node, reader) => (reader.canRead(node, type) ? (node.attributes.get(key)?.values.some((value) => matches(asText(value))) ?? false) : undefined),
  };
}

function equality(directory: Directory, type: AttributeType, value: Buffer): CompiledFilter {
  const key = assertionKey(directory, type, value);
  return key === undefined ? undecided : onSet(type, directory.index(type.name.toLowerCase()).get(key) ?? none);
}

function present(directory: Directory, type: AttributeType): CompiledFilter {
  const key = type.name.toLowerCase();
  if (key === "objectclass") return { candidates: undefined, test: () => true };
  return { candidates: undefined, test: (node, reader) => (reader.canRead(node, type) ? node.attributes.has(key) : undefined) };
}

function isNumeric(type: AttributeType): boolean {
  return type.syntax === "int" || type.syntax === "int64";
}

function ordered(type: AttributeType, asserted: Buffer, sign: 1 | -1): CompiledFilter {
  const text = asserted.toString("utf8");
  const folded = text.toLowerCase();
  if (!isNumeric(type)) return onValues(type, (value) => (sign === 1 ? value.toLowerCase() >= folded : value.toLowerCase() <= folded));
  if (!/^-?\d{1,20}$/u.test(text)) return undecided;
  const bound = BigInt(text);
  return onValues(type, (value) => /^-?\d{1,20}$/u.test(value) && (sign === 1 ? BigInt(value) >= bound : BigInt(value) <= bound));
}

function substrings(type: AttributeType, filter: Filter & { type: "substrings" }): CompiledFilter {
  if (type.syntax === "dn" || type.syntax === "sd") return undecided; // as Active Directory, which has no such rule for names
  const fold = (piece: Buffer | undefined) => piece?.toString("utf8").toLowerCase() ?? "";
  const [initial, final, any] = [fold(filter.initial), fold(filter.final), filter.any.map(fold)];
  return onValues(type, (value) => {
    const text = value.toLowerCase();
    if (!text.startsWith(initial) || text.length < initial.length + final.length || !text.endsWith(final)) return false;
    let at = initial.length;
    for (const piece of any) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= text.length - final.length;
  });
}

function extensible(directory: Directory, type: AttributeType, rule: string | undefined, value: Buffer): CompiledFilter {
  if (rule === undefined) return equality(directory, type, value);
  if (rule === inChain) return type.syntax === "dn" ? onSet(type, linkedClosure(directory, type, value.toString("utf8"))) : undecided;
  const text = value.toString("utf8");
  if ((rule !== bitAnd && rule !== bitOr) || !isNumeric(type) || !/^-?\d{1,20}$/u.test(text)) return undecided;
  const mask = BigInt.asUintN(64, BigInt(text));
  return onValues(type, (stored) => {
    if (!/^-?\d{1,20}$/u.test(stored)) return false;
    const common = BigInt.asUintN(64, BigInt(stored)) & mask;
    return rule === bitAnd ? common === mask : common !== 0n;
  });
}

function anyOf(filters: readonly CompiledFilter[]): CompiledFilter {
  const sets = filters.map(({ candidates }) => candidates);
  return {
    candidates: sets.every((set) => set !== undefined) ? new Set(sets.flatMap((set) => [...set])) : undefined,
    test: (node, reader) => {
      let verdict: Verdict = false;
      for (const filter of filters) {
        const one = filter.test(node, reader);
        if (one === true) return true;
        if (one === undefined) verdict = undefined;
      }
      return verdict;
    },
  };
}

function allOf(filters: readonly CompiledFilter[]): CompiledFilter {
  const sets = filters.map(({ candidates }) => candidates).filter((set) => set !== undefined);
  return {
    candidates: sets.sort((a, b) => a.size - b.size)[0],
    test: (node, reader) => {
      let verdict: Verdict = true;
      for (const filter of filters) {
        const one = filter.test(node, reader);
        if (one === false) return false;
        if (one === undefined) verdict = undefined;
      }
      return verdict;
    },
  };
}

function ambiguousName(directory: Directory, value: Buffer): CompiledFilter {
  const types = ambiguousNames.map((name) => directory.schema.attributes.get(name)).filter((type) => type !== undefined);
  return anyOf(types.map((type) => substrings(type, { type: "substrings", attribute: type.name, initial: value, any: [], final: undefined })));
}

function negation({ test }: CompiledFilter): CompiledFilter {
  return {
    candidates: undefined,
    test: (node, reader) => {
      const verdict = test(node, reader);
      return verdict === undefined ? undefined : !verdict;
    },
  };
}

/** Compiles a filter against a directory. An attribute that the schema does not know is never decided. */
export function compileFilter(directory: Directory, filter: Filter): CompiledFilter {
  const typeOf = (name: string | undefined) => directory.schema.attributes.get((name ?? "").replace(/;binary$/iu, "").toLowerCase());
  switch (filter.type) {
    case "and":
      return allOf(filter.filters.map((inner) => compileFilter(directory, inner)));
    case "or":
      return anyOf(filter.filters.map((inner) => compileFilter(directory, inner)));
    case "not":
      return negation(compileFilter(directory, filter.filter));
    case "present": {
      const type = typeOf(filter.attribute);
      return type === undefined ? undecided : present(directory, type);
    }
    case "equal": {
      if (filter.attribute.toLowerCase() === "anr") return ambiguousName(directory, filter.value);
      const type = typeOf(filter.attribute);
      return type === undefined ? undecided : equality(directory, type, filter.value);
    }
    case "substrings": {
      const type = typeOf(filter.attribute);
      return type === undefined ? undecided : substrings(type, filter);
    }
    case "extensible": {
      const type = typeOf(filter.attribute);
      return type === undefined ? undecided : extensible(directory, type, filter.rule, filter.value);
    }
    case "greater":
    case "less": {
      const type = typeOf(filter.attribute);
      return type === undefined ? undecided : ordered(type, filter.value, filter.type === "greater" ? 1 : -1);
    }
    default:
      return filter satisfies never;
  }
}
