import type { Fact } from "../model/fact-type.ts";
import { factNamed, kindNamed, type KindName } from "../model/kinds.ts";

/** A first condition over one fact, with values for its cases. */
export interface FactSample {
  readonly fact: string;
  readonly condition: string;
  /** How a message shows the fact. */
  readonly placeholder: string;
  readonly good: unknown;
  readonly bad: unknown;
  /** Another value with which the condition does not hold. */
  readonly alsoGood: unknown;
}

const order = ["bool", "enum", "int", "optional", "list", "timestamp", "string"];

function rank(fact: Fact): number {
  return order.indexOf(fact.optional === true ? "optional" : fact.type.type) + (fact.source === "derived" ? order.length : 0);
}

/** The facts of a kind in the order in which a rule is likely to be about them. */
export function judgeable(kind: KindName): readonly string[] {
  const facts = Object.entries(kindNamed(kind)?.facts ?? {});
  return facts.filter(([, fact]) => fact.optional === true || order.includes(fact.type.type)).toSorted(([, a], [, b]) => rank(a) - rank(b)).map(([name]) => name);
}

/** A condition that a fact can fail, and values that do and do not; undefined for a fact of which there is none. */
export function sampleOf(kind: KindName, name: string, as: string): FactSample | undefined {
  const fact = factNamed(kind, name);
  if (fact === undefined) return undefined;
  const path = `${as}.${name}`;
  const sample = (condition: string, good: unknown, bad: unknown, alsoGood?: unknown, placeholder = `{${path}}`): FactSample => ({ fact: name, condition, placeholder, good, bad, alsoGood });
  if (fact.optional === true) return optionalSample(fact, path, sample);
  switch (fact.type.type) {
    case "bool":
      return sample(path, false, true);
    case "enum": {
      const [bad, good, alsoGood] = fact.type.values;
      return good === undefined ? undefined : sample(`${path} == "${bad}"`, good, bad, alsoGood);
    }
    case "int":
      return sample(`${path} == 0`, 1, 0, 2);
    case "string":
      return sample(`${path}.size() == 0`, "right", "", "as right");
    case "timestamp":
      return sample(`${path} < now`, "2027-06-01T00:00:00Z", "2026-01-01T00:00:00Z", "2028-06-01T00:00:00Z");
    case "list":
      return listSample(fact, path, sample);
    default:
      return undefined;
  }
}

type Sampler = (condition: string, good: unknown, bad: unknown, alsoGood?: unknown, placeholder?: string) => FactSample;

function optionalSample(fact: Fact, path: string, sample: Sampler): FactSample | undefined {
  const condition = `!${path}.hasValue()`;
  switch (fact.type.type) {
    case "string":
      return sample(condition, "right", null, "as right");
    case "ref":
      return sample(condition, "other", null);
    case "int":
      return sample(condition, 1, null, 2);
    case "bool":
      return sample(condition, true, null, false);
    case "timestamp":
      return sample(condition, "2026-01-01T00:00:00Z", null, "2026-02-01T00:00:00Z");
    case "enum":
      return sample(condition, fact.type.values[0], null, fact.type.values[1]);
    default:
      return undefined;
  }
}

function listSample(fact: Fact, path: string, sample: Sampler): FactSample | undefined {
  if (fact.type.type !== "list") return undefined;
  const condition = `${path}.size() == 0`;
  switch (fact.type.of.type) {
    case "string":
    case "ref":
      return sample(condition, ["right"], [], ["right", "as right"]);
    case "enum":
      return sample(condition, fact.type.of.values.slice(0, 1), [], fact.type.of.values.slice(0, 2));
    case "record":
      return sample(condition, [{}], [], [{}, {}], `{${path}.size()}`);
    default:
      return undefined;
  }
}
