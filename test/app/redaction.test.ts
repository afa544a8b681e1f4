import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collect } from "../../src/app/collect.ts";
import { judgeSnapshot } from "../../src/app/evaluate.ts";
import { layOver } from "../../src/app/overlay/lay-over.ts";
import { redactedSnapshot } from "../../src/app/redacted-snapshot.ts";
import { readSecrets } from "../../src/app/run-secrets.ts";
import { loadConfig } from "../../src/config/config-file.ts";
import { demoMistakes } from "../../src/lab/deployment/demo-mistakes.ts";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import { applyChanges } from "../../src/lab/deployment/mutations.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";
import type { Fact, FactType } from "../../src/model/fact-type.ts";
import type { Finding } from "../../src/model/finding.ts";
import { kinds } from "../../src/model/kinds.ts";
import { records } from "../../src/model/kinds/records.ts";
import type { Observation } from "../../src/model/observation.ts";
import { profiles } from "../../src/model/rule.ts";
import type { Subject } from "../../src/model/subject.ts";
import { reporters } from "../../src/report/registry.ts";
import { readSnapshot } from "../../src/snapshot/reader.ts";
import { isWellKnown } from "../../src/snapshot/well-known-words.ts";
import { writeSnapshot } from "../../src/snapshot/writer.ts";
import { profileBases } from "../mutations/profile-bases.ts";
import { shippedRules } from "../mutations/scan.ts";

const rules = shippedRules();
const healthy = healthyDeployment({ users: 9 });
const environment = { toolVersion: "0.0.0", now: Date.now, monotonic: () => performance.now(), random: Math.random, interrupted: new AbortController().signal, progress: () => undefined };
let lab: Lab;
let folder: string;

beforeAll(async () => {
  lab = await startLab(healthy);
  folder = await mkdtemp(join(tmpdir(), "umpreflight-redaction-"));
}, 60_000);
afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true, force: true });
});

async function snapshotOf(profile: (typeof profiles)[number], redact = false): Promise<string> {
  const config = loadConfig(await writeScannerConfiguration(lab, { profile }));
  const path = join(folder, `${profile}${redact ? ".redacted" : ""}.snapshot.gz`);
  await collect(config, await readSecrets(config, { environment: {}, prompt: undefined }), path, environment, { redact });
  return path;
}

/** The same snapshot without names. */
async function redactedCopy(path: string): Promise<string> {
  const snapshot = await readSnapshot(path);
  const { header, subjects } = snapshot;
  const copy = `${path}.redacted`;
  const writer = redactedSnapshot(await writeSnapshot(copy, { tool: header.tool, startedAt: header.startedAt, profile: header.profile, redacted: true }));
  for await (const subject of snapshot.mass()) await writer.mass(subject);
  await writer.finish(Object.keys(kinds).flatMap((kind) => subjects.all(kind as keyof typeof kinds)), { finishedAt: snapshot.finishedAt, complete: snapshot.complete, reasons: snapshot.reasons, targets: snapshot.targets });
  return copy;
}

async function judge(path: string, at: Date): Promise<readonly Finding[]> {
  const { report } = await judgeSnapshot(path, rules, { toolVersion: "0.0.0", at, parameters: {}, failOn: "fail", onUnknown: "report", progress: () => undefined });
  expect(report.run.reasons).toEqual([]);
  return [...report.findings];
}

/** Outcomes of each rule with how often each is there: names are not comparable, what is said of them is. */
function outcomesOf(findings: readonly Finding[]): Readonly<Record<string, string>> {
  const byRule = Object.groupBy(findings, ({ rule }) => rule);
  return Object.fromEntries(Object.entries(byRule).map(([rule, own = []]) => [rule, own.map(({ outcome, count, subject }) => `${subject.kind} ${outcome} ${count ?? 1}`).sort().join(", ")]));
}

describe("a redacted snapshot", () => {
  it.each(profiles.flatMap((profile) => [[profile, "healthy"], [profile, "mistaken"]] as const))("gives the same verdicts: %s, %s", async (profile, state) => {
    await lab.update(applyChanges(healthy, [...profileBases[profile], ...(state === "mistaken" ? demoMistakes().flatMap(({ changes }) => changes) : [])]));
    const path = await snapshotOf(profile);
    const at = new Date((await readSnapshot(path)).finishedAt);
    expect(outcomesOf(await judge(await redactedCopy(path), at))).toEqual(outcomesOf(await judge(path, at)));
  }, 60_000);
});

const canary = "Qanaryzwerg";
const shapes = [canary, `${canary.toUpperCase()}.${canary.toLowerCase()}.test`, `CN=${canary},OU=x,DC=${canary},DC=test`, `sip:${canary}@${canary}.test`, `tel:+1998877665544;ext=99887766`, `"${canary}" said: ${canary}`];

/** Every text of a value replaced by one with the canary in it. */
function planted(type: FactType, value: unknown, shape: string): unknown {
  if (type.type === "string") return shape;
  if (type.type === "list") return [planted(type.of, undefined, shape)];
  if (type.type !== "record") return value ?? (type.type === "int" ? 1 : type.type === "bool" ? true : type.type === "enum" ? type.values[0] : type.type === "timestamp" ? "2026-06-01T10:00:00Z" : `${shape}/id`);
  const fields = records[type.record as keyof typeof records] as Readonly<Record<string, { readonly type: FactType }>>;
  return Object.fromEntries(Object.entries(fields).map(([field, { type: inner }]) => [field, planted(inner, undefined, shape)]));
}

describe("a name in any place", () => {
  it.each(shapes)("is in no output: %s", async (shape) => {
    const path = join(folder, "canary.snapshot.gz");
    const writer = redactedSnapshot(await writeSnapshot(path, { tool: "test", startedAt: "2026-06-01T10:00:00Z", profile: "on-premises", redacted: true }));
    const subjects = Object.entries(kinds).map(([kind, { facts }]): Subject => ({
      kind: kind as keyof typeof kinds,
      id: shape,
      name: shape,
      facts: Object.fromEntries(
        Object.entries(facts as Readonly<Record<string, Fact>>).flatMap(([fact, { type, source }], index): readonly (readonly [string, Observation])[] =>
          source === "derived" ? [] : [[fact, index % 5 === 4 ? { state: "unknown", reason: "timeout", detail: shape, source: shape } : { state: "known", value: planted(type, undefined, shape), source: shape }]]),
      ),
    }));
    for (const subject of subjects) if (subject.kind === "user") await writer.mass(subject);
    await writer.finish(subjects.filter(({ kind }) => kind !== "user"), { finishedAt: "2026-06-01T10:00:00Z", complete: true, reasons: [], targets: [{ kind: "directory", name: shape, status: "partly-read", problems: [shape, shape] }] });
    const text = gunzipSync(await readFile(path)).toString("utf8");
    expect(text).not.toMatch(/qanaryzwerg|998877665544|99887766/iu);
    expect(text).toContain("2 problems are left out: the snapshot is redacted");
    const { report } = await judgeSnapshot(path, rules, { toolVersion: "0.0.0", at: new Date("2026-06-01T10:00:00Z"), parameters: {}, failOn: "fail", onUnknown: "report", progress: () => undefined });
    expect([...report.findings].length).toBeGreaterThan(100);
    for (const { load } of Object.values(reporters)) expect([...(await load())(report, { columns: undefined, color: false, verbosity: "verbose" })].join("")).not.toMatch(/qanaryzwerg|998877665544/iu);
  });
});

it("collect writes the redacted snapshot, whose certificates are gone and whose paths are there", async () => {
  await lab.update(healthy);
  const path = await snapshotOf("on-premises", true);
  const text = gunzipSync(await readFile(path)).toString("utf8");
  expect(text.match(/.{0,80}(?:contoso|fabrikam|lyncpool\.|127\.0\.0\.1).{0,40}/iu)?.[0]).toBeUndefined();
  expect(text).toContain('"der":""');
  expect(text).not.toMatch(/"der":"[^"]/u);
  const { report } = await judgeSnapshot(path, rules, { toolVersion: "0.0.0", at: new Date(), parameters: {}, failOn: "fail", onUnknown: "report", progress: () => undefined });
  expect(report.summary).toMatchObject({ fail: 0, unknown: 0 });
  await expect(layOver(path, [], join(folder, "planned.snapshot.gz"))).rejects.toThrow("is redacted");
  expect([...report.findings].filter(({ rule, outcome }) => rule === "certificate/trusted-by-other-side" && outcome === "pass").length).toBeGreaterThan(3);
}, 60_000);

it("every text that a rule compares with is well known", () => {
  const values = new Set((JSON.stringify([kinds, records]).match(/[A-Za-z]+/gu) ?? []).map((word) => word.toLowerCase()));
  const compared = rules.rules.flatMap(({ document: { rule } }) => [rule.subject.where ?? "", ...rule.outcomes.map(({ condition }) => condition), ...Object.values(rule.parameters ?? {}).map((parameter) => JSON.stringify(parameter.default))].map((expression) => ({ id: rule.id, expression: expression.replaceAll(/matchesRe\([^"]*"(?:[^"\\]|\\.)*"\)/gu, "") })));
  const unknownWords = compared.flatMap(({ id, expression }) =>
    [...expression.matchAll(/"((?:[^"\\]|\\.)*)"/gu)].flatMap(([, literal = ""]) => (literal.replaceAll(/\\./gu, " ").match(/[A-Za-z]+/gu) ?? []).filter((word) => !isWellKnown(word.toLowerCase()) && !values.has(word.toLowerCase())).map((word) => `${id}: ${word}`)));
  expect(unknownWords).toEqual([]);
});
