import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { findingStore } from "../src/app/finding-store.ts";
import { judgeSnapshot } from "../src/app/evaluate.ts";
import { loadRules } from "../src/app/load-rules.ts";
import { keepHeapSmall } from "../src/cli/memory-flags.ts";
import type { Finding } from "../src/model/finding.ts";
import type { Report } from "../src/model/report.ts";
import { reporterNamed, reporters } from "../src/report/registry.ts";
import { writeUsers } from "./lab-users.ts";

// node bench/memory.ts [findings [users [rule folder]]]: most memory and time of each reporter with a million findings out of the store, and of judging users. Each has a process of its own.

const [findings = 1_000_000, users = 200_000] = process.argv.slice(2, 4).map(Number);
const ruleFolders = process.argv.slice(4, 5);
const root = new URL("../", import.meta.url);

interface Measured {
  readonly what: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly detail: string;
}

/** A finding like those on users, no two alike. */
function findingNumber(number: number): Finding {
  const name = `Person ${number}`;
  const subject = { kind: "user" as const, id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`, name };
  const dn = `CN=${name},OU=Linked Mailboxes,OU=Emea,DC=fabrikam,DC=test`;
  const source = "directory fabrikam.test (fdc1.fabrikam.test:636)";
  return {
    ...shared,
    rule: `bench/rule-${number % 20}`,
    subject,
    outcome: number % 5 === 0 ? "unknown" : "fail",
    message: `${name} has the extension ${number}, which has ${String(number).length} digits; dial plan HQ asks for 5.`,
    reasons: number % 5 === 0 ? [{ reason: "denied", subject, fact: "lineUri", detail: "access denied" }] : [],
    evidence: [{ subject, fact: "dn", value: dn, state: "known", source }, { subject, fact: "eumSecondary", value: `${number};phone-context=HQ.fabrikam.test`, state: "known", source }],
    remedy: { text: "Give the user an extension of the right length.", commands: [`Set-UMMailbox -Identity '${dn}' -Extensions '${number}'`] },
    disposition: "open",
  };
}

const shared = { title: "Extensions have the length of the dial plan", requirements: ["usr.extension"], severity: "major", references: [{ text: "Enable a user for voice mail", url: "https://learn.microsoft.com/exchange/enable-a-user-for-voice-mail" }] } as const;

async function render(name: string): Promise<string> {
  const store = findingStore();
  for (let number = 0; number < findings; number += 1) store.add(findingNumber(number));
  const rules = Array.from({ length: 20 }, (_, number) => ({ id: `bench/rule-${number}`, title: shared.title, file: `rules/bench/rule-${number}.yaml`, line: 1, severity: shared.severity }));
  const report: Report = { tool: { name: "umpreflight", version: "0.0.0" }, run: { startedAt: "2026-06-01T10:00:00.000Z", finishedAt: "2026-06-01T11:00:00.000Z", complete: true, profile: "on-premises", targets: [], reasons: [] }, ...store.finish(), rules, failOn: "fail" };
  const reporter = await reporterNamed(name)?.load();
  let size = 0;
  for (const chunk of reporter?.(report, { columns: undefined, color: false, verbosity: "normal" }) ?? []) size += chunk.length;
  return `${(size / 1e6).toFixed(1)} MB written`;
}

async function judge(path: string): Promise<string> {
  const { report } = await judgeSnapshot(path, loadRules(root, { folders: ruleFolders, parameters: {}, profileFile: undefined }), { toolVersion: "0.0.0", at: new Date(), parameters: {}, failOn: "fail", onUnknown: "report", progress: () => undefined });
  return JSON.stringify(report.summary);
}

async function measured(what: string, argument: string): Promise<Measured> {
  const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), { env: { ...process.env, UMPREFLIGHT_BENCH: JSON.stringify([what, argument]) } });
  const [message] = (await once(child, "message")) as [Measured];
  return message;
}

// As the program itself does.
keepHeapSmall();

const task = process.env["UMPREFLIGHT_BENCH"];
if (task === undefined) {
  const show = ({ what, seconds, megabytes, detail }: Measured): void => console.log(`${what.padEnd(14)} ${megabytes.toFixed(0).padStart(5)} MB ${seconds.toFixed(1).padStart(7)} s  ${detail}`);
  for (const name of Object.keys(reporters)) show(await measured(name, name));
  const folder = await mkdtemp(join(tmpdir(), "umpreflight-bench-"));
  const path = join(folder, "users.snapshot.gz");
  await writeUsers(path, users);
  show(await measured("judge", path));
  await rm(folder, { recursive: true, force: true });
} else {
  const [what, argument] = JSON.parse(task) as [string, string];
  const started = performance.now();
  const detail = await (what === "judge" ? judge(argument) : render(argument));
  process.send?.({ what, seconds: (performance.now() - started) / 1000, megabytes: process.resourceUsage().maxRSS / 1024, detail } satisfies Measured);
  process.disconnect();
}
