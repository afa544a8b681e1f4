import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Baseline } from "../model/baseline.ts";
import type { DriftState, FindingChange } from "../model/drift.ts";
import type { Evidence, Finding, Summary } from "../model/finding.ts";
import type { History, RunRow, RunStatus, Standing } from "../model/history.ts";
import type { KindName } from "../model/kinds.ts";

type Row = Readonly<Record<string, SQLOutputValue>>;
type Reading = Pick<History, "last" | "standings" | "runs" | "run">;

const text = (value: SQLOutputValue | undefined): string => (typeof value === "string" ? value : "");
const optionalText = (value: SQLOutputValue | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** The reading half of a history. */
export function readingOf(db: DatabaseSync): Reading {
  return {
    last(scope) {
      const row = db.prepare("SELECT * FROM runs WHERE scope = ? AND status = 'done' ORDER BY id DESC LIMIT 1").get(scope);
      return row === undefined ? undefined : { run: Number(row["id"]), baseline: baselineOf(row, walkFindings(db, Number(row["id"]))) };
    },
    standings: (scope) => db.prepare("SELECT * FROM standings WHERE scope = ? ORDER BY key").all(scope).map(standingOf),
    runs({ scope, limit }) {
      const rows = scope === undefined ? db.prepare("SELECT * FROM runs ORDER BY id DESC LIMIT ?").all(limit) : db.prepare("SELECT * FROM runs WHERE scope = ? ORDER BY id DESC LIMIT ?").all(scope, limit);
      return rows.map(runOf).reverse();
    },
    run(id) {
      const row = db.prepare("SELECT * FROM runs WHERE id = ?").get(id);
      if (row === undefined) return undefined;
      const changes = db.prepare("SELECT change FROM changes WHERE run = ? ORDER BY rowid").all(id).map(({ change }) => JSON.parse(text(change)) as FindingChange);
      return { row: runOf(row), baseline: baselineOf(row, db.prepare(findingsOfRun).all(id).map(findingOf)), changes };
    },
  };
}

const noCounts: Readonly<Record<DriftState, number>> = { new: 0, changed: 0, "unknown-now": 0, fixed: 0, gone: 0, still: 0 };
const noSummary: Summary = { pass: 0, warn: 0, fail: 0, unknown: 0, notApplicable: 0, waived: 0 };

function runOf(row: Row): RunRow {
  const summary = { ...noSummary, ...(JSON.parse(text(row["summary"])) as Partial<Summary>) };
  return {
    run: Number(row["id"]),
    scope: text(row["scope"]),
    startedAt: text(row["started_at"]),
    finishedAt: optionalText(row["finished_at"]),
    status: text(row["status"]) as RunStatus,
    complete: row["complete"] === 1,
    ...summary,
    changes: { ...noCounts, ...(JSON.parse(text(row["counts"])) as Partial<Record<DriftState, number>>) },
    exitCode: typeof row["exit_code"] === "number" ? row["exit_code"] : undefined,
    tool: text(row["tool"]),
    error: optionalText(row["error"]),
  };
}

function baselineOf(row: Row, findings: Iterable<Finding>): Baseline {
  return { name: `run ${Number(row["id"])}`, startedAt: text(row["started_at"]), complete: row["complete"] === 1, profile: text(row["scope"]), rules: JSON.parse(text(row["rules"])) as readonly string[], findings };
}

const findingsOfRun = "SELECT * FROM findings WHERE run = ? ORDER BY rowid";

/** The findings of a run, read anew each time they are walked: there may be a million. */
function walkFindings(db: DatabaseSync, run: number): Iterable<Finding> {
  return {
    *[Symbol.iterator]() {
      for (const row of db.prepare(findingsOfRun).iterate(run)) yield findingOf(row);
    },
  };
}

function findingOf(row: Row): Finding {
  return {
    rule: text(row["rule"]),
    title: text(row["title"]),
    requirements: [],
    severity: text(row["severity"]) as Finding["severity"],
    subject: { kind: text(row["kind"]) as KindName, id: text(row["subject"]), name: text(row["name"]) },
    outcome: text(row["outcome"]) as Finding["outcome"],
    message: text(row["message"]),
    reasons: [],
    evidence: row["evidence"] === null ? [] : (JSON.parse(text(row["evidence"])) as readonly Evidence[]),
    references: [],
    disposition: text(row["disposition"]) as Finding["disposition"],
    ...(typeof row["count"] === "number" ? { count: row["count"] } : {}),
  };
}

function standingOf(row: Row): Standing {
  return {
    key: text(row["key"]),
    rule: text(row["rule"]),
    subject: { kind: text(row["kind"]) as KindName, id: text(row["subject"]), name: text(row["name"]) },
    outcome: optionalText(row["outcome"]) as Standing["outcome"],
    decided: optionalText(row["decided"]) as Standing["decided"],
    since: text(row["since"]),
    runs: Number(row["runs"]),
    told: optionalText(row["told"]) as Standing["told"],
  };
}
