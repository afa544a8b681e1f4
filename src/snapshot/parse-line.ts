import { kinds } from "../model/kinds.ts";
import { isMoment } from "../model/moment.ts";
import type { ReportTarget } from "../model/report.ts";
import { isRecord } from "../model/record.ts";
import type { SnapshotHeader, SnapshotTrailer } from "./format.ts";

/** The value of a line of JSON; undefined when it is none. */
export function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const massBeginnings = Object.entries(kinds)
  .filter(([, kind]) => "mass" in kind)
  .map(([name]) => `{"kind":${JSON.stringify(name)}`);

/** Whether a line begins as those of mass subjects do: they are told apart without parsing every line again. */
export function beginsAsMass(line: string): boolean {
  return massBeginnings.some((beginning) => line.startsWith(beginning));
}

/** The header that a value is; undefined when it is none. */
export function headerIn(value: unknown): SnapshotHeader | undefined {
  if (!isRecord(value) || value["umpreflight"] !== "snapshot" || typeof value["version"] !== "number") return undefined;
  return typeof value["tool"] === "string" && typeof value["profile"] === "string" && isTime(value["startedAt"]) && isPlanned(value["planned"]) ? ({ ...value, redacted: value["redacted"] === true ? true : undefined } as unknown as SnapshotHeader) : undefined;
}

/** The trailer that a value is; undefined when it is none. */
export function trailerIn(value: unknown): SnapshotTrailer | undefined {
  if (!isRecord(value) || value["trailer"] !== true) return undefined;
  const { finishedAt, complete, reasons, targets, digest } = value;
  const whole = isTime(finishedAt) && typeof complete === "boolean" && isTexts(reasons) && Array.isArray(targets) && targets.every(isTarget) && typeof digest === "string";
  return whole ? (value as unknown as SnapshotTrailer) : undefined;
}

function isTarget(value: unknown): value is ReportTarget {
  return isRecord(value) && typeof value["kind"] === "string" && typeof value["name"] === "string" && ["read", "partly-read", "not-read"].some((status) => status === value["status"]) && isTexts(value["problems"]);
}

function isPlanned(value: unknown): boolean {
  return value === undefined || (isRecord(value) && isTexts(value["titles"]) && isTexts(value["files"]));
}

function isTime(value: unknown): boolean {
  return typeof value === "string" && isMoment(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
