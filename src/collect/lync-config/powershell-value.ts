/**
 * A value as PowerShell serialises it, whether it came from CLIXML, JSON or an XML payload of the store. Objects keep their ToString text; collections are
 * objects with `items`. Property names are in lower case, as PowerShell does not tell case apart.
 */
export type PowerShellValue =
  | { readonly kind: "null" }
  | { readonly kind: "scalar"; readonly type: ScalarType; readonly text: string }
  | PowerShellObject
  /** A reference to an object that contains it, or to none. */
  | { readonly kind: "cycle" };

/** What a scalar was written as; `other` is binary data, secure strings and the like, whose text is never kept. */
export type ScalarType = "string" | "boolean" | "number" | "date" | "duration" | "other";

/** An object or a collection. */
export interface PowerShellObject {
  readonly kind: "object";
  /** Type names, most derived first, without `Deserialized.` and `#Decorated`. */
  readonly typeNames: readonly string[];
  readonly text: string | undefined;
  readonly properties: ReadonlyMap<string, PowerShellValue>;
  readonly items: readonly PowerShellValue[] | undefined;
}

/** What a value is, in words for a message. */
export function describeValue(value: PowerShellValue): string {
  if (value.kind === "null") return "null";
  if (value.kind === "cycle") return "a reference that leads nowhere";
  if (value.kind === "scalar") return value.type === "other" ? "binary data" : `a ${value.type}`;
  return value.items === undefined ? "an object" : "a list";
}
