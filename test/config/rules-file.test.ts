import { describe, expect, it } from "vitest";
import { createRuleFileLoader } from "../../src/config/rules-file.ts";
import { RuleError } from "../../src/model/errors.ts";

const load = createRuleFileLoader();
const file = "rules/area/name.yaml";
const good = `id: area/name
title: Title
requirements: [sec.align]
severity: major
team: exchange
why: Why
subject:
  each: umDialPlan
  as: plan
  none: { warn: nothing }
outcomes:
  - fail: plan.faxEnabled
    message: "{plan.name} fails"
    remedy: { text: mend, commands: [a] }
  - not-applicable: plan.name == ""
    message: "{plan.name}"
pass: "{plan.name} passes"
`;

function errorsOf(text: string): string[] {
  const result = load(file, text);
  if ("rule" in result) return [];
  return result.map((error) => {
    expect(error).toBeInstanceOf(RuleError);
    expect(error.position?.file).toBe(file);
    return `${error.position?.line ?? "-"}:${error.position?.column ?? "-"} ${error.message}${error.hint === undefined ? "" : ` | ${error.hint}`}`;
  });
}

it("turns outcome keys into outcomes", () => {
  const result = load(file, good);
  expect("rule" in result ? result.rule : result).toMatchObject({
    id: "area/name",
    subject: { each: "umDialPlan", as: "plan", none: { outcome: "warn", message: "nothing" } },
    outcomes: [
      { outcome: "fail", condition: "plan.faxEnabled", message: "{plan.name} fails", remedy: { text: "mend", commands: ["a"] } },
      { outcome: "not-applicable", condition: 'plan.name == ""' },
    ],
    evidence: [],
    references: [],
  });
});

describe("says where and what is wrong", () => {
  it.each<[string, [string, string], string[]]>([
    ["an unknown key", ["team: exchange", "team: exchange\nteems: x"], ["6:1 teems: teems is not known here. | Did you mean team?"]],
    ["an unknown key far from any other", ["team: exchange", "team: exchange\nzzzz: x"], [expect.stringContaining("6:1 zzzz: zzzz is not known here. | Known are: id,")]],
    ["an unknown key below", ["  as: plan", "  as: plan\n  wher: x"], ["10:3 subject.wher: wher is not known here. | Did you mean where?"]],
    ["a missing key", ["why: Why\n", ""], ["1:1 the file: why is missing."]],
    ["a wrong name", ["severity: major", "severity: mayor"], ['4:1 severity: "mayor" is not one of the names. | Did you mean major?']],
    ["a kind that is none", ["each: umDialPlan", "each: umDialplan"], ['8:3 subject.each: "umDialplan" is not one of the names. | Did you mean umDialPlan?']],
    ["a kind that cannot be listed", ["each: umDialPlan", "each: dnsName"], [expect.stringContaining('8:3 subject.each: "dnsName" is not one of the names.')]],
    ["a wrong type", ["title: Title", "title: 7"], ["2:1 title: This is 7; it must be string."]],
    ["braces without quotes", ['pass: "{plan.name} passes"', "pass: {plan.name}"], [expect.stringContaining("17:1 pass: This is")]],
    ["two outcomes in one", ["  - fail: plan.faxEnabled", "  - fail: plan.faxEnabled\n    warn: plan.faxEnabled"], ["12:5 outcomes.0: State exactly one of fail, warn and not-applicable."]],
    ["no outcome", ["  - fail: plan.faxEnabled\n    message", "  - message"], ["12:5 outcomes.0: State exactly one of fail, warn and not-applicable."]],
    ["two meanings of none", ["{ warn: nothing }", "{ warn: a, fail: b }"], ["10:3 subject.none: It has 2 entries; it must have at most 1."]],
    ["an id that is not the path", ["id: area/name", "id: area/other"], ["1:1 id: the rule is area/other, but its path says area/name. | The id is <area>/<name>, and the file <area>/<name>.yaml."]],
    ["a default of another type", ["team: exchange", "team: exchange\nparameters:\n  days: { type: int, default: x, description: d }"], ['7:22 parameters.days.default: "x" is not of the type int.']],
    ["a name that cannot be one", ["outcomes:", "with:\n  My-Name: plan.name\noutcomes:"], ["12:3 with.My-Name: My-Name cannot be used as a name here. | A name fits ^[a-z][A-Za-z0-9]{0,39}$."]],
    ["an address that is none", ["team: exchange", 'team: exchange\nreferences: [{ text: a, url: "http://x" }]'], ['6:25 references.0.url: "http://x" does not fit ^https://\\S+$.']],
    ["a repeated key", ["why: Why", "why: Why\nwhy: Not"], ["7:1 Map keys must be unique."]],
    ["an alias", ["title: Title\nrequirements: [sec.align]", "title: &a Title\nrequirements: [*a]"], ["2:11 Anchors and aliases are refused. | Write the value out.", "3:16 Anchors and aliases are refused. | Write the value out."]],
    ["a tag", ["title: Title", "title: !include x"], ["2:8 Unresolved tag: !include."]],
    ["two documents", ["why: Why", "why: Why\n---\na: b"], ["7:1 The file holds more than one document. | Leave out the lines with ---."]],
  ])("%s", (_, [from, to], errors) => {
    expect(good).toContain(from);
    expect(errorsOf(good.replace(from, to))).toEqual(errors);
  });

  it.each<[string, string, string]>([
    ["nothing", "", "The file is empty."],
    ["a list", "- a", "the file: This is"],
    ["no YAML", "a: [", "1:"],
    ["too much", `a: ${"x".repeat(300_000)}`, "larger than 256 KiB"],
    ["brackets without end", "[".repeat(50_000), "nested too deeply"],
    ["dashes without end", "- ".repeat(50_000), "nested too deeply"],
    ["question marks without end", "? ".repeat(50_000), "nested too deeply"],
    ["a bomb of aliases", `a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]`, "Anchors and aliases are refused."],
    ["a prototype", "__proto__: { id: area/name }", "__proto__"],
    ["no text at all", "\u0000\u0001", "-"],
  ])("of a file that holds %s", (_, text, message) => {
    const errors = errorsOf(text);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.join("\n")).toContain(message === "-" ? "" : message);
  });
});
