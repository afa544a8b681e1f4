import { stringListType, stringType, type StaticType } from "./static-type.ts";

const bool: StaticType = { is: "bool" };
const int: StaticType = { is: "int" };
const timestamp: StaticType = { is: "timestamp" };
const duration: StaticType = { is: "duration" };

/** A function that reads nothing of subjects but its arguments. cel-js checks the types of the arguments; here is what comes out of it. */
export interface Signature {
  readonly arguments: readonly number[];
  readonly result: StaticType;
}

/** Functions that rules may call. */
export const functions: Readonly<Record<string, Signature>> = {
  sameName: { arguments: [2], result: bool },
  inDomain: { arguments: [2], result: bool },
  domainOf: { arguments: [1], result: stringType },
  firstLabel: { arguments: [1], result: stringType },
  matchesRe: { arguments: [2], result: bool },
  coversName: { arguments: [2], result: bool },
  coversByWildcard: { arguments: [2], result: bool },
  distinct: { arguments: [1], result: stringListType },
  duplicates: { arguments: [1], result: stringListType },
  without: { arguments: [2], result: stringListType },
  addDays: { arguments: [2], result: timestamp },
  size: { arguments: [1], result: int },
  string: { arguments: [1], result: stringType },
  int: { arguments: [1], result: int },
  timestamp: { arguments: [1], result: timestamp },
  duration: { arguments: [1], result: duration },
};

/** Methods that rules may call, beside the macros and those of optionals. */
export const methods: Readonly<Record<string, Signature>> = {
  size: { arguments: [0], result: int },
  startsWith: { arguments: [1], result: bool },
  endsWith: { arguments: [1], result: bool },
  contains: { arguments: [1], result: bool },
  lowerAscii: { arguments: [0], result: stringType },
  upperAscii: { arguments: [0], result: stringType },
  trim: { arguments: [0], result: stringType },
  substring: { arguments: [1, 2], result: stringType },
  indexOf: { arguments: [1], result: int },
  split: { arguments: [1], result: stringListType },
  join: { arguments: [0, 1], result: stringType },
  getHours: { arguments: [0], result: int },
  getMinutes: { arguments: [0], result: int },
  getSeconds: { arguments: [0], result: int },
  getFullYear: { arguments: [0], result: int },
};

/** Macros over a list: how many arguments, the first being the name of the element. */
export const macros: Readonly<Record<string, readonly number[]>> = { map: [2, 3], filter: [2], exists: [2], all: [2], exists_one: [2] };

/** Why a known function is refused, with what to write instead. */
export const refusals: Readonly<Record<string, string>> = {
  has: "has() is refused: an optional fact has .hasValue(), and a fact that was not read never gets here.",
  matches: 'matches() is refused: write matchesRe(text, "pattern"), which takes linear time.',
  dyn: "dyn() is refused: it would switch off type checking.",
  type: "type() is refused: types are checked when the rule loads.",
};
