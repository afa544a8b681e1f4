import { ConfigError } from "../model/errors.ts";
import type { ParameterValue, RuleDefinition, RuleParameter } from "../model/rule.ts";

/** The values of a rule's parameters: those that are set, else the defaults. Throws a ConfigError for a parameter that the rule does not have, or a value of another type. */
export function parameterValues(rule: RuleDefinition, set: Readonly<Record<string, ParameterValue>> = {}): Readonly<Record<string, ParameterValue>> {
  const parameters = rule.parameters ?? {};
  for (const [name, value] of Object.entries(set)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) throw new ConfigError("parameter-unknown", `The rule ${rule.id} has no parameter ${name}.`, { hint: `It has: ${Object.keys(parameters).join(", ") || "none"}.` });
    if (!fitsParameter(parameter.type, value)) throw new ConfigError("parameter-type", `The parameter ${name} of the rule ${rule.id} is ${JSON.stringify(value)}; it must be ${parameter.type}.`);
  }
  return Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, Object.hasOwn(set, name) ? (set[name] ?? parameter.default) : parameter.default]));
}

/** Whether a value is of a parameter's type. */
function fitsParameter(type: RuleParameter["type"], value: unknown): boolean {
  switch (type) {
    case "int":
      return Number.isSafeInteger(value);
    case "string":
      return typeof value === "string";
    case "bool":
      return typeof value === "boolean";
    case "list<string>":
      return Array.isArray(value) && value.every((item) => typeof item === "string");
    default:
      return type satisfies never;
  }
}
