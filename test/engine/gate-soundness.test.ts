import { expect, it } from "vitest";
import { compileExpression, createScope, declare, type CompiledExpression } from "../../src/expression/compile.ts";
import { createCompiler } from "../../src/expression/environment.ts";
import { ExpressionError } from "../../src/expression/expression-error.ts";
import type { Gated } from "../../src/expression/gated.ts";
import { plurals } from "../../src/expression/plural.ts";
import { createViews } from "../../src/expression/view.ts";
import { gate, type GateWorld } from "../../src/engine/gate.ts";
import { takeInventory } from "../../src/engine/inventory.ts";
import { kinds, type KindName } from "../../src/model/kinds.ts";
import type { FactType, Kind } from "../../src/model/fact-type.ts";
import { absent, known, unknown, type Observation } from "../../src/model/observation.ts";
import type { Subject } from "../../src/model/subject.ts";
import { pick, randomCondition, randomKinds } from "./random-expressions.ts";
import { randomNumbers } from "../random-numbers.ts";

const compiler = createCompiler();

function randomValue(random: () => number, type: FactType): unknown {
  switch (type.type) {
    case "string":
      return pick(random, ["x", "y", "none"]);
    case "int":
      return Math.floor(random() * 3);
    case "bool":
      return random() < 0.5;
    case "enum":
      return pick(random, type.values);
    case "timestamp":
      return "2026-01-01T00:00:00.000Z";
    case "ref":
      return `${type.kind}${Math.floor(random() * 4)}`;
    case "list":
      return type.of.type === "record" ? [] : Array.from({ length: Math.floor(random() * 3) }, () => randomValue(random, type.of));
    case "record":
      return {};
  }
}

/** `unread` is the share of facts that were not read. Ids 0 to 2 may be there, 3 never is. */
function randomWorld(random: () => number, unread: number) {
  const subjects = new Map<KindName, Map<string, Subject>>();
  for (const kind of randomKinds) {
    const ofKind = new Map<string, Subject>();
    for (let n = 0; n < 3; n++) {
      const facts: Record<string, Observation> = {};
      for (const [name, fact] of Object.entries((kinds[kind] as Kind).facts)) {
        const chance = random();
        if (chance < unread / 2) continue;
        facts[name] = chance < unread ? unknown("timeout", "") : fact.optional === true && random() < 0.4 ? absent("") : known(randomValue(random, fact.type), "");
      }
      if (random() > unread / 2) ofKind.set(`${kind}${n}`, { kind, id: `${kind}${n}`, name: `${kind}${n}`, facts });
    }
    subjects.set(kind, ofKind);
  }
  const lists = { exchangeOrganizations: "exchangeOrganization", lyncDeployments: "lyncDeployment", lyncConfigurations: "lyncConfiguration" } as const;
  const facts = Object.fromEntries(Object.entries(lists).map(([fact, kind]) => [fact, random() < unread / 4 ? unknown("denied", "") : known([...(subjects.get(kind)?.keys() ?? [])], "")]));
  subjects.set("deployment", new Map([["deployment", { kind: "deployment", id: "deployment", name: "deployment", facts }]]));
  return { subjects: { all: (kind: KindName) => [...(subjects.get(kind)?.values() ?? [])], get: (kind: KindName, id: string) => subjects.get(kind)?.get(id) } };
}

function compileRandom(random: () => number): CompiledExpression | undefined {
  const scope = createScope(compiler);
  declare(scope, "v0", { is: "subject", kind: "umDialPlan" });
  try {
    return compileExpression(scope, randomCondition({ random, variables: [{ name: "v0", kind: "umDialPlan" }] }, 4));
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

/** Runs an expression on a world with or without looking first; tells whether it read what was not read. */
function readsUnread(expression: CompiledExpression, world: ReturnType<typeof randomWorld>, looking: boolean): "closed" | "clean" | "breach" {
  const inventory = takeInventory(world);
  let breach = false;
  const views = createViews(compiler.classes, world.subjects, () => {
    breach = true;
  });
  const [subject] = inventory.collection("umDialPlan").members;
  if (subject === undefined) return "closed";
  const values: Record<string, unknown> = { v0: views.of(subject) };
  for (const [name, kind] of plurals) values[name] = inventory.collection(kind).members.map((member) => views.of(member));
  const gateWorld: GateWorld = { inventory, shared: new WeakMap() };
  const passage = gate(gateWorld, expression, { values, unread: undefined });
  if (looking && !passage.open) return "closed";
  try {
    expression.run(passage.open ? passage.input : (values as Gated));
  } catch (error) {
    // An index beyond the end or the value of an absent optional is the author's mistake; views throw plain errors.
    if (error instanceof Error && error.constructor === Error) breach = true;
  }
  return breach ? "breach" : "clean";
}

it("lets no expression read what was not read, whatever it is and whatever the world", () => {
  const counts = { compiled: 0, refused: 0, closed: 0, clean: 0, breach: 0, withoutGate: 0 };
  for (let seed = 1; seed <= 400; seed++) {
    const random = randomNumbers(seed);
    const expression = compileRandom(random);
    if (expression === undefined) {
      counts.refused += 1;
      continue;
    }
    counts.compiled += 1;
    for (const unread of [0.04, 0.2]) {
      const world = randomWorld(random, unread);
      const result = readsUnread(expression, world, true);
      counts[result] += 1;
      expect(result, `seed ${seed}: ${expression.text}`).not.toBe("breach");
      if (readsUnread(expression, world, false) === "breach") counts.withoutGate += 1;
    }
  }
  // The test would prove nothing if expressions did not compile, the gate never opened, or nothing unread was ever in reach.
  expect(counts.compiled).toBeGreaterThan(300);
  expect(counts.clean).toBeGreaterThan(100);
  expect(counts.withoutGate).toBeGreaterThan(100);
});
