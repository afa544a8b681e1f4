import type { Scope } from "../expression/compile.ts";
import { compileExpression } from "../expression/compile.ts";
import { ExpressionError } from "../expression/expression-error.ts";
import { nameHint } from "../model/nearest-name.ts";
import { emptyNeed, needFact, settledNeed } from "../expression/need.ts";
import { innermost, staticTypeOf, typeInWords, type StaticType } from "../expression/static-type.ts";
import { factNamed, kindNamed } from "../model/kinds.ts";
import { records } from "../model/kinds/records.ts";
import type { RecordType } from "../model/fact-type.ts";
import type { EvidencePath } from "./compiled-rule.ts";

const shape = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/u;

/** Compiles an evidence path such as `pools.media.encryptionLevel`: it goes through lists and optional facts by itself. Throws an ExpressionError. */
export function compileEvidence(scope: Scope, text: string): EvidencePath {
  if (!shape.test(text)) throw new ExpressionError("Evidence is a path of facts, not an expression.", { start: 0, end: text.length }, "Write it as variable.fact or variable.reference.fact; name anything else under `with`.");
  const [root = "", ...names] = text.split(".");
  const variable = compileExpression(scope, root);
  const start = innermost(variable.type);
  const need = emptyNeed(start.is === "subject" ? start.kind : undefined);
  let type: StaticType = start;
  let at = root.length + 1;
  let here = need;
  const facts: string[] = [];
  const fields: string[] = [];
  for (const name of names) {
    const range = { start: at, end: at + name.length };
    at += name.length + 1;
    const next = stepType(type, name, range);
    const fact = type.is === "subject" ? factNamed(type.kind, name) : undefined;
    if (fact !== undefined) {
      facts.push(name);
      here = needFact(here, name, fact, next.is === "subject" ? next.kind : undefined);
    } else fields.push(name);
    type = next;
  }
  if (type.is === "subject" && facts.length === 0) throw new ExpressionError("Name the fact that is shown.", { start: 0, end: text.length }, nameHint("", Object.keys(kindNamed(type.kind)?.facts ?? {})));
  return { text, root, facts, fields, need: settledNeed(need) };
}

function stepType(type: StaticType, name: string, range: { readonly start: number; readonly end: number }): StaticType {
  if (type.is === "subject") {
    const fact = factNamed(type.kind, name);
    if (fact === undefined) throw new ExpressionError(`${type.kind} has no fact ${name}.`, range, nameHint(name, Object.keys(kindNamed(type.kind)?.facts ?? {})));
    return innermost(staticTypeOf(fact.type));
  }
  if (type.is !== "record") throw new ExpressionError(`A ${typeInWords(type)} has no fields.`, range);
  const known: RecordType = records[type.record];
  const field = Object.hasOwn(known, name) ? known[name] : undefined;
  if (field === undefined) throw new ExpressionError(`${type.record} has no field ${name}.`, range, nameHint(name, Object.keys(known)));
  return innermost(staticTypeOf(field.type));
}
