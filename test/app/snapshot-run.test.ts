import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, type Collected } from "../../src/app/collect.ts";
import { judgeSnapshot } from "../../src/app/evaluate.ts";
import { loadShippedRules, type LoadedRules } from "../../src/app/load-rules.ts";
import { readSecrets } from "../../src/app/run-secrets.ts";
import { loadConfig } from "../../src/config/config-file.ts";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import { scannerAccount } from "../../src/lab/deployment/forests.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";

let lab: Lab;
let folder: string;
let rules: LoadedRules;
let config: string;
let whole: Buffer;
let collected: Collected;

const environment = () => ({ toolVersion: "0.0.0", now: () => Date.now(), monotonic: () => performance.now(), random: () => 0.5, interrupted: new AbortController().signal, progress: () => undefined });
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "umpreflight-app-"));
  lab = await startLab(healthyDeployment({ users: 3 }));
  config = await writeScannerConfiguration(lab);
  const loaded = loadConfig(config);
  collected = await collect(loaded, await readSecrets(loaded, { environment: {}, prompt: undefined }), path("whole.gz"), environment());
  whole = await readFile(path("whole.gz"));
  rules = loadShippedRules(new URL("../../", import.meta.url));
}, 60_000);
afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true, force: true });
});

async function judge(content: Buffer) {
  await writeFile(path("changed.gz"), content);
  const { report, exitCode } = await judgeSnapshot(path("changed.gz"), rules, { toolVersion: "0.0.0", at: new Date(), parameters: {}, failOn: "fail", onUnknown: "report", progress: () => undefined });
  return { report, exitCode, findings: [...report.findings] };
}

function edited(change: (line: string, at: number, last: number) => string | undefined): Buffer {
  const lines = gunzipSync(whole).toString("utf8").split("\n").slice(0, -1);
  return gzipSync(lines.flatMap((line, at) => change(line, at, lines.length - 1) ?? []).map((line) => `${line}\n`).join(""));
}

test("a collection is whole, says what it read, and holds no secret", async () => {
  expect(collected).toMatchObject({ complete: true, interrupted: false, reasons: [] });
  expect(collected.targets.filter(({ kind }) => kind === "directory").map(({ status }) => status)).toEqual(["read", "read"]);
  const text = gunzipSync(whole).toString("utf8");
  expect(text).not.toContain(scannerAccount.password);
  expect(text).not.toContain("PRIVATE KEY");
  expect((await judge(whole)).exitCode).toBe(0);
});

test.for([
  ["cut off in the compressed stream", () => whole.subarray(0, Math.floor(whole.length / 2)), /cut off/],
  ["without its last line", () => edited((line, at, last) => (at === last ? undefined : line)), /cut off/],
  ["cut off in a line", () => gzipSync(gunzipSync(whole).subarray(0, -40)), /cut off/],
  ["of its first line only", () => edited((line, at) => (at === 0 ? line : undefined)), /cut off/],
  ["with a value changed", () => edited((line) => line.replace('"value":"Secured"', '"value":"Unsecured"')), /altered/],
  ["with a line taken out", () => edited((line, at) => (at === 9 ? undefined : line)), /altered/],
  ["with a trailer that is none", () => edited((line, at, last) => (at === last ? '{"trailer":true,"complete":true,"reasons":7,"targets":{}}' : line)), /cut off/],
  ["with a subject of no kind", () => edited((line, at) => (at === 9 ? '{"kind":"__proto__","id":"x","name":"x","facts":{}}' : line)), /could not be understood/],
] as const)("a snapshot %s is incomplete, whatever it says, and never gives 0", async ([, content, reason]) => {
  const { report, exitCode } = await judge(content());
  expect(report.run.complete).toBe(false);
  expect(report.run.reasons.join(" ")).toMatch(reason);
  expect(exitCode).not.toBe(0);
});

test("no snapshot gives a pass that the whole one does not give", async () => {
  const passes = new Set((await judge(whole)).findings.filter(({ outcome }) => outcome === "pass").map(({ rule, subject }) => `${rule} ${subject.kind} ${subject.id}`));
  const nothing = await judge(edited((line, at) => (at === 0 ? line : undefined)));
  expect(nothing.findings.filter(({ outcome }) => outcome === "pass")).toEqual([]);
  const half = await judge(whole.subarray(0, Math.floor(whole.length / 2)));
  expect(half.findings.filter(({ outcome, rule, subject }) => outcome === "pass" && !passes.has(`${rule} ${subject.kind} ${subject.id}`))).toEqual([]);
});

test.for([
  ["nothing", Buffer.alloc(0)],
  ["text", Buffer.from("hello\n")],
  ["another gzip file", gzipSync("hello\n")],
  ["JSON of something else", gzipSync('{"a":1}\n')],
  ["a header without its fields", gzipSync('{"umpreflight":"snapshot","version":1}\n')],
  ["an unknown profile", gzipSync('{"umpreflight":"snapshot","version":1,"tool":"t","startedAt":"2026-01-01T00:00:00Z","profile":"martian"}\n')],
  ["a later format", gzipSync('{"umpreflight":"snapshot","version":2}\n')],
] as const)("not a snapshot: %s", async ([, content]) => {
  await expect(judge(content)).rejects.toMatchObject({ name: "SnapshotError" });
});

/** A small generator of numbers in [0, 1), so that every run of the test sees the same damage. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const strange = ["null", "7", '"seven"', "true", "[]", "{}", "[null]", '[{"a":1}]', "1e400", '"2026-13-45"', '"__proto__"', "[[[[]]]]"];

test("damaged values: nothing throws, and the run is never taken for a good one", async () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const random = numbers(seed);
    const damaged = edited((line, at, last) =>
      at === 0 || at === last ? line : line.replaceAll(/"value":(\[[^[\]{}]*\]|"[^"]*"|true|false|-?\d+)/g, (found) => (random() < 0.2 ? `"value":${strange[Math.floor(random() * strange.length)] ?? "0"}` : found)),
    );
    const { report, exitCode } = await judge(damaged);
    expect(report.run.complete).toBe(false);
    expect(exitCode).not.toBe(0);
  }
});

test("an interrupted collection keeps what it has and says so; one that is overdue too", async () => {
  const loaded = loadConfig(config);
  const secrets = await readSecrets(loaded, { environment: {}, prompt: undefined });
  const interrupted = await collect(loaded, secrets, path("interrupted.gz"), { ...environment(), interrupted: AbortSignal.abort() });
  expect(interrupted).toMatchObject({ complete: false, interrupted: true, reasons: ["The run was interrupted."] });
  expect((await judge(await readFile(path("interrupted.gz")))).findings.filter(({ outcome }) => outcome === "fail")).toEqual([]);
  const overdue = await collect({ ...loaded, limits: { ...loaded.limits, runTimeoutMs: 1 } }, secrets, path("overdue.gz"), environment());
  expect(overdue).toMatchObject({ complete: false, interrupted: false, reasons: [expect.stringContaining("longer than 1 ms")] });
});

test("a snapshot that cannot be written is an error of its own, and leaves nothing", async () => {
  const loaded = loadConfig(config);
  const secrets = await readSecrets(loaded, { environment: {}, prompt: undefined });
  await expect(collect(loaded, secrets, path("no/such/folder.gz"), environment())).rejects.toMatchObject({ code: "snapshot-write" });
});
