import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import { applyChanges, type Change } from "../../src/lab/deployment/mutations.ts";
import { branchPlan, planDn } from "../../src/lab/deployment/plans.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";
import type { Comparison } from "../../src/model/drift.ts";
import type { Report } from "../../src/model/report.ts";
import { webhookServer } from "../notify/servers.ts";
import { folder, run, unfit } from "./running.ts";

const healthy = healthyDeployment({ users: 3 });
const unsecured: Change = { kind: "setAttribute", forest: "fabrikam", dn: planDn(branchPlan), name: "msExchUMDialPlanVoipSecurity", values: ["1"] };
const rule = "dial-plan/encryption-matches-lync";

let lab: Lab;
let files: Awaited<ReturnType<typeof folder>>;
let hook: Awaited<ReturnType<typeof webhookServer>>;
beforeAll(async () => {
  lab = await startLab(healthy);
  files = await folder();
  hook = await webhookServer([200]);
});
afterEach(async () => lab.update(healthy));
afterAll(async () => {
  hook.close();
  await lab.close();
  await files.remove();
});

interface Told {
  readonly counts: Comparison["counts"];
  readonly events: readonly { readonly state: string; readonly rule: string; readonly outcome: string }[];
}

/** A history of its own, and a scan that adds to it. */
async function scanner(name: string, more: Readonly<Record<string, unknown>> = {}) {
  const history = files.path(`${name}.db`);
  const config = await writeScannerConfiguration(lab, { history: { file: history }, notifications: { channels: [{ name: "ops", webhook: { url: { env: "OPS_HOOK" } } }] }, ...more });
  const own = files.path(`${name}.yaml`);
  const folderOf = config.slice(0, config.lastIndexOf("/"));
  await writeFile(own, (await readFile(config, "utf8")).replaceAll(/(?<=[ "[])(?=[\w-]+\.(?:pem|key|json)\b)/g, `${folderOf}/`));
  return {
    history,
    config: own,
    scan: async (...args: readonly string[]) => {
      const before = hook.received.length;
      const ended = await run(["scan", "-c", own, "--reporter", "table", "--reporter", `json=${files.path(`${name}.json`)}`, "--snapshot", files.path(`${name}.snapshot.gz`), ...args], { environment: { OPS_HOOK: hook.url } });
      expect(unfit(ended)).toEqual([]);
      const report = JSON.parse(await readFile(files.path(`${name}.json`), "utf8")) as Report;
      const told = hook.received.slice(before).map(({ body }) => JSON.parse(body) as Told);
      return { ...ended, report, told };
    },
  };
}

test("what changed is told once; half an answer is unknown, not fixed; the trend is what was lived through", async () => {
  const { scan, history } = await scanner("drift");
  const first = await scan("--baseline", "last");
  expect(first).toMatchObject({ code: 0, told: [], stderr: "There is no earlier run to compare with: this is the first.\n" });
  await lab.update(applyChanges(healthy, [unsecured]));
  const broken = await scan("--baseline", "last");
  expect(broken.code).toBe(1);
  expect(broken.told).toHaveLength(1);
  expect(broken.told[0]?.events).toEqual(expect.arrayContaining([expect.objectContaining({ state: "new", rule, outcome: "pass → fail" })]));
  expect(broken.stdout).toContain(`NEW      ${rule} (pass → fail)`);
  expect(await scan()).toMatchObject({ code: 1, told: [] });

  await lab.misbehave({ server: "ldap:fabrikam", how: "refuse" });
  const half = await scan("--baseline", "last");
  expect(half.told[0]?.events.filter(({ state }) => state === "fixed" || state === "gone")).toEqual([]);
  expect(half.told[0]?.counts["unknown-now"]).toBeGreaterThan(0);
  await lab.misbehave({ server: "ldap:fabrikam", how: undefined });

  await lab.update(healthy);
  const mended = await scan("--baseline", "last");
  expect(mended.code).toBe(0);
  expect(mended.told[0]?.events).toEqual(expect.arrayContaining([expect.objectContaining({ state: "fixed", rule })]));
  const trend = await run(["trend", "--history", history, "--json"]);
  expect((JSON.parse(trend.stdout) as { fail: number; unknown: number }[]).map(({ fail, unknown }) => [fail > 0, unknown > 0])).toEqual([[false, false], [true, false], [true, false], [false, true], [false, false]]);
  expect((await run(["history", "--history", history])).stdout.split("\n")).toHaveLength(6);
  expect((await run(["history", "show", "2", "--history", history])).stdout).toContain(rule);
}, 120_000);

test("compare of snapshots, facts too; waivers and an accepted baseline", async () => {
  const { scan, config } = await scanner("accept");
  await scan();
  const before = files.path("before.snapshot.gz");
  await writeFile(before, await readFile(files.path("accept.snapshot.gz")));
  await lab.update(applyChanges(healthy, [unsecured]));
  const { report } = await scan();
  const after = files.path("accept.snapshot.gz");

  const compared = await run(["compare", before, after, "--facts", "-c", config]);
  expect(compared.code).toBe(1);
  expect(compared.stdout).toContain(`NEW      ${rule}`);
  expect(compared.stdout).toMatch(/~ UM dial plan BranchUM: voipSecurity: Secured → SIPSecured \(object last changed \d{4}-\d\d-\d\dT/);
  expect((await run(["compare", after, before])).code).toBe(0);
  expect((await run(["compare", after, files.path("accept.json")])).stdout).toContain("nothing changed");

  const failing = report.findings as unknown as Report["findings"] & readonly { rule: string; outcome: string; subject: { id: string } }[];
  const waivers = files.path("waivers.yaml");
  for (const { rule: id, subject } of failing.filter(({ outcome }) => outcome === "fail" || outcome === "warn")) {
    expect((await run(["waivers", "add", id, subject.id, "-f", waivers, "--reason", "moves in July", "--owner", "jane", "--expires", "2099-01-01T00:00:00Z"])).code).toBe(0);
  }
  const waived = await run(["evaluate", after, "--waivers", waivers, "--reporter", "json"]);
  expect(waived.code).toBe(0);
  expect((JSON.parse(waived.stdout) as { findings: object[] }).findings).toEqual(expect.arrayContaining([expect.objectContaining({ rule, outcome: "fail", disposition: "waived", waiver: expect.objectContaining({ owner: "jane" }) })]));
  expect((await run(["evaluate", after, "--waivers", waivers, "--at", "2100-01-01T00:00:00Z"])).stdout).toContain("waiver/expired");
  expect((await run(["evaluate", before, "--waivers", waivers])).stdout).toContain("waiver/unused");
  expect((await run(["waivers", "lint", "-f", waivers])).stdout).toContain("more than 400 days");

  const baseline = files.path("baseline.json");
  expect((await run(["baseline", "accept", after, "-o", baseline, "--by", "jane"])).code).toBe(0);
  expect((await run(["evaluate", after, "--baseline", baseline])).code).toBe(0);
  await run(["baseline", "accept", before, "-o", baseline, "--by", "jane"]);
  expect((await run(["evaluate", after, "--baseline", baseline])).code).toBe(1);
}, 120_000);

test("channels can be tried without a finding", async () => {
  const { config } = await scanner("channels");
  const before = hook.received.length;
  expect(await run(["notify", "test", "-c", config], { environment: { OPS_HOOK: hook.url } })).toMatchObject({ code: 0, stdout: "ops: taken\n", stderr: "" });
  expect(hook.received.slice(before).map(({ body }) => (JSON.parse(body) as Told).events.map(({ rule }) => rule))).toEqual([["umpreflight/test"]]);
  expect(await run(["notify", "test", "-c", config])).toMatchObject({ code: 1, stdout: expect.stringContaining("OPS_HOOK is not set") });
  expect(await run(["notify", "send", "-c", config], { environment: { OPS_HOOK: hook.url } })).toMatchObject({ code: 0, stdout: "0 sent\n" });
});

test("a damaged history is moved aside, said, and nothing else is lost", async () => {
  const { scan, history } = await scanner("damaged");
  await scan();
  await writeFile(history, "no database ".repeat(1000));
  const ended = await scan();
  expect(ended.code).toBe(0);
  expect(ended.stderr).toMatch(/was damaged\. It was moved to .*damaged\.db\.damaged-/);
  expect(existsSync(/moved to (\S+\.damaged-\w+)/.exec(ended.stderr)?.[1] ?? "")).toBe(true);
}, 60_000);

test("errors of use are one sentence with a remedy and exit code 2", async () => {
  for (const [args, expected] of [
    [["compare", files.path("no"), files.path("no")], "there is no file"],
    [["history", "--history", files.path("no.db")], "there is no history"],
    [["watch", "--every", "soon", "-c", files.path("drift.yaml")], "is no schedule"],
    [["watch", "--jitter", "x", "-c", files.path("drift.yaml")], "must be a whole number"],
    [["trend", "--limit", "0", "--history", files.path("drift.db")], "must be a whole number"],
    [["history", "show", "99", "--history", files.path("drift.db")], "there is no run 99"],
    [["notify", "test", "--channel", "none", "-c", files.path("drift.yaml")], "there is no channel none"],
    [["scan", "-c", "/no/such.yaml", "--baseline", "last"], "there is no /no/such.yaml"],
    [["waivers", "add", "gateway/resolves", "x", "--reason", "r", "--owner", "o", "--expires", "2020-01-01T00:00:00Z", "-f", files.path("w.yaml")], "is past"],
    [["waivers", "add", "no/rule", "x", "--reason", "r", "--owner", "o", "--expires", "2099-01-01T00:00:00Z", "-f", files.path("w.yaml")], "there is no rule"],
    [["evaluate", files.path("accept.snapshot.gz"), "--history", "/dev/full"], "no ordinary file"],
    [["evaluate", files.path("accept.snapshot.gz"), "--baseline", "last"], "needs a history"],
  ] as const) {
    const ended = await run(args);
    expect([args, ended.code, unfit(ended)]).toEqual([args, 2, []]);
    expect(ended.stderr).toContain(expected);
  }
});

test("watch scans at once, serves its pages on loopback, and stops cleanly on SIGTERM", async () => {
  const { config } = await scanner("watch");
  const pages: Record<string, string> = {};
  let asked = false;
  const ended = await run(["watch", "-c", config, "--now", "--every", "0 0 1 1 *", "--port", "0", "--quiet"], {
    environment: { OPS_HOOK: hook.url },
    watch: ({ stdout, stderr }, { kill }) => {
      const port = /127\.0\.0\.1:(\d+)/.exec(stderr)?.[1];
      if (asked || port === undefined || !stdout.includes("The run is complete.")) return;
      asked = true;
      void (async () => {
        for (const path of ["healthz", "metrics", "report", "report.json"]) pages[path] = await (await fetch(`http://127.0.0.1:${port}/${path}`)).text();
      })().finally(() => kill("SIGTERM"));
    },
  });
  expect(ended).toMatchObject({ code: 0, signal: null });
  expect(unfit(ended)).toEqual([]);
  expect(pages["healthz"]).toMatch(/^(waiting|running)\n$/);
  expect(pages["metrics"]).toContain("umpreflight_watch_runs_total{result=");
  expect(pages["metrics"]?.trimEnd().endsWith("# EOF")).toBe(true);
  expect(JSON.parse(pages["report.json"] ?? "")).toMatchObject({ summary: { fail: 0 } });
  expect(pages["report"]).toMatch(/^<!DOCTYPE html>[\s\S]*<h1>(?!Not ready)[\s\S]*<\/html>\n$/);
}, 60_000);
