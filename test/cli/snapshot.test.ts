import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scannerAccount } from "../../src/lab/deployment/forests.ts";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";
import { folder, program, run, unfit, type Running } from "./running.ts";

let lab: Lab;
let config: string;
let files: Awaited<ReturnType<typeof folder>>;
let whole: Buffer;

beforeAll(async () => {
  lab = await startLab(healthyDeployment({ users: 4 }));
  config = await writeScannerConfiguration(lab, { limits: { operationTimeoutMs: 20_000 } });
  files = await folder();
  const collected = await run(["collect", "-c", config, "-o", files.path("whole.snapshot.gz")]);
  if (collected.code !== 0) throw new Error(collected.stderr);
  whole = await readFile(files.path("whole.snapshot.gz"));
}, 60_000);
afterAll(async () => {
  await lab.close();
  await files.remove();
});

async function evaluate(content: Buffer, ...args: readonly string[]) {
  await writeFile(files.path("changed.snapshot.gz"), content);
  const ended = await run(["evaluate", files.path("changed.snapshot.gz"), ...args]);
  expect(unfit(ended)).toEqual([]);
  return ended;
}

test("a whole snapshot evaluates without a configuration, and needs no network", async () => {
  const ended = await evaluate(whole);
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(ended.stdout).toMatch(/0 fail, 0 unknown/);
});

test("process tells the same of a snapshot and of its report, and phases of a snapshot that is cut off are not done", async () => {
  await writeFile(files.path("process.snapshot.gz"), whole);
  const at = ["--at", "2026-11-20T12:00:00Z"];
  await run(["evaluate", files.path("process.snapshot.gz"), ...at, "--reporter", `json=${files.path("process.json")}`]);
  const fromSnapshot = await run(["process", files.path("process.snapshot.gz"), ...at]);
  expect(fromSnapshot).toMatchObject({ code: 0, stderr: "" });
  expect(fromSnapshot.stdout).toMatch(/Exchange Server: Exchange 2016 CU23 \(15\.1\.2507\.6\)[^]*PASS {5}4\. Create the SIP dial plan[^]*\nWho {6}Exchange Organization administrator\n/);
  expect(await run(["process", files.path("process.json")])).toEqual(fromSnapshot);
  await writeFile(files.path("cut.snapshot.gz"), whole.subarray(0, Math.floor(whole.length * 0.3)));
  const cut = await run(["process", files.path("cut.snapshot.gz"), ...at, "--json"]);
  expect(cut.code).toBe(3);
  const { run: told, phases } = JSON.parse(cut.stdout) as { readonly run: { readonly complete: boolean }; readonly phases: readonly { readonly id: string; readonly state: string }[] };
  expect(told.complete).toBe(false);
  expect(phases.find(({ id }) => id === "exchucutil")?.state).toBe("unknown");
});

test("a redacted snapshot has no name in it, judges alike, and stands by itself", async () => {
  const path = files.path("redacted.snapshot.gz");
  expect(await run(["collect", "--redact", "-c", config, "-o", path])).toMatchObject({ code: 0 });
  expect(gunzipSync(await readFile(path)).toString("utf8")).not.toMatch(/contoso|fabrikam|lyncpool\./i);
  const ended = await run(["evaluate", path]);
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(ended.stdout).toMatch(/0 fail, 0 unknown/);
  expect(ended.stdout).not.toMatch(/contoso|fabrikam/i);
  const refused = await run(["scan", "--redact", "-c", config, "--waivers", files.path("waivers.yaml")]);
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toContain("--redact and --waivers exclude each other");
}, 60_000);

test("a snapshot that is cut off is judged as far as it goes: incomplete, exit code 3 and never 0", async () => {
  const ended = await evaluate(whole.subarray(0, Math.floor(whole.length * 0.6)));
  expect(ended.stdout).toMatch(/cut off/);
  expect(ended.stdout).toMatch(/not complete|incomplete/i);
  expect(ended.code).toBe(3);
});

test.for([
  ["text", Buffer.from("hello\n"), /is not a snapshot/],
  ["a later format", gzipSync('{"umpreflight":"snapshot","version":99}\n'), /has snapshot format 99[\s\S]*release/],
] as const)("not a snapshot of ours: %s", async ([, content, message]) => {
  const ended = await evaluate(content);
  expect(ended.code).toBe(2);
  expect(ended.stdout).toBe("");
  expect(ended.stderr).toMatch(message);
});

test("no such file", async () => {
  const ended = await run(["evaluate", files.path("none.gz")]);
  expect(ended).toMatchObject({ code: 2, stdout: "" });
  expect(ended.stderr).toContain(files.path("none.gz"));
});

test("--at judges for another moment; --fail-on warn changes the exit code, not the findings", async () => {
  const soon = new Date(Date.now() + 355 * 86_400_000).toISOString(); // the certificates are about to expire
  const json = async (...args: readonly string[]) => evaluate(whole, "--at", soon, "--reporter", "json", ...args);
  const [normal, strict] = [await json(), await json("--fail-on", "warn")];
  expect(normal.stdout).toContain('"outcome":"warn"');
  expect(strict.code).toBe(1);
  expect(strict.stdout.replace('"failOn": "warn"', '"failOn": "fail"')).toBe(normal.stdout);
});

test("a reader that goes away is no crash", async () => {
  const closing: Running = { watch: ({ stdout }, { closeOutput }) => void (stdout.length > 0 && closeOutput()) };
  const ended = await run(["evaluate", files.path("whole.snapshot.gz"), "--reporter", "json"], closing);
  expect(unfit({ stdout: "", stderr: ended.stderr })).toEqual([]);
  expect(ended.signal).toBeNull();
  const listing = await run(["rules", "list", "--json"], closing);
  expect(unfit({ stdout: "", stderr: listing.stderr })).toEqual([]);
});

test("a report or snapshot that cannot be written: exit code 2, and no half file is left", async () => {
  const report = await run(["evaluate", files.path("whole.snapshot.gz"), "--reporter", `json=${files.path("no/such/folder/report.json")}`]);
  expect(report.code).toBe(2);
  expect(report.stderr).toContain("no/such/folder/report.json");
  await mkdir(files.path("taken"));
  const taken = await run(["evaluate", files.path("whole.snapshot.gz"), "--reporter", `json=${files.path("taken")}`]);
  expect(taken.code).toBe(2);
  const snapshot = await run(["collect", "-c", config, "-o", files.path("no/such/folder/s.gz")]);
  expect(snapshot).toMatchObject({ code: 2, stdout: "" });
  expect(snapshot.stderr).toMatch(/cannot write the snapshot[\s\S]*--output/);
  for (const ended of [report, taken, snapshot]) expect(unfit(ended)).toEqual([]);
  expect((await readdir(files.path("."))).filter((name) => name.includes("partial"))).toEqual([]);
});

test.runIf(existsSync("/dev/full"))("a full disk behind the standard output", async () => {
  const child = spawn(process.execPath, [program, "evaluate", files.path("whole.snapshot.gz"), "--reporter", "json"], { stdio: ["ignore", openSync("/dev/full", "w"), "pipe"] });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const [code] = (await once(child, "close")) as [number];
  expect(code).toBe(2);
  expect(stderr).toContain("cannot write to the standard output");
  expect(unfit({ stdout: "", stderr })).toEqual([]);
});

test.for(["SIGINT", "SIGTERM"] as const)("%s during collect: exit code 130, and what was read is kept, marked incomplete, and evaluates", async (signal) => {
  const output = files.path(`${signal}.snapshot.gz`);
  await lab.misbehave({ server: "ldap:fabrikam", how: "stall", after: 30 });
  let kill: ((signal: NodeJS.Signals) => void) | undefined;
  const running = run(["collect", "-c", config, "-o", output], { started: (how) => (kill = how) });
  while (!existsSync(`${output}.partial`)) await delay(20);
  await delay(600); // both forests are being read now, and one does not answer any more
  kill?.(signal);
  const ended = await running;
  await lab.misbehave({ server: "ldap:fabrikam", how: undefined });
  expect(ended).toMatchObject({ code: 130, stdout: `${output}\n` });
  expect(ended.stderr).toMatch(/interrupted/i);
  expect(unfit(ended)).toEqual([]);
  expect(gunzipSync(await readFile(output)).toString("utf8")).not.toContain(scannerAccount.password);
  const evaluated = await run(["evaluate", output]);
  expect([1, 3]).toContain(evaluated.code);
  expect(evaluated.stdout).toMatch(/interrupted/);
});
