import { describe, expect, it } from "vitest";
import { createRuleFileLoader } from "../../src/config/rules-file.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";

const load = createRuleFileLoader();

/** Line and column of the only error of a rule, and what stands there in the file. */
function errorIn(body: string): { readonly place: string; readonly message: string } {
  const text = `id: area/name
title: Title
requirements: []
severity: major
team: exchange
why: Why
${body}`;
  const result = load("rules/area/name.yaml", text);
  if (!("rule" in result)) throw new Error(result.map(({ message }) => message).join("\n"));
  const { errors } = compileRules([result]);
  const [error] = errors;
  if (errors.length !== 1 || error?.position?.line === undefined || error.position.column === undefined) throw new Error(`not one error with its place: ${errors.map(({ message }) => message).join("; ")}`);
  const { line, column } = error.position;
  return { place: (text.split("\n")[line - 1] ?? "").slice(column - 1, column + 5), message: error.message };
}

const rest = (condition: string) => `subject: { each: umDialPlan, as: plan }
outcomes:
  - fail: ${condition}
    message: "{plan.name}"
pass: "{plan.name}"
`;

describe("an error in an expression is found in the file", () => {
  it.each<[string, string]>([
    ["plain", rest("plan.faxEnabled && plan.WRONG1 == 1")],
    ["plain over lines", rest("plan.faxEnabled &&\n      plan.WRONG1 == 1")],
    ["plain over lines with a blank one", rest("plan.faxEnabled &&\n\n\n      plan.WRONG1 == 1")],
    ["double quotes", rest('"plan.faxEnabled && plan.WRONG1 == 1"')],
    ["double quotes with escapes", rest('"plan.name == \\"\\u0041\\U0001F600\\x41\\" && plan.WRONG1 == 1"')],
    ["double quotes over lines", rest('"plan.faxEnabled &&\n      plan.WRONG1 == 1"')],
    ["double quotes with a line joined", rest('"plan.faxEnabled && \\\n      plan.WRONG1 == 1"')],
    ["single quotes", rest("'plan.faxEnabled && plan.WRONG1 == 1'")],
    ["single quotes with quotes inside", rest("'plan.name == ''x'' && plan.WRONG1 == 1'")],
    ["a literal block", rest("|\n      plan.faxEnabled &&\n      plan.WRONG1 == 1")],
    ["a literal block with indentation inside", rest("|\n      plan.faxEnabled && (\n          plan.name == '' ||\n        plan.WRONG1 == 1)")],
    ["a literal block with a chomping indicator and a comment", rest("|- # note\n      plan.faxEnabled &&\n\n      plan.WRONG1 == 1")],
    ["a literal block with its indentation stated", rest("|2\n      plan.WRONG1 == 1")],
    ["a folded block", rest(">\n      plan.faxEnabled &&\n      plan.WRONG1 == 1")],
    ["a folded block with a blank line", rest(">-\n      plan.faxEnabled &&\n\n      plan.WRONG1 == 1")],
    ["in flow style", "subject: { each: umDialPlan, as: plan }\noutcomes: [{ fail: plan.faxEnabled || plan.WRONG1 == 1, message: '{plan.name}' }]\npass: '{plan.name}'\n"],
    ["where", "subject:\n  each: umDialPlan\n  as: plan\n  where: plan.WRONG1 == 1\noutcomes: [{ fail: plan.faxEnabled, message: '{plan.name}' }]\npass: '{plan.name}'\n"],
    ["with", "subject: { each: umDialPlan, as: plan }\nwith:\n  a: plan.name\n  b: a + plan.WRONG1\noutcomes: [{ fail: plan.faxEnabled, message: '{plan.name}' }]\npass: '{plan.name}'\n"],
    ["a placeholder", "subject: { each: umDialPlan, as: plan }\noutcomes: [{ fail: plan.faxEnabled, message: '{{it''s}} {plan.name} {plan.WRONG1}' }]\npass: '{plan.name}'\n"],
    ["a command", "subject: { each: umDialPlan, as: plan }\noutcomes: [{ fail: plan.faxEnabled, message: '{plan.name}' }]\npass: '{plan.name}'\nremedy: { text: x, commands: [a, 'Set-X {plan.WRONG1}'] }\n"],
    ["evidence", "subject: { each: umDialPlan, as: plan }\noutcomes: [{ fail: plan.faxEnabled, message: '{plan.name}' }]\npass: '{plan.name}'\nevidence: [plan.name, plan.gateways.WRONG1]\n"],
  ])("%s", (_, body) => {
    expect(errorIn(body).place).toBe("WRONG1");
  });

  it.each<[string, string, string]>([
    ["the name of the subject", "subject: { each: umDialPlan, as: now }\noutcomes: [{ fail: 'true', message: x }]\npass: x\n", "now }"],
    ["a name under with", "subject: { each: umDialPlan, as: plan }\nwith: { lyncPools: plan.dn }\noutcomes: [{ fail: 'true', message: x }]\npass: x\n", "plan.d"],
    ["a condition that is none", rest("plan.name"), "plan.n"],
  ])("%s", (_, body, place) => {
    expect(errorIn(body).place).toBe(place);
  });
});

it("reports a name that does not compile once, not wherever it is used", () => {
  const body = "subject: { each: umDialPlan, as: plan }\nwith: { a: plan.WRONG1, b: a + a }\noutcomes: [{ fail: a == b, message: '{a}' }]\npass: '{plan.name} {b}'\nevidence: [a]\n";
  expect(errorIn(body).message).toBe("area/name: umDialPlan has no fact WRONG1.");
});

it("reports the errors of all rules together, and two rules of one id", () => {
  const rule = (id: string, condition: string) => {
    const loaded = load(`rules/${id}.yaml`, `id: ${id}\ntitle: T\nrequirements: []\nseverity: major\nteam: exchange\nwhy: W\n${rest(condition)}`);
    if (!("rule" in loaded)) throw new Error("does not load");
    return loaded;
  };
  const { rules, errors } = compileRules([rule("a/b", "plan.x"), rule("a/c", "plan.y && plan.z"), rule("a/d", "plan.faxEnabled"), rule("a/d", "plan.faxEnabled")]);
  expect(rules.map(({ id }) => id)).toEqual(["a/d"]);
  expect(errors.map(({ message }) => message)).toEqual(["a/b: umDialPlan has no fact x.", "a/c: umDialPlan has no fact y.", "a/d: there is another rule of this id in rules/a/d.yaml."]);
});
