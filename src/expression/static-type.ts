import type { FactType } from "../model/fact-type.ts";
import type { KindName } from "../model/kinds.ts";
import type { RecordName } from "../model/kinds/records.ts";

/** The type of an expression as the checker sees it. `values` of a string are the only ones it can have; `never` is the element of an empty list. */
export type StaticType =
  | { readonly is: "string"; readonly values?: readonly string[] }
  | { readonly is: "int" | "bool" | "timestamp" | "duration" | "never" }
  | { readonly is: "subject"; readonly kind: KindName }
  | { readonly is: "record"; readonly record: RecordName }
  | { readonly is: "list" | "optional"; readonly of: StaticType };

/** A string of any content. */
export const stringType: StaticType = { is: "string" };
/** A list of strings. */
export const stringListType: StaticType = { is: "list", of: stringType };

/** The static type of a fact's or field's value. */
export function staticTypeOf(type: FactType, optional = false): StaticType {
  const value = valueType(type);
  return optional ? { is: "optional", of: value } : value;
}

function valueType(type: FactType): StaticType {
  switch (type.type) {
    case "enum":
      return { is: "string", values: type.values };
    case "ref":
      return { is: "subject", kind: type.kind as KindName };
    case "record":
      return { is: "record", record: type.record as RecordName };
    case "list":
      return { is: "list", of: valueType(type.of) };
    default:
      return { is: type.type };
  }
}

/** The name of a type in CEL declarations: `list<umDialPlan>`. */
export function celTypeName(type: StaticType): string {
  switch (type.is) {
    case "subject":
      return type.kind;
    case "record":
      return type.record;
    case "list":
    case "optional":
      return `${type.is}<${celTypeName(type.of)}>`;
    case "timestamp":
      return "google.protobuf.Timestamp";
    case "duration":
      return "google.protobuf.Duration";
    case "never":
      return "T";
    default:
      return type.is;
  }
}

/** A type as people read it in an error: `optional<timestamp>`. */
export function typeInWords(type: StaticType): string {
  return celTypeName(type).replaceAll("google.protobuf.Timestamp", "timestamp").replaceAll("google.protobuf.Duration", "duration").replaceAll(/\bT\b/gu, "nothing");
}

/** The type of a value that is either of two, or undefined where there is none. */
export function unify(a: StaticType, b: StaticType): StaticType | undefined {
  if (a.is === "never") return b;
  if (b.is === "never") return a;
  switch (a.is) {
    case "string":
      if (b.is !== "string") return undefined;
      return a.values !== undefined && b.values !== undefined ? { is: "string", values: [...new Set([...a.values, ...b.values])] } : stringType;
    case "subject":
      return b.is === "subject" && a.kind === b.kind ? a : undefined;
    case "record":
      return b.is === "record" && a.record === b.record ? a : undefined;
    case "list":
    case "optional": {
      if (b.is !== a.is) return undefined;
      const of = unify(a.of, b.of);
      return of === undefined ? undefined : { is: a.is, of };
    }
    default:
      return a.is === b.is ? a : undefined;
  }
}

/** The strings that a value of the type can hold, through lists and optionals; undefined: any. */
export function possibleStrings(type: StaticType): readonly string[] | undefined {
  if (type.is === "list" || type.is === "optional") return possibleStrings(type.of);
  return type.is === "string" ? type.values : undefined;
}

/** Whether something of the type contains an empty-list element whose type nothing determines. */
export function isUndetermined(type: StaticType): boolean {
  return type.is === "never" || ((type.is === "list" || type.is === "optional") && isUndetermined(type.of));
}

/** The type without lists and optionals around it. */
export function innermost(type: StaticType): StaticType {
  return type.is === "list" || type.is === "optional" ? innermost(type.of) : type;
}
