import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import { applyChanges } from "../../src/lab/deployment/mutations.ts";
import { branchPlan, planDn } from "../../src/lab/deployment/plans.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";
import { webhookServer } from "../notify/servers.ts";
import { folder, program, run, unfit } from "./running.ts";

const healthy = healthyDeployment({ users: 3 });
let lab: Lab;
let files: Awaited<ReturnType<typeof folder>>;
beforeAll(async () => {
  lab = await startLab(healthy);
  files = await folder();
});
afterAll(async () => {
  await lab.close();
  await files.remove();
});

async function configuration(name: string): Promise<{ readonly history: string; readonly config: string }> {
  const history = files.path(`${name}.db`);
  const config = await writeScannerConfiguration(lab, { history: { file: history }, notifications: { channels: [{ name: "ops", webhook: { url: { env: "OPS_HOOK" } } }] } });
  const own = `${config}.${name}.yaml`;
  await writeFile(own, await readFile(config, "utf8"));
  return { history, config: own };
}

interface Row {
  readonly status: string;
  readonly fail: number;
}
async function runsOf(history: string): Promise<readonly Row[]> {
  return JSON.parse((await run(["history", "list", "--history", history, "--json"])).stdout) as readonly Row[];
}

test("kill -9 at any moment: the history is whole, no report is half, and the next scan goes on", async () => {
  const { history, config } = await configuration("killed");
  const report = files.path("killed.json");
  const args = ["scan", "-c", config, "--reporter", `json=${report}`];
  const started = performance.now();
  expect((await run(args)).code).toBe(0);
  const wholeMs = performance.now() - started;
  for (const part of [0.25, 0.45, 0.6, 0.7, 0.8, 0.9, 0.97]) {
    const { signal } = await run(args, { started: (kill) => void setTimeout(() => kill("SIGKILL"), wholeMs * part) });
    expect([signal, null]).toContain(signal);
    if (existsSync(report)) expect(() => JSON.parse(readFileSync(report, "utf8")) as unknown).not.toThrow();
  }
  const last = await run(args);
  expect([last.code, unfit(last)]).toEqual([0, []]);
  const rows = await runsOf(history);
  expect(rows.at(-1)).toMatchObject({ status: "done", fail: 0 });
  expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["done", "crashed"]));
  expect(readdirSync(files.path("."))).not.toContain("killed.db.lock");
}, 120_000);

test("kill -9 while a message is being sent: it is sent again under the same key, and then never more", async () => {
  const { history, config } = await configuration("notify");
  const hook = await webhookServer([undefined, 200]);
  const environment = { OPS_HOOK: hook.url };
  try {
    expect((await run(["scan", "-c", config, "-q"], { environment })).code).toBe(0);
    await lab.update(applyChanges(healthy, [{ kind: "setAttribute", forest: "fabrikam", dn: planDn(branchPlan), name: "msExchUMDialPlanVoipSecurity", values: ["1"] }]));
    const killed = run(["scan", "-c", config, "-q"], { environment, started: (kill) => void whenReceived(hook, 1).then(() => kill("SIGKILL")) });
    expect((await killed).signal).toBe("SIGKILL");
    // Recorded before it was told: the failure is no news to the next run, and still the message is not lost.
    expect((await runsOf(history)).at(-1)).toMatchObject({ status: "done" });
    expect((await run(["history", "outbox", "--history", history])).stdout).toContain("ops: waiting, 1 attempts");
    const db = new DatabaseSync(history);
    db.exec("UPDATE outbox SET leased_until = '2026-01-01T00:00:00.000Z'"); // as when the lease has ended
    db.close();
    expect((await run(["scan", "-c", config, "-q"], { environment })).code).toBe(1);
    expect((await run(["scan", "-c", config, "-q"], { environment })).code).toBe(1);
    expect(hook.received).toHaveLength(2);
    expect(new Set(hook.received.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  } finally {
    hook.close();
    await lab.update(healthy);
  }
}, 120_000);

async function whenReceived({ received }: { readonly received: readonly unknown[] }, count: number): Promise<void> {
  for (let tries = 0; tries < 3000 && received.length < count; tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
}

test("two scans at once with one history: one of them is told so, and the history is whole", async () => {
  const { history, config } = await configuration("twice");
  const codes = (await Promise.all([run(["scan", "-c", config, "-q"]), run(["scan", "-c", config, "-q"])])).map(({ code }) => code ?? -1).sort((a, b) => a - b);
  expect(codes).toEqual([0, 2]);
  expect((await runsOf(history)).map(({ status }) => status)).toEqual(["done"]);
}, 60_000);

test("a report that cannot be written for want of room does not undo the run in the history", async () => {
  const { history, config } = await configuration("full");
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, [program, "scan", "-c", config], { stdio: ["ignore", full, "pipe"] });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  closeSync(full);
  expect([code, unfit({ stdout: "", stderr })]).toEqual([2, []]);
  expect(stderr).toMatch(/ENOSPC|no space/);
  expect((await runsOf(history)).at(-1)).toMatchObject({ status: "done" });
}, 60_000);

test("an interrupted scan is no run to compare with", async () => {
  const { history, config } = await configuration("interrupted");
  await lab.misbehave({ server: "ldap:fabrikam", how: "stall" });
  const ended = await run(["scan", "-c", config, "-q"], { started: (kill) => void setTimeout(() => kill("SIGTERM"), 2_500) });
  await lab.misbehave({ server: "ldap:fabrikam", how: undefined });
  expect(ended.code).toBe(130);
  expect((await runsOf(history)).map(({ status }) => status)).toEqual(["failed"]);
}, 60_000);
