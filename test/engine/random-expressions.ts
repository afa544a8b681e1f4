import { kinds, type KindName } from "../../src/model/kinds.ts";
import type { Fact, Kind } from "../../src/model/fact-type.ts";
import { pluralOf } from "../../src/expression/plural.ts";
/** Kinds that refer to each other, which random worlds and expressions are made of. */
export const randomKinds = ["exchangeOrganization", "umDialPlan", "umIpGateway", "umHuntGroup", "umAutoAttendant", "lyncPool", "mediaConfiguration", "topologyPool"] as const satisfies readonly KindName[];
type RandomKind = (typeof randomKinds)[number];

interface Variable {
  readonly name: string;
  readonly kind: RandomKind;
}

interface Writer {
  readonly random: () => number;
  readonly variables: readonly Variable[];
}

export function pick<T>(random: () => number, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

function factsOf(kind: RandomKind): [string, Fact][] {
  return Object.entries((kinds[kind] as Kind).facts);
}

function referring(to: RandomKind, shape: "one" | "optional" | "list"): { kind: RandomKind; fact: string }[] {
  return randomKinds.flatMap((kind) =>
    factsOf(kind).flatMap(([name, { type, optional }]) => {
      const is = type.type === "ref" && type.kind === to ? (optional === true ? "optional" : "one") : type.type === "list" && type.of.type === "ref" && type.of.kind === to ? "list" : undefined;
      return is === shape ? [{ kind, fact: name }] : [];
    }),
  );
}

function withVariable(writer: Writer, kind: RandomKind): { inner: Writer; name: string } {
  const name = `v${writer.variables.length}`;
  return { inner: { ...writer, variables: [...writer.variables, { name, kind }] }, name };
}

/** A random condition over the variables. */
export function randomCondition(writer: Writer, depth: number): string {
  const { random } = writer;
  const kind = pick(random, randomKinds);
  if (depth <= 0) return random() < 0.5 ? `${randomText(writer, 0)} == ${randomText(writer, 0)}` : `${randomList(writer, kind, 0)}.size() > 1`;
  const { inner, name } = withVariable(writer, kind);
  const deeper = () => randomCondition(writer, depth - 1);
  const list = () => randomList(writer, kind, depth - 1);
  return pick(random, [
    () => `(${deeper()} && ${deeper()})`,
    () => `(${deeper()} || ${deeper()})`,
    () => `!(${deeper()})`,
    () => `(${deeper()} ? ${deeper()} : ${deeper()})`,
    () => `${list()}.exists(${name}, ${randomCondition(inner, depth - 1)})`,
    () => `${list()}.all(${name}, ${randomCondition(inner, depth - 1)})`,
    () => `${list()}.exists_one(${name}, ${randomCondition(inner, depth - 1)})`,
    () => `(${randomSubject(writer, kind, depth - 1)} in ${list()})`,
    () => `(${randomSubject(writer, kind, depth - 1)} == ${randomSubject(writer, kind, depth - 1)})`,
    () => `(${randomText(writer, depth - 1)} in ${list()}.map(${name}, ${randomText(inner, depth - 1)}))`,
    () => `cel.bind(${name}, ${randomSubject(writer, kind, depth - 1)}, ${randomCondition(inner, depth - 1)})`,
    () => `${randomOptional(writer, kind, depth - 1)}.hasValue()`,
  ])();
}

function randomText(writer: Writer, depth: number): string {
  const variables = writer.variables.flatMap(({ name, kind }) => factsOf(kind).flatMap(([fact, { type, optional }]) => (type.type === "string" ? [optional === true ? `${name}.${fact}.orValue("none")` : `${name}.${fact}`] : [])));
  const kind = pick(writer.random, randomKinds);
  const { inner, name } = withVariable(writer, kind);
  if (depth <= 0 || writer.random() < 0.6) return pick(writer.random, [...variables, '"x"']);
  return `${randomList(writer, kind, depth - 1)}.map(${name}, ${randomText(inner, depth - 1)}).join()`;
}

function randomSubject(writer: Writer, kind: RandomKind, depth: number): string {
  const { random } = writer;
  const variables = writer.variables.filter((variable) => variable.kind === kind).map(({ name }) => name);
  const through = referring(kind, "one").flatMap(({ kind: from, fact }) => writer.variables.filter((variable) => variable.kind === from).map(({ name }) => `${name}.${fact}`));
  const direct = [...variables, ...through];
  if (depth <= 0) return direct.length > 0 ? pick(random, direct) : `${pluralOf(kind)}[0]`;
  const other = pick(random, referring(kind, "one").length > 0 ? referring(kind, "one") : [{ kind, fact: "" }]);
  return pick(random, [
    () => `${randomList(writer, kind, depth - 1)}[0]`,
    () => `${randomOptional(writer, kind, depth - 1)}.value()`,
    () => `${randomOptional(writer, kind, depth - 1)}.orValue(${randomSubject(writer, kind, depth - 1)})`,
    () => (other.fact === "" ? randomSubject(writer, kind, 0) : `${randomSubject(writer, other.kind, depth - 1)}.${other.fact}`),
  ])();
}

function randomOptional(writer: Writer, kind: RandomKind, depth: number): string {
  const facts = referring(kind, "optional");
  const choices = [() => `optional.of(${randomSubject(writer, kind, depth - 1)})`, () => `${randomList(writer, kind, depth - 1)}[?0]`];
  if (facts.length > 0) choices.push(() => withFact(writer, pick(writer.random, facts), depth), () => chained(writer, kind, depth));
  return pick(writer.random, choices)();
}

function withFact(writer: Writer, { kind, fact }: { kind: RandomKind; fact: string }, depth: number): string {
  return `${randomSubject(writer, kind, depth - 1)}.${fact}`;
}

function chained(writer: Writer, kind: RandomKind, depth: number): string {
  const ones = referring(kind, "one");
  if (ones.length === 0) return `optional.of(${randomSubject(writer, kind, depth - 1)})`;
  const { kind: from, fact } = pick(writer.random, ones);
  return `optional.of(${randomSubject(writer, from, depth - 1)}).?${fact}`;
}

function randomList(writer: Writer, kind: RandomKind, depth: number): string {
  const { random } = writer;
  const facts = referring(kind, "list");
  const through = facts.flatMap(({ kind: from, fact }) => writer.variables.filter((variable) => variable.kind === from).map(({ name }) => `${name}.${fact}`));
  if (depth <= 0) return random() < 0.2 || through.length === 0 ? pluralOf(kind) : pick(random, through);
  const other = facts.length > 0 ? pick(random, facts) : undefined;
  const { inner, name } = withVariable(writer, kind);
  const choices = [
    () => `${randomList(writer, kind, depth - 1)}.filter(${name}, ${randomCondition(inner, depth - 1)})`,
    () => `[${randomSubject(writer, kind, depth - 1)}]`,
    () => `(${randomList(writer, kind, depth - 1)} + ${randomList(writer, kind, depth - 1)})`,
    () => `(${randomCondition(writer, depth - 1)} ? ${randomList(writer, kind, depth - 1)} : [])`,
  ];
  if (other !== undefined) {
    const element = withVariable(writer, other.kind);
    choices.push(() => `${randomList(writer, other.kind, depth - 1)}.map(${element.name}, ${element.name}.${other.fact}).flatten()`);
  }
  return pick(random, choices)();
}
