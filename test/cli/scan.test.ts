import { appendFile, readFile, writeFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { SaxesParser } from "saxes";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { contoso, fabrikam, scannerAccount } from "../../src/lab/deployment/forests.ts";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import { rtcServiceDn } from "../../src/lab/deployment/lync-topology.ts";
import { lyncUserDn } from "../../src/lab/deployment/people.ts";
import { applyChanges, type Change } from "../../src/lab/deployment/mutations.ts";
import { branchPlan, organizationDn, planDn } from "../../src/lab/deployment/plans.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { folder, run, unfit, type Ended } from "./running.ts";

const healthy = healthyDeployment({ users: 4 });
const limits = { connectTimeoutMs: 1_000, operationTimeoutMs: 2_000 };
let lab: Lab;
let config: string;
let files: Awaited<ReturnType<typeof folder>>;

beforeAll(async () => {
  lab = await startLab(healthy);
  config = await writeScannerConfiguration(lab, { limits });
  files = await folder();
}, 60_000);
afterEach(async () => {
  for (const forest of ["contoso", "fabrikam"]) await lab.misbehave({ server: `ldap:${forest}`, how: undefined });
});
afterAll(async () => {
  await lab.close();
  await files.remove();
});

/** A report as its JSON says it. */
type WrittenReport = Omit<Report, "findings"> & { readonly findings: readonly Finding[] };

interface Scanned extends Ended {
  readonly report: WrittenReport;
}

/** Scans and reads the JSON report. */
async function scan(args: readonly string[] = [], file = config): Promise<Scanned> {
  const ended = await run(["scan", "-c", file, "--reporter", `json=${files.path("report.json")}`, "--reporter", "table", ...args]);
  expect(unfit(ended)).toEqual([]);
  expect(`${ended.stdout}${ended.stderr}`).not.toContain(scannerAccount.password);
  const text = await readFile(files.path("report.json"), "utf8");
  expect(text).not.toContain(scannerAccount.password);
  return { ...ended, report: JSON.parse(text) as WrittenReport };
}

/** Scans a changed deployment and heals it. */
async function scanAfter(changes: readonly Change[], args: readonly string[] = []): Promise<Scanned> {
  await lab.update(applyChanges(healthy, changes));
  try {
    return await scan(args);
  } finally {
    await lab.update(healthy);
  }
}

/** A configuration with something replaced. */
async function changedConfiguration(from: RegExp | string, to: string): Promise<string> {
  const text = (await readFile(config, "utf8")).replace(from, to);
  await writeFile(`${config}.changed.yaml`, text);
  return `${config}.changed.yaml`;
}

const outcomes = ({ report }: Scanned, outcome: Finding["outcome"]) => report.findings.filter((finding) => finding.outcome === outcome);
const told = ({ report }: Scanned) => report.run.targets.flatMap(({ problems }) => problems).join("\n");

test("a healthy deployment: nothing fails, nothing is unknown, nothing was written, every format is written", async () => {
  const healthyScan = await scan(["--reporter", `junit=${files.path("report.xml")}`, "--snapshot", files.path("healthy.snapshot.gz")]);
  expect([...outcomes(healthyScan, "fail"), ...outcomes(healthyScan, "unknown"), ...outcomes(healthyScan, "warn")].map(({ rule, subject }) => `${rule} ${subject.name}`)).toEqual([]);
  expect(healthyScan).toMatchObject({ code: 0, stderr: "" });
  expect(healthyScan.stdout).toMatch(/0 fail, 0 unknown/);
  expect(lab.writesSeen()).toBe(0);
  const parser = new SaxesParser({ position: true });
  let cases = 0;
  parser.on("opentag", ({ name }) => void (cases += name === "testcase" ? 1 : 0));
  parser.write(await readFile(files.path("report.xml"), "utf8")).close();
  expect(cases).toBeGreaterThan(10);
  const snapshot = gunzipSync(await readFile(files.path("healthy.snapshot.gz"))).toString("utf8");
  expect(snapshot).not.toContain(scannerAccount.password);
  expect(snapshot).not.toContain("PRIVATE KEY");
});

test("collect and evaluate give what scan gives, to the byte but for the times of the run", async () => {
  const at = "2030-01-31T12:00:00Z"; // most certificates have expired by then: there is something to compare
  const scanned = await scan(["--at", at]);
  const collected = await run(["collect", "-c", config, "-o", files.path("run.snapshot.gz")]);
  expect(collected).toEqual({ code: 0, signal: null, stdout: `${files.path("run.snapshot.gz")}\n`, stderr: "" });
  const evaluated = await run(["evaluate", "-c", config, "--at", at, "--reporter", "json", files.path("run.snapshot.gz")]);
  expect(evaluated.code).toBe(scanned.code);
  const timeless = (text: string): string => text.replace(/"(?:startedAt|finishedAt)":\s*"[^"]*"/g, '""');
  expect(timeless(evaluated.stdout)).toBe(timeless(await readFile(files.path("report.json"), "utf8")));
  expect(scanned.code).toBe(1);
});

test("mistakes fail with exit code 1, warnings only where asked for", async () => {
  const failing = await scanAfter([{ kind: "setAttribute", forest: "fabrikam", dn: planDn(branchPlan), name: "msExchUMDialPlanVoipSecurity", values: ["1"] }]);
  expect(failing.code).toBe(1);
  expect(outcomes(failing, "fail").map(({ rule }) => rule)).toContain("dial-plan/encryption-matches-lync");
  expect(failing.stdout).toContain("BranchUM");
});

test("an unreachable domain controller: unknown, with server and reason; the other forest is judged", async () => {
  await lab.misbehave({ server: "ldap:fabrikam", how: "refuse" });
  const scanned = await scan();
  expect(scanned.code).toBe(3);
  expect(outcomes(scanned, "unknown").length).toBeGreaterThan(0);
  expect(outcomes(scanned, "fail")).toEqual([]);
  expect(scanned.stdout).toMatch(/fdc1\.fabrikam\.test:636[^\n]*\n?[^\n]*ECONNREFUSED/);
  expect(told(scanned)).toMatch(/fdc1\.fabrikam\.test:636.*ECONNREFUSED/);
  expect(scanned.report.run.targets.find(({ name }) => name === contoso.realm)?.status).toBe("read");
  await lab.misbehave({ server: "ldap:fabrikam", how: "refuse" });
  expect((await scan(["--on-unknown", "ignore"])).code).toBe(0);
  expect((await scan(["--on-unknown", "fail"])).code).toBe(1);
});

test("wrong CA, wrong password, expired account: each is told as what it is, and exits with 3", async () => {
  const wrongCa = await changedConfiguration(/authorities-contoso\.pem(?=\n\s+credentials)/, "root-ca_stranger-root.pem");
  expect(told(await scan([], wrongCa))).toMatch(/cdc1\.contoso\.test:636 is not trusted/);
  await writeFile(files.path("wrong-password"), "Not-The-Passw0rd\n");
  const wrongPassword = await changedConfiguration(/file: .*scanner-password/, `file: ${files.path("wrong-password")}`);
  const refused = await scan([], wrongPassword);
  expect(refused.code).toBe(3);
  expect(told(refused)).toMatch(/cdc1\.contoso\.test:636.*wrong password or unknown user/);
  expect(`${refused.stdout}${refused.stderr}${JSON.stringify(refused.report)}`).not.toContain("Not-The-Passw0rd");
  const expired = await scanAfter([{ kind: "setAttribute", forest: "contoso", dn: `CN=${scannerAccount.sAMAccountName},CN=Users,${contoso.rootDn}`, name: "accountExpires", values: ["116444736000000001"] }]);
  expect(expired.code).toBe(3);
  expect(told(expired)).toMatch(/the account has expired/);
  for (const one of [refused, expired]) expect(outcomes(one, "fail")).toEqual([]);
});

/** Rules that passed on a subject of the Exchange organisation or of the Lync deployment. */
const passedOn = ({ report }: Scanned, kinds: RegExp) => report.findings.filter(({ outcome, subject }) => outcome === "pass" && kinds.test(subject.kind)).map(({ rule }) => rule);

test("forests without organisation, without Lync, without either schema: told, without a crash, and nothing passes unseen", async () => {
  const noExchange = await scanAfter([{ kind: "removeEntry", forest: "fabrikam", dn: organizationDn }]);
  expect(noExchange.code).toBe(1);
  expect(passedOn(noExchange, /^(um|exchange)/)).toEqual([]);
  const noLync = await scanAfter([{ kind: "removeEntry", forest: "contoso", dn: rtcServiceDn }]);
  expect(noLync.code).toBe(1);
  expect(passedOn(noLync, /^(lyncPool|lyncDeployment|exUmContact|trustedService)$/)).toEqual([]);
  const neither = await scanAfter([
    { kind: "removeEntry", forest: "fabrikam", dn: organizationDn },
    { kind: "removeEntry", forest: "fabrikam", dn: `CN=ms-Exch-Schema-Version-Pt,${fabrikam.schemaDn}` },
    { kind: "removeEntry", forest: "contoso", dn: rtcServiceDn },
    { kind: "removeEntry", forest: "contoso", dn: `CN=ms-RTC-SIP-SchemaVersion,${contoso.schemaDn}` },
  ]);
  expect([1, 3]).toContain(neither.code);
  const empty = await scanAfter(["UM DialPlan Container", "UM IPGateway Container", "UM AutoAttendant Container", "UM Mailbox Policies"].map((cn) => ({ kind: "removeEntry", forest: "fabrikam", dn: `CN=${cn},${organizationDn}` })));
  expect(empty.code).toBe(1);
  expect(passedOn(empty, /^um(DialPlan|IpGateway|HuntGroup|AutoAttendant|MailboxPolicy)$/)).toEqual([]);
});

test("hostile names reach terminal and XML as text", async () => {
  const evil = 'x"]]><b>\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}\r\nfake: PASS';
  const scanned = await scanAfter(
    [
      { kind: "setAttribute", forest: "contoso", dn: lyncUserDn("user00001"), name: "displayName", values: [evil] },
      { kind: "setAttribute", forest: "fabrikam", dn: planDn(branchPlan), name: "msExchUMPhoneContext", values: [evil] },
      { kind: "setAttribute", forest: "fabrikam", dn: planDn(branchPlan), name: "msExchUMDialPlanVoipSecurity", values: ["1"] },
    ],
    ["-v", "--reporter", `junit=${files.path("hostile.xml")}`],
  );
  expect(scanned.code).toBe(1);
  expect(`${scanned.stdout}${scanned.stderr}`).not.toMatch(/[^\P{C}\n]/u);
  expect(scanned.stdout).not.toMatch(/^fake: PASS/m);
  new SaxesParser().write(await readFile(files.path("hostile.xml"), "utf8")).close();
});

test("rules of one's own are judged beside the shipped ones", async () => {
  const rule = await readFile(new URL("../../rules/dial-plan/sip-plan-exists.yaml", import.meta.url), "utf8");
  const { mkdir } = await import("node:fs/promises");
  await mkdir(files.path("rules/own"), { recursive: true });
  await writeFile(files.path("rules/own/same.yaml"), rule.replace(/^id: .*$/m, "id: own/same"));
  const scanned = await scan(["--rules", files.path("rules")]);
  expect(scanned.report.findings.some(({ rule: id, outcome }) => id === "own/same" && outcome === "pass")).toBe(true);
  await appendFile(files.path("rules/own/same.yaml"), "\nnonsense: true\n");
  expect((await run(["scan", "-c", config, "--rules", files.path("rules")])).code).toBe(2);
});
