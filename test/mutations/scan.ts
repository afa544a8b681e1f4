import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collect } from "../../src/app/collect.ts";
import { judgeSnapshot } from "../../src/app/evaluate.ts";
import type { LoadedRules } from "../../src/app/load-rules.ts";
import { loadShippedRules } from "../../src/app/load-rules.ts";
import { readSecrets } from "../../src/app/run-secrets.ts";
import { loadConfig } from "../../src/config/config-file.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Report, ReportTarget } from "../../src/model/report.ts";

/** The rules that ship with the program. */
export function shippedRules(): LoadedRules {
  return loadShippedRules(new URL("../../", import.meta.url));
}

/** What a scan told. */
export interface Scanned {
  readonly targets: readonly ReportTarget[];
  readonly findings: readonly Finding[];
  readonly overview?: Report["overview"];
}

/** Collects what a configuration file names and judges it, with the product's own use cases, as `scan` does. */
export async function scan(configuration: string, rules: LoadedRules): Promise<Scanned> {
  const config = loadConfig(configuration);
  const secrets = await readSecrets(config, { environment: {}, prompt: undefined });
  const folder = await mkdtemp(join(tmpdir(), "umpreflight-scan-"));
  const progress = (): void => undefined;
  try {
    const snapshot = join(folder, "run.snapshot.gz");
    await collect(config, secrets, snapshot, { toolVersion: "0.0.0", now: Date.now, monotonic: () => performance.now(), random: Math.random, interrupted: new AbortController().signal, progress });
    const { report } = await judgeSnapshot(snapshot, rules, { toolVersion: "0.0.0", at: new Date(), parameters: config.parameters, failOn: "fail", onUnknown: "report", progress });
    return { targets: report.run.targets, findings: [...report.findings], overview: report.overview };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
