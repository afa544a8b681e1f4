import { configurationKinds } from "./kinds/configuration-kinds.ts";
import { exchangeKinds } from "./kinds/exchange-kinds.ts";
import { forestKinds } from "./kinds/forest-kinds.ts";
import { lyncKinds } from "./kinds/lync-kinds.ts";
import { dnsKinds, endpointKinds } from "./kinds/network-kinds.ts";
import { userKinds } from "./kinds/user-kinds.ts";
import { voiceKinds } from "./kinds/voice-kinds.ts";
import type { records, RecordName } from "./kinds/records.ts";
import type { Fact, FactType, Kind } from "./fact-type.ts";

/** Every kind of subject, with its facts. */
export const kinds = { ...forestKinds, ...exchangeKinds, ...lyncKinds, ...userKinds, ...dnsKinds, ...endpointKinds, ...configurationKinds, ...voiceKinds } as const satisfies Record<string, Kind>;

/** Name of a kind of subject. */
export type KindName = keyof typeof kinds;
/** Name of a fact of kind `K`. */
export type FactName<K extends KindName> = keyof (typeof kinds)[K]["facts"] & string;

/** The value that a type stands for in a snapshot: references are ids, timestamps ISO 8601 text. */
export type ValueOf<T> = T extends { type: "enum"; values: readonly (infer V)[] }
  ? V
  : T extends { type: "string" | "timestamp" | "ref" }
    ? string
    : T extends { type: "int" }
      ? number
      : T extends { type: "bool" }
        ? boolean
        : T extends { type: "list"; of: infer E }
          ? readonly ValueOf<E>[]
          : T extends { type: "record"; record: infer R extends RecordName }
            ? RecordValue<R>
            : never;

type OptionalFields<R extends RecordName> = { [F in keyof (typeof records)[R]]: (typeof records)[R][F] extends { optional: true } ? F : never }[keyof (typeof records)[R]];
/** The value of record type `R`; fields that may be absent may be left out. */
export type RecordValue<R extends RecordName> = {
  readonly [F in Exclude<keyof (typeof records)[R], OptionalFields<R>>]: (typeof records)[R][F] extends { type: infer T } ? ValueOf<T> : never;
} & { readonly [F in OptionalFields<R>]?: (typeof records)[R][F] extends { type: infer T } ? ValueOf<T> : never };

/** The value of fact `F` of kind `K`. */
export type FactValue<K extends KindName, F extends FactName<K>> = (typeof kinds)[K]["facts"][F] extends { type: infer T } ? ValueOf<T> : never;

/** The description of a kind by name, or undefined. */
export function kindNamed(name: string): Kind | undefined {
  return Object.hasOwn(kinds, name) ? (kinds as Readonly<Record<string, Kind>>)[name] : undefined;
}

/** The description of a fact by name, or undefined. */
export function factNamed(kind: string, fact: string): Fact | undefined {
  const facts = kindNamed(kind)?.facts;
  return facts !== undefined && Object.hasOwn(facts, fact) ? facts[fact] : undefined;
}

/** A type as people write it: `list<ref umDialPlan>`. */
export function typeText(type: FactType): string {
  switch (type.type) {
    case "list":
      return `list<${typeText(type.of)}>`;
    case "ref":
      return type.kind;
    case "record":
      return type.record;
    case "enum":
      return type.values.join(" | ");
    default:
      return type.type;
  }
}
