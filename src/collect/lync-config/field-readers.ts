import { absent, excerpt, known, unknown } from "./field.ts";
import type { Field } from "./field-types.ts";
import type { Scope } from "./items.ts";
import { describeValue } from "./powershell-value.ts";
import type { PowerShellObject, PowerShellValue } from "./powershell-value.ts";
import { parseScope } from "./scope.ts";

/** Reads one field of an item: the property names it may have, and what to make of the value. */
export interface FieldReader<T> {
  readonly names: readonly string[];
  readonly read: (value: PowerShellValue) => Field<T>;
}

/** Readers of all fields of an item. */
export type ItemReaders<T> = { readonly [K in keyof T]: T[K] extends Field<infer V> ? FieldReader<V> : never };

/** Reads an item. A property that the object has not is unknown, whatever the product's default is: another build or a selection may have left it out. */
export function readItem<T>(readers: ItemReaders<T>, object: PowerShellObject): T {
  const entries = Object.entries<FieldReader<unknown>>(readers).map(([field, { names, read }]): [string, Field<unknown>] => {
    const value = names.map((name) => object.properties.get(name.toLowerCase())).find((candidate) => candidate !== undefined);
    if (value === undefined) return [field, unknown("not-collected", `the file has no ${names[0]} for this object`)];
    return [field, value.kind === "null" ? absent : read(value)];
  });
  return Object.fromEntries(entries) as T;
}

function mismatch(expected: string, value: PowerShellValue): Field<never> {
  return unknown("malformed", `${expected} was expected, ${describeValue(value)} was found`);
}

/** The text of a string, of an enumeration or of an object that PowerShell describes by ToString (Identity, host names, addresses). */
function plainText(value: PowerShellValue): string | undefined {
  if (value.kind === "scalar") return value.type === "string" ? value.text : undefined;
  if (value.kind !== "object") return undefined;
  const [only, ...more] = value.items ?? [];
  if (only !== undefined && more.length === 0) return plainText(only);
  return value.items === undefined ? value.text : undefined;
}

/** A text property. */
export function text(...names: readonly string[]): FieldReader<string> {
  return {
    names,
    read(value) {
      const found = plainText(value);
      return found === undefined ? mismatch("text", value) : known(found);
    },
  };
}

/** A yes/no property; `True` as text is accepted, numbers are not. */
export function flag(...names: readonly string[]): FieldReader<boolean> {
  return {
    names,
    read(value) {
      const found = (value.kind === "scalar" && value.type === "boolean" ? value.text : plainText(value))?.trim().toLowerCase();
      if (found === "true" || found === "false") return known(found === "true");
      return found === undefined ? mismatch("true or false", value) : unknown("malformed", `true or false was expected, "${excerpt(found)}" was found`);
    },
  };
}

/** A whole number. */
export function count(...names: readonly string[]): FieldReader<number> {
  return {
    names,
    read(value) {
      const found = (value.kind === "scalar" && value.type === "number" ? value.text : plainText(value))?.trim();
      if (found === undefined) return mismatch("a number", value);
      const number = /^-?\d{1,15}$/.test(found) ? Number(found) : undefined;
      return number === undefined ? unknown("malformed", `a whole number was expected, "${excerpt(found)}" was found`) : known(number);
    },
  };
}

/** An enumeration by name. Its number is not trusted, as it differs between builds. */
export function oneOf<const T extends string>(name: string, members: readonly T[]): FieldReader<T> {
  return {
    names: [name],
    read(value) {
      const found = plainText(value)?.trim();
      if (found === undefined || /^-?\d+$/.test(found)) {
        const isNumber = found !== undefined || (value.kind === "scalar" && value.type === "number");
        return isNumber ? unknown("unsupported", `${name} is a number; only its name can be read`) : mismatch(`the name of a ${name}`, value);
      }
      const member = members.find((candidate) => candidate.toLowerCase() === found.toLowerCase());
      return member === undefined ? unknown("unsupported", `"${excerpt(found)}" is no known ${name}`) : known(member);
    },
  };
}

/** A name that is shown as it is, as not all of its values are documented; a bare number is no name. */
export function nameOf(name: string): FieldReader<string> {
  return {
    names: [name],
    read(value) {
      const found = plainText(value)?.trim();
      if (found === undefined) return value.kind === "scalar" && value.type === "number" ? unknown("unsupported", `${name} is a number; only its name can be read`) : mismatch("a name", value);
      return /^-?\d+$/.test(found) ? unknown("unsupported", `${name} is a number; only its name can be read`) : known(found);
    },
  };
}

/** A list of texts. A single text is what is left of a list when the export was not deep enough, its elements run together. */
export function textList(...names: readonly string[]): FieldReader<readonly string[]> {
  return {
    names,
    read(value) {
      if (value.kind !== "object" || value.items === undefined) return shortened(value, "a list");
      const found = value.items.map((item) => plainText(item) ?? namedText(item));
      return found.every((item) => item !== undefined) ? known(found) : unknown("malformed", "the list holds something else than text");
    },
  };
}

function namedText(value: PowerShellValue): string | undefined {
  const named = value.kind === "object" ? (value.properties.get("name") ?? value.properties.get("value")) : undefined;
  return named === undefined ? undefined : plainText(named);
}

/** A list of objects. Strings in their place are objects that an export of too little depth turned into text. */
export function objectList<T>(readers: ItemReaders<T>, ...names: readonly string[]): FieldReader<readonly T[]> {
  return {
    names,
    read(value) {
      if (value.kind !== "object") return shortened(value, "a list of objects");
      if (value.items === undefined) return value.properties.size === 0 ? shortened(value, "a list of objects") : known([readItem(readers, value)]);
      const objects: PowerShellObject[] = [];
      for (const item of value.items) {
        if (item.kind !== "object" || item.items !== undefined || item.properties.size === 0) return shortened(item, "an object");
        objects.push(item);
      }
      return known(objects.map((object) => readItem(readers, object)));
    },
  };
}

function shortened(value: PowerShellValue, expected: string): Field<never> {
  const isText = value.kind === "scalar" ? value.type === "string" : value.kind === "object" && value.items === undefined && value.properties.size === 0;
  return isText ? unknown("truncated", `text stands where ${expected} was expected: the export was made with too little -Depth`) : mismatch(expected, value);
}

/** A length of time in seconds: `PT10M` (CLIXML) or `[d.]hh:mm:ss` (TimeSpan.ToString). */
export function seconds(...names: readonly string[]): FieldReader<number> {
  return {
    names,
    read(value) {
      const found = (value.kind === "scalar" && value.type === "duration" ? value.text : plainText(value))?.trim();
      if (found === undefined) return mismatch("a length of time", value);
      const parts = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?$/.exec(found) ?? /^(?:(\d{1,6})\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.\d+)?$/.exec(found);
      if (parts === null) return unknown("malformed", `a length of time was expected, "${excerpt(found)}" was found`);
      const [days, hours, minutes, rest] = parts.slice(1, 5).map((part) => Number(part ?? 0));
      return known((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (rest ?? 0));
    },
  };
}

/** A moment as ISO 8601 in UTC; a local time without its zone is not a moment. */
export function moment(...names: readonly string[]): FieldReader<string> {
  return {
    names,
    read(value) {
      const found = (value.kind === "scalar" && value.type === "date" ? value.text : plainText(value))?.trim();
      return found === undefined ? mismatch("a date", value) : parseMoment(found);
    },
  };
}

/** Reads `2015-03-01T10:20:30.1234567Z`, the same with an offset, and `/Date(ms)/` as Windows PowerShell's ConvertTo-Json writes it. */
export function parseMoment(found: string): Field<string> {
  const ticks = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(found);
  const iso = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d{1,3})?\d*(Z|[+-]\d{2}:\d{2})?$/.exec(found);
  if (iso !== null && iso[3] === undefined) return unknown("unsupported", `"${excerpt(found)}" has no time zone`);
  const time = ticks === null ? Date.parse(iso === null ? "" : `${iso[1]}${iso[2] ?? ""}${iso[3]}`) : Number(ticks[1]);
  return Number.isNaN(time) || Math.abs(time) > 8.64e15 ? unknown("malformed", `a date was expected, "${excerpt(found)}" was found`) : known(new Date(time).toISOString());
}

/** The scope that an Identity stands for. */
export function scopeOf(name: string): FieldReader<Scope> {
  return {
    names: [name],
    read(value) {
      const found = plainText(value);
      if (found === undefined) return mismatch("text", value);
      return parseScope(found);
    },
  };
}
