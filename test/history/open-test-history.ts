import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHistory, type OpenOptions } from "../../src/history/open.ts";
import type { History, RunRecord } from "../../src/model/history.ts";
import type { Finding } from "../../src/model/finding.ts";

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "umpreflight-history-"));
}

export async function openAt(path: string, changes: Partial<OpenOptions> = {}): Promise<History> {
  return openHistory(path, { now: new Date("2026-06-01T06:00:00Z"), busyTimeoutMs: 50, host: "here", isAlive: () => true, ...changes });
}

export function begin(history: History, changes: { readonly startedAt?: string; readonly pid?: number; readonly scope?: string; readonly host?: string } = {}): number {
  return history.begin({ scope: "on-premises", startedAt: "2026-06-01T06:00:00.000Z", tool: "0.1.0", pid: 1, host: "here", ...changes });
}

export function record(findings: readonly Finding[] = [], changes: Partial<RunRecord> = {}): RunRecord {
  return {
    startedAt: "2026-06-01T06:00:00.000Z", finishedAt: "2026-06-01T06:01:00.000Z", complete: true, tool: "0.1.0", exitCode: 0,
    summary: { pass: 0, warn: 0, fail: 0, unknown: 0, notApplicable: 0, waived: 0 }, rules: ["dial-plan/security"], findings,
    counts: { new: 0, changed: 0, "unknown-now": 0, fixed: 0, gone: 0, still: 0 }, changes: [], standings: [], messages: [], ...changes,
  };
}

export function message(key: string, notBefore = "2026-06-01T06:00:00.000Z"): RunRecord["messages"][number] {
  return { key, channel: "ops", payload: "{}", notBefore };
}
