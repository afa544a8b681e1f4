import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";
import { folder, run, unfit, type Ended } from "./running.ts";

let lab: Lab;
let files: Awaited<ReturnType<typeof folder>>;
let snapshot: string;

beforeAll(async () => {
  lab = await startLab(healthyDeployment({ users: 4 }));
  files = await folder();
  snapshot = files.path("healthy.snapshot.gz");
  const collected = await run(["collect", "-c", await writeScannerConfiguration(lab, { limits: { operationTimeoutMs: 20_000 } }), "-o", snapshot]);
  if (collected.code !== 0) throw new Error(collected.stderr);
}, 60_000);
afterAll(async () => {
  await lab.close();
  await files.remove();
});

async function whatIf(plan: string, ...args: readonly string[]): Promise<Ended> {
  await writeFile(files.path("plan.yaml"), `version: 1\ntitle: What Portland needs\n${plan}`);
  const ended = await run(["evaluate", snapshot, "--overlay", files.path("plan.yaml"), ...args]);
  expect(unfit(ended)).toEqual([]);
  return ended;
}

const changesOf = (output: string) => output.slice(output.indexOf("\nChanges\n")).split("\n").filter((line) => /^(NEW|FIXED|CHANGED|UNKNOWN|GONE)\b/.test(line));

test("a planned mistake makes findings appear, and the report says that it is planned", async () => {
  const before = await readFile(snapshot);
  const ended = await whatIf("change: { umDialPlan/BranchUM: { voipSecurity: SIPSecured } }\n", "--reporter", "table", "--reporter", `json=${files.path("planned.json")}`);
  expect(ended.code).toBe(1);
  expect(ended.stdout).toMatch(/^umpreflight .*\nPLANNED, not seen: What Portland needs\./);
  expect(changesOf(ended.stdout)).toContainEqual(expect.stringMatching(/^NEW {6}dial-plan\/encryption-matches-lync \(pass → fail\): UM dial plan BranchUM/));
  expect(ended.stdout).toContain("planned (plan.yaml)");
  const report = JSON.parse(await readFile(files.path("planned.json"), "utf8")) as { readonly run: unknown; readonly comparison: { readonly counts: { readonly new: number; readonly fixed: number } } };
  expect(report.run).toMatchObject({ planned: { titles: ["What Portland needs"], files: [files.path("plan.yaml")] } });
  expect(report.comparison.counts).toMatchObject({ fixed: 0 });
  expect((await readFile(snapshot)).equals(before)).toBe(true);

  const rendered = await run(["report", files.path("planned.json"), "--reporter", "junit"]);
  expect(rendered.code).toBe(2);
  expect(rendered.stderr).toContain("the reporter junit has no place to say that the state is planned");
  const accepted = await run(["baseline", "accept", files.path("planned.json"), "-o", files.path("baseline.json")]);
  expect(accepted).toMatchObject({ code: 2 });
  expect(accepted.stderr).toContain("a planned state cannot be accepted");
});

test.runIf(process.platform !== "win32").for(["SIGINT", "SIGTERM"] as const)("%s leaves nothing of the planned state behind", async (signal) => {
  const temporary = files.path(`temporary-${signal}`);
  await mkdir(temporary);
  await writeFile(files.path("plan.yaml"), "version: 1\ntitle: nothing\nchange: { umDialPlan/BranchUM: { voipSecurity: Secured } }\n");
  let made = false;
  const watching = (kill: (signal: NodeJS.Signals) => void): void => {
    const watch = setInterval(() => void readdir(temporary).then(([first]) => {
      if (first === undefined) return;
      made = true;
      clearInterval(watch);
      kill(signal);
    }), 5);
    setTimeout(() => clearInterval(watch), 20_000);
  };
  const ended = await run(["evaluate", snapshot, "--overlay", files.path("plan.yaml")], { environment: { TMPDIR: temporary }, started: watching });
  expect(made).toBe(true);
  expect(ended.code).toBe(130);
  expect(await readdir(temporary)).toEqual([]);
});

test("a plan that breaks nothing exits 0, and what is not planned of a new object is unknown", async () => {
  const same = await whatIf("change: { umDialPlan/BranchUM: { voipSecurity: Secured } }\n");
  expect(same.code).toBe(0);
  expect(same.stdout).toContain("nothing changed");
  const bare = await whatIf("add: { exchangeServer/EX9: { name: EX9, fqdn: ex9.fabrikam.test, organization: Fabrikam } }\n");
  expect(bare.code).toBe(3);
  expect(changesOf(bare.stdout)).toContainEqual(expect.stringMatching(/^NEW {6}version\/.* \(unknown\): Exchange server EX9/));
});

test("a certificate, a record and a removed object are judged as they would be", async () => {
  const other = lab.certificates.get("server:ex1.fabrikam.test");
  await writeFile(files.path("wrong.pem"), other?.pem ?? "");
  const ended = await whatIf('certificates: [{ endpoint: "ex2.fabrikam.test:5063", file: wrong.pem }]\ndns: [{ view: inside, srv: _sipinternaltls._tcp.contoso.test, targets: [] }]\nremove: ["umAutoAttendant/BranchAA"]\nchange: { umDialPlan/BranchUM: { defaultAutoAttendant: ~ } }\n');
  expect(ended.code).toBe(1);
  const changes = changesOf(ended.stdout).join("\n");
  expect(changes).toMatch(/NEW {6}certificate\/um-names \(pass → fail\): Endpoint ex2\.fabrikam\.test:5063/);
  expect(changes).toMatch(/NEW {6}dns\/internal-srv \(pass → fail\)/);
  expect(changes).toMatch(/UNKNOWN {2}certificate\/second-opinion .*ex2\.fabrikam\.test:5063/);
  expect(changes).not.toMatch(/ex1\.fabrikam\.test:5063/);
});

test.for([
  ["change: { umDialPlan/BranchUN: { faxEnabled: true } }\n", [], /plan\.yaml:3:\d+: the snapshot has no umDialPlan BranchUN\n {2}Did you mean BranchUM\?/],
  ["change: { umDialPlan/BranchUM: { voipSecurity: Secure } }\n", [], /plan\.yaml:3:\d+: voipSecurity: "Secure" is no .*\n {2}Did you mean Secured\?/],
  ["remove: [umDialPlan/BranchUM]\n", [], /still referred to:\n {2}umHuntGroup\/BranchUM \(fabrikam\.test\/[-\da-f]{36}\): dialPlan/],
  ["", ["--reporter", "nagios"], /the reporter nagios has no place to say/],
  ["", ["--baseline", "x.json"], /--baseline and --history are for states that were seen/],
] as const)("is refused before anything is judged: %s %s", async ([plan, args, message]) => {
  const ended = await whatIf(plan, ...args);
  expect(ended).toMatchObject({ code: 2, stdout: "" });
  expect(ended.stderr).toMatch(message);
});
