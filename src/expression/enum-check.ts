import type { Abstract } from "./analysis.ts";
import { ExpressionError } from "./expression-error.ts";
import { nameHint } from "../model/nearest-name.ts";
import { possibleStrings } from "./static-type.ts";

/** Refuses a comparison that can never hold because a literal is none of the names that the other side can have, or because two facts share none. `in` compares elements. */
export function checkEnumNames(a: Abstract, b: Abstract, range: { readonly start: number; readonly end: number }): void {
  const namesOfA = possibleStrings(a.type);
  const namesOfB = possibleStrings(b.type);
  if (a.literal === b.literal) {
    if (!a.literal && namesOfA !== undefined && namesOfB !== undefined && !namesOfA.some((name) => namesOfB.includes(name))) {
      throw new ExpressionError(`These two have no name in common: ${namesOfA.join(", ")} and ${namesOfB.join(", ")}.`, range);
    }
    return;
  }
  const literals = a.literal ? a.literals : b.literals;
  const names = a.literal ? namesOfB : namesOfA;
  if (names === undefined) return;
  for (const literal of literals) {
    if (!names.includes(literal.value)) throw new ExpressionError(`"${literal.value}" is not one of the names of this fact.`, literal, nameHint(literal.value, names));
  }
}
