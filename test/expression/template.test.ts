import { expect, it } from "vitest";
import { createScope, declare } from "../../src/expression/compile.ts";
import { createCompiler } from "../../src/expression/environment.ts";
import { ExpressionError } from "../../src/expression/expression-error.ts";
import { compileTemplate } from "../../src/expression/template.ts";

const scope = createScope(createCompiler());
declare(scope, "plan", { is: "subject", kind: "umDialPlan" });
declare(scope, "certificates", { is: "list", of: { is: "record", record: "Certificate" } });

it.each<[string, (string | { e: string })[]]>([
  ["plain", ["plain"]],
  ["{plan.name}", [{ e: "plan.name" }]],
  ["a {plan.name} b {plan.dn}", ["a ", { e: "plan.name" }, " b ", { e: "plan.dn" }]],
  ["{{x}} {{{plan.name}}}", ["{x} {", { e: "plan.name" }, "}"]],
  ['{plan.name + "}"}', [{ e: 'plan.name + "}"' }]],
  ['{plan.name + "\\"}"}', [{ e: 'plan.name + "\\"}"' }]],
])("%s", (text, parts) => {
  expect(compileTemplate(scope, text).parts.map((part) => (typeof part === "string" ? part : { e: part.text }))).toEqual(parts);
});

it.each([
  ["a {plan.name", "not closed", 2],
  ["a }", "closes nothing", 2],
  ["ab {plan.nme}", "has no fact nme", 9],
  ["{}", "Unexpected token", 1],
  ["{certificates}", "Certificate has no text of its own", 1],
])("refuses %s", (text, message, start) => {
  let error: unknown;
  try {
    compileTemplate(scope, text);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(ExpressionError);
  expect(error).toMatchObject({ message: expect.stringContaining(message) as unknown, start });
});
