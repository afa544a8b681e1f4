import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { SourcePosition } from "../model/errors.ts";
import { escapePointer, type YamlDocument, type YamlProblem } from "./yaml-document.ts";
import { nearestName } from "../model/nearest-name.ts";
import { shownValue } from "./shown-value.ts";

/** Compiles a JSON Schema. */
export function compileSchema(schema: object): ValidateFunction {
  return new Ajv({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true, strictRequired: false }).compile(schema);
}

/** What a document has against its schema, in sentences with file, line, column, path, value and remedy. */
export function validateYaml(file: string, document: YamlDocument, validate: ValidateFunction): readonly YamlProblem[] {
  if (validate(document.value)) return [];
  const errors = (validate.errors ?? []).filter(({ schemaPath, keyword }) => keyword === "oneOf" || !schemaPath.includes("/oneOf/"));
  // A name that is refused is reported once by its pattern and once more by propertyNames.
  return errors.filter(({ keyword }) => keyword !== "propertyNames").map((error) => problemOf(file, document, error));
}

function problemOf(file: string, document: YamlDocument, error: ErrorObject): YamlProblem {
  const said = describe(error);
  const pointer = said.key === undefined ? error.instancePath : `${error.instancePath}/${escapePointer(said.key)}`;
  const path = pointer === "" ? "the file" : pointer.slice(1).replaceAll("/", ".").replaceAll("~1", "/").replaceAll("~0", "~");
  const problem = { message: `${path}: ${said.message}`, position: positionOf(file, document, pointer) };
  return said.hint === undefined ? problem : { ...problem, hint: said.hint };
}

/** Where a value stands; for an unknown key, the key. */
export function positionOf(file: string, document: Pick<YamlDocument, "positions" | "keys">, pointer: string): SourcePosition {
  const found = document.keys[pointer] ?? document.positions[pointer];
  if (found !== undefined) return { file, line: found.line, column: found.column };
  return pointer === "" ? { file } : positionOf(file, document, pointer.slice(0, pointer.lastIndexOf("/")));
}

interface Said {
  readonly message: string;
  readonly hint?: string;
  /** Key below the value that the error is about. */
  readonly key?: string;
}

function describe(error: ErrorObject): Said {
  const { keyword, data } = error;
  const params = error.params as Readonly<Record<string, unknown>>;
  const schema = (error.parentSchema ?? {}) as Readonly<Record<string, unknown>>;
  if (error.propertyName !== undefined) return { key: error.propertyName, message: `${error.propertyName} cannot be used as a name here.`, hint: typeof schema["description"] === "string" ? `Write ${schema["description"]}.` : `A name fits ${String(params["pattern"])}.` };
  switch (keyword) {
    case "additionalProperties":
      return unknownKey(String(params["additionalProperty"]), Object.keys(schema["properties"] ?? {}));
    case "required":
      return missing(String(params["missingProperty"]), schema);
    case "enum":
      return wrongName(data, (params["allowedValues"] ?? []) as readonly unknown[]);
    case "type":
      return wrongType(data, [params["type"]].flat().map(String), schema);
    case "oneOf":
      return { message: "State exactly one of fail, warn and not-applicable." };
    case "minProperties":
    case "maxProperties":
      return { message: `It has ${Object.keys(data as object).length} entries; it must have ${keyword === "minProperties" ? "at least" : "at most"} ${String(params["limit"])}.` };
    case "pattern":
      return { message: `${shownValue(data)} does not fit ${String(params["pattern"])}.` };
    default:
      return { message: `${shownValue(data)} ${error.message ?? "is refused"}.` };
  }
}

function unknownKey(key: string, known: readonly string[]): Said {
  const nearest = nearestName(key, known);
  return { key, message: `${key} is not known here.`, hint: nearest === undefined ? `Known are: ${known.join(", ")}.` : `Did you mean ${nearest}?` };
}

function missing(key: string, schema: Readonly<Record<string, unknown>>): Said {
  const properties = (schema["properties"] ?? {}) as Readonly<Record<string, { readonly enum?: readonly unknown[] }>>;
  const names = properties[key]?.enum;
  return { message: `${key} is missing.`, ...(names === undefined ? {} : { hint: `There are: ${names.map(String).join(", ")}.` }) };
}

/** Where a mapping is asked for, the value is not repeated: it may be the password that should have been referred to. */
function wrongType(data: unknown, types: readonly string[], schema: Readonly<Record<string, unknown>>): Said {
  if (types.includes("object")) {
    const known = Object.keys(schema["properties"] ?? {});
    return { message: `This is ${Array.isArray(data) ? "a list" : data === null ? "empty" : typeof data === "string" ? "text" : `a ${typeof data}`}; it must be ${types.join(" or ")}.`, ...(known.length === 0 ? {} : { hint: `It holds: ${known.join(", ")}.` }) };
  }
  return { message: `This is ${shownValue(data)}; it must be ${types.join(" or ")}.`, ...(typeof data === "object" ? { hint: "Text that begins with { or [ or holds : or # stands in quotes." } : {}) };
}

function wrongName(data: unknown, allowed: readonly unknown[]): Said {
  const names = allowed.map(String);
  const nearest = typeof data === "string" ? nearestName(data, names) : undefined;
  return { message: `${shownValue(data)} is not one of the names.`, hint: nearest === undefined ? `There are: ${names.join(", ")}.` : `Did you mean ${nearest}?` };
}
