import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import type { Acceptance, Baseline } from "../model/baseline.ts";
import { HistoryError } from "../model/errors.ts";
import { outcomes, severities, type Evidence, type Finding } from "../model/finding.ts";
import { kindNamed, type KindName } from "../model/kinds.ts";
import { isRecord } from "../model/record.ts";
import { unreadableFile } from "../model/unreadable-file.ts";

/** Version of the baseline format; a later one is refused. */
const baselineVersion = 1;
/** So much of a file tells what it is. */
const beginning = 1000;

type Json = Readonly<Record<string, unknown>>;

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isEvidence(value: unknown): value is Evidence {
  return isRecord(value) && typeof value["fact"] === "string" && typeof value["value"] === "string" && isSubject(value["subject"]);
}

function isSubject(value: unknown): value is { readonly kind: KindName; readonly id: string; readonly name: string } {
  return isRecord(value) && typeof value["kind"] === "string" && kindNamed(value["kind"]) !== undefined && typeof value["id"] === "string" && typeof value["name"] === "string";
}

function findingOf(value: unknown): Finding | undefined {
  if (!isRecord(value) || typeof value["rule"] !== "string" || !isSubject(value["subject"])) return undefined;
  const outcome = outcomes.find((one) => one === value["outcome"]);
  const severity = severities.find((one) => one === value["severity"]);
  if (outcome === undefined || severity === undefined) return undefined;
  return {
    rule: value["rule"],
    title: textOf(value["title"]),
    requirements: [],
    severity,
    subject: value["subject"],
    outcome,
    message: textOf(value["message"]),
    reasons: [],
    evidence: Array.isArray(value["evidence"]) ? value["evidence"].filter(isEvidence) : [],
    references: [],
    disposition: value["disposition"] === "waived" ? "waived" : "open",
    ...(typeof value["count"] === "number" ? { count: value["count"] } : {}),
  };
}

function refuse(file: string, what: string, hint: string): never {
  throw new HistoryError("baseline-file", `${file} ${what}`, { hint });
}

function checkHeader(file: string, value: Json): void {
  const { version } = value;
  if (value["umpreflight"] !== "baseline" || typeof version !== "number" || !Array.isArray(value["findings"]) || !isRecord(value["run"])) return refuse(file, "is no accepted baseline", "Give a snapshot, a report of `--reporter json=FILE`, or a file of `baseline accept`.");
  if (version > baselineVersion) refuse(file, `has format ${String(version)}; this program reads up to ${baselineVersion}`, "Use the umpreflight release that wrote it, or a newer one.");
}

/** Checks the text of an accepted baseline. @throws HistoryError when it is none, or damaged */
export function parseBaseline(file: string, text: string): Baseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new HistoryError("baseline-file", `${file} is no whole JSON document`, { cause, hint: "It was cut off or altered: make the report anew." });
  }
  if (!isRecord(value)) return refuse(file, "is no accepted baseline", "Give a snapshot, a report of `--reporter json=FILE`, or a file of `baseline accept`.");
  checkHeader(file, value);
  const run = value["run"] as Json;
  const findings = (value["findings"] as readonly unknown[]).map(findingOf);
  const bad = findings.filter((finding) => finding === undefined).length;
  // A baseline that lost findings would call them new, or hide that they went.
  if (bad > 0) return refuse(file, `holds ${bad} finding(s) that cannot be understood`, "It was altered, or is of another release: make it anew.");
  return {
    name: file,
    startedAt: textOf(run["startedAt"]),
    complete: run["complete"] === true,
    profile: textOf(run["profile"]),
    rules: Array.isArray(value["rules"]) ? value["rules"].filter((rule) => typeof rule === "string") : undefined,
    findings: findings.filter((finding) => finding !== undefined),
    accepted: {
      acceptedAt: textOf(value["acceptedAt"]),
      acceptsUnknown: value["acceptsUnknown"] === true,
      ...(typeof value["acceptedBy"] === "string" ? { acceptedBy: value["acceptedBy"] } : {}),
      ...(typeof value["reason"] === "string" ? { reason: value["reason"] } : {}),
    },
  };
}

/** Whether a text is an accepted baseline rather than a report: it says so at its beginning. */
export function isBaselineText(text: string): boolean {
  return /^\s*\{\s*"umpreflight"\s*:\s*"baseline"/.test(text.slice(0, beginning));
}

function unreadable(file: string, cause: unknown): HistoryError {
  return new HistoryError("baseline-file", unreadableFile(file, cause), { cause, hint: "Name a snapshot, a JSON report or an accepted baseline." });
}

/** What kind of file it is, by how it begins: snapshots are gzip (RFC 1952), reports and baselines JSON. @throws HistoryError when it cannot be read */
export function baselineKind(file: string): "snapshot" | "baseline" | "report" {
  const start = Buffer.alloc(beginning);
  let read = 0;
  try {
    const opened = openSync(file, "r");
    try {
      read = readSync(opened, start);
    } finally {
      closeSync(opened);
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
  if (read > 1 && start[0] === 0x1f && start[1] === 0x8b) return "snapshot";
  return isBaselineText(start.toString("utf8", 0, read)) ? "baseline" : "report";
}

/** Reads an accepted baseline, which is held as a whole. @throws HistoryError when it cannot be read, is none, or damaged */
export function readBaseline(file: string): Baseline {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw unreadable(file, cause);
  }
  return parseBaseline(file, text);
}

/** The text of a baseline file that accepts the findings of a run, one per line so that version control shows what was accepted. */
export function* baselineText(run: Baseline, acceptance: Acceptance): Iterable<string> {
  const { startedAt, complete, profile, rules } = run;
  yield `${JSON.stringify({ umpreflight: "baseline", version: baselineVersion, ...acceptance, run: { startedAt, complete, profile }, rules }).slice(0, -1)},"findings":[`;
  let separator = "\n";
  for (const { rule, title, subject, severity, outcome, disposition, message, evidence, count } of run.findings) {
    yield separator + JSON.stringify({ rule, subject, outcome, severity, disposition, title, message, evidence, count });
    separator = ",\n";
  }
  yield "\n]}\n";
}
