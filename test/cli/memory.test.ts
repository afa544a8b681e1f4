import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeSnapshot } from "../../src/snapshot/writer.ts";
import { folder, run } from "./running.ts";

const users = 2000;
/** Enough for the program and some findings, but not for all of these: each holds a long text three times. */
const heap = "--max-old-space-size=80 --max-semi-space-size=4";
const longSource = `directory fabrikam.test (${"dc1.fabrikam.test:636, ".repeat(450)})`;
const rule = `id: bench/um-enabled
title: Users have Unified Messaging
severity: major
requirements: [usr.um-enabled]
team: exchange
why: Callers hear no greeting.
subject: { each: user, as: user }
outcomes:
  - fail: "!user.umEnabled"
    message: "{user.name} is not enabled for Unified Messaging, so that callers who are not answered hear nothing at all."
pass: "{user.name} is enabled."
evidence: [user.dn, user.umEnabled, user.enabledAccount]
remedy:
  text: Enable the user.
  commands: ["Enable-UMMailbox -Identity {user.dn} -UMMailboxPolicy Default"]
`;
const waivers = `version: 1
waivers:
  - { id: some, rule: bench/um-enabled, subject: { glob: "*7" }, atMost: 10000, reason: They never had it, owner: jane, expires: 2099-01-01T00:00:00Z }
`;

let files: Awaited<ReturnType<typeof folder>>;

beforeAll(async () => {
  files = await folder();
  await mkdir(join(files.path("rules"), "bench"), { recursive: true });
  await writeFile(join(files.path("rules"), "bench", "um-enabled.yaml"), rule);
  await writeFile(files.path("waivers.yaml"), waivers);
  const writer = await writeSnapshot(files.path("many.gz"), { tool: "test", startedAt: "2026-06-01T00:00:00.000Z", profile: "on-premises" });
  for (let number = 0; number < users; number += 1) {
    const known = (value: unknown) => ({ state: "known" as const, value, source: longSource });
    const dn = `CN=Person ${number},DC=fabrikam,DC=test`;
    await writer.mass({ kind: "user", id: `user-${number}`, name: `Person ${number}`, facts: { name: known(`Person ${number}`), dn: known(dn), umEnabled: known(false), enabledAccount: known(true) } });
  }
  await writer.finish([], { finishedAt: "2026-06-01T00:01:00.000Z", complete: true, reasons: [], targets: [] });
}, 60_000);
afterAll(() => files.remove());

test("many failing users are judged, waived and reported in little memory, and the report is read again in as little", { timeout: 180_000 }, async () => {
  const report = files.path("report.json");
  const environment = { NODE_OPTIONS: heap };
  const judged = await run(["evaluate", files.path("many.gz"), "--rules", files.path("rules"), "--waivers", files.path("waivers.yaml"), "--reporter", `json=${report}`, "--reporter", `csv=${files.path("report.csv")}`], { environment });
  expect({ code: judged.code, stderr: judged.stderr.slice(0, 500) }).toEqual({ code: 1, stderr: "" });
  const file = await open(report);
  const start = await file.read({ buffer: Buffer.alloc(1000) });
  await file.close();
  expect(start.buffer.toString("utf8")).toMatch(/"summary": \{[^}]*"fail":1800,[^}]*"waived":200\}/u);
  const again = await run(["report", report, "--reporter", "nagios"], { environment });
  expect({ code: again.code, stdout: again.stdout.slice(0, 200), stderr: again.stderr.slice(0, 500) }).toMatchObject({ code: 1, stdout: expect.stringContaining("fail=1800"), stderr: "" });
});
