import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collect } from "../src/app/collect.ts";
import { readSecrets } from "../src/app/run-secrets.ts";
import { loadConfig } from "../src/config/config-file.ts";
import { healthyDeployment } from "../src/lab/deployment/healthy.ts";
import { writeScannerConfiguration } from "../src/lab/scan-this.ts";
import { startLab } from "../src/lab/start.ts";
import { kinds, type KindName } from "../src/model/kinds.ts";
import type { Subject } from "../src/model/subject.ts";
import { readSnapshot, type Snapshot } from "../src/snapshot/reader.ts";
import { writeSnapshot } from "../src/snapshot/writer.ts";

/** The embedded lab, read into a snapshot. */
async function readLab(folder: string): Promise<Snapshot> {
  const lab = await startLab(healthyDeployment({ users: 30 }));
  try {
    const config = loadConfig(await writeScannerConfiguration(lab));
    const path = join(folder, "lab.snapshot.gz");
    await collect(config, await readSecrets(config, { environment: {}, prompt: undefined }), path, { toolVersion: "0.0.0", now: Date.now, monotonic: () => performance.now(), random: () => 0.5, interrupted: new AbortController().signal, progress: () => undefined });
    return await readSnapshot(path);
  } finally {
    await lab.close();
  }
}

/** The like of a user under another number; every one that `fails` has lost its SIP proxy address and its mailbox policy. */
function likeness(template: Subject, number: number, fails: boolean): Subject {
  const digits = String(number).padStart(7, "0");
  const text = JSON.stringify(template.facts).replaceAll(/user\d{5}/g, `user${digits}`).replaceAll(/\b100(\d{3})\b/g, digits).replaceAll(/\+1425555\d{4}/g, `+1425${digits}`);
  const facts = JSON.parse(text) as Record<string, Subject["facts"][string]>;
  const source = "directory fabrikam.test";
  if (fails) Object.assign(facts, { sipProxies: { state: "known", value: [], source }, umMailboxPolicy: { state: "absent", source }, optionFlags: { state: "known", value: 1, source } });
  return { kind: "user", id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`, name: `Person ${digits}`, facts };
}

/** Writes a snapshot of the lab's deployment with so many users, of whom every second is wrong. */
export async function writeUsers(path: string, users: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "umpreflight-bench-"));
  try {
    const lab = await readLab(folder);
    const templates: Subject[] = [];
    for await (const user of lab.mass()) templates.push(user);
    const { tool, startedAt, profile } = lab.header;
    const writer = await writeSnapshot(path, { tool, startedAt, profile });
    for (let number = 0; number < users; number += 1) {
      const template = templates[number % templates.length];
      if (template !== undefined) await writer.mass(likeness(template, number, number % 2 === 1));
    }
    const all = (Object.keys(kinds) as KindName[]).flatMap((kind) => lab.subjects.all(kind));
    await writer.finish(all, { finishedAt: lab.finishedAt, complete: true, reasons: [], targets: lab.targets });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
