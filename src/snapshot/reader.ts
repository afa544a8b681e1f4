import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { SnapshotError } from "../model/errors.ts";
import { kindNamed, kinds } from "../model/kinds.ts";
import type { ReportTarget } from "../model/report.ts";
import type { Subject, SubjectIndex } from "../model/subject.ts";
import { isRecord, subjectOf } from "./conform.ts";
import { snapshotVersion, type SnapshotHeader, type SnapshotTrailer } from "./format.ts";
import { indexOf } from "./store.ts";

/** Longest line that is taken: far more than any subject, and a bound on what a broken file can make us hold. */
const maxLineChars = 64 * 1024 * 1024;

/** A snapshot that was read. Mass subjects are not in `subjects`; they are read again from the file, one by one. */
export interface Snapshot {
  readonly header: SnapshotHeader;
  readonly subjects: SubjectIndex;
  readonly massSubjects: number;
  readonly finishedAt: string;
  readonly targets: SnapshotTrailer["targets"];
  /** False when the run was interrupted, or the file is cut off or altered. */
  readonly complete: boolean;
  readonly reasons: readonly string[];
  mass(): AsyncIterable<Subject>;
}

type End = { readonly broken: string | undefined };

async function* linesOf(path: string): AsyncGenerator<string, End> {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  file.on("error", (error) => gunzip.destroy(error));
  file.pipe(gunzip);
  gunzip.setEncoding("utf8");
  let rest = "";
  try {
    for await (const chunk of gunzip) {
      const text = String(chunk);
      let start = 0;
      for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", start)) {
        yield rest + text.slice(start, at);
        rest = "";
        start = at + 1;
      }
      rest += text.slice(start); // only what is new is searched: a line without end must not cost its square
      if (rest.length > maxLineChars) return { broken: "a line is longer than any subject" };
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "string" && !error.code.startsWith("Z_")) throw error;
    return { broken: "it ends in the middle" };
  } finally {
    file.destroy();
    gunzip.destroy();
  }
  return { broken: rest === "" ? undefined : "its last line is cut off" };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isTarget(value: unknown): value is ReportTarget {
  return isRecord(value) && typeof value["kind"] === "string" && typeof value["name"] === "string" && ["read", "partly-read", "not-read"].some((status) => status === value["status"]) && isTexts(value["problems"]);
}

function isTrailer(value: Readonly<Record<string, unknown>>): boolean {
  const { finishedAt, complete, reasons, targets, digest } = value;
  return isMoment(finishedAt) && typeof complete === "boolean" && isTexts(reasons) && Array.isArray(targets) && targets.every(isTarget) && typeof digest === "string";
}

function isMoment(value: unknown): boolean {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

function headerOf(path: string, line: string): SnapshotHeader {
  const value = parsed(line);
  const fails = (): never => {
    throw new SnapshotError("snapshot-format", `${path} is not a snapshot`, { hint: "Snapshots are written by `umpreflight collect`." });
  };
  if (!isRecord(value) || value["umpreflight"] !== "snapshot" || typeof value["version"] !== "number") return fails();
  if (value["version"] > snapshotVersion) {
    throw new SnapshotError("snapshot-version", `${path} has snapshot format ${value["version"]}; this program reads up to ${snapshotVersion}`, { hint: "Use the umpreflight release that wrote it, or a newer one." });
  }
  return isMoment(value["startedAt"]) && typeof value["profile"] === "string" && typeof value["tool"] === "string" ? (value as unknown as SnapshotHeader) : fails();
}

function incompleteReasons(trailer: SnapshotTrailer | undefined, digest: string, broken: string | undefined, counts: { readonly bad: number }): string[] {
  const reasons: string[] = [];
  if (trailer === undefined) reasons.push(`The snapshot is cut off: ${broken ?? "its last line is missing"}.`);
  else if (trailer.digest !== digest) reasons.push("The snapshot was altered: its digest does not fit.");
  if (counts.bad > 0) reasons.push(`${counts.bad} line(s) of the snapshot could not be understood.`);
  return [...reasons, ...(trailer?.reasons ?? [])];
}

/**
 * Reads a snapshot: everything but the mass subjects into memory.
 * @throws SnapshotError when there is no such file or it is no snapshot; a cut-off or altered one is read as far as it goes and is not complete
 */
export async function readSnapshot(path: string): Promise<Snapshot> {
  const digest = createHash("sha256");
  const subjects: Subject[] = [];
  let header: SnapshotHeader | undefined;
  let trailer: SnapshotTrailer | undefined;
  let mass = 0;
  let bad = 0;
  const lines = linesOf(path);
  let next: IteratorResult<string, End>;
  try {
    for (next = await lines.next(); next.done !== true; next = await lines.next()) {
      const line = next.value;
      if (header === undefined) header = headerOf(path, line);
      const value = header === undefined ? undefined : parsed(line);
      if (isRecord(value) && value["trailer"] === true && isTrailer(value)) {
        trailer = value as unknown as SnapshotTrailer;
        continue;
      }
      digest.update(`${line}\n`);
      if (isRecord(value) && value["umpreflight"] === "snapshot") continue;
      const subject = subjectOf(value);
      if (subject === undefined) bad += 1;
      else if (kindNamed(subject.kind)?.mass === true) mass += 1;
      else subjects.push(subject);
    }
  } catch (error) {
    if (error instanceof SnapshotError) throw error;
    throw new SnapshotError("snapshot-read", `cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (header === undefined) throw new SnapshotError("snapshot-format", `${path} is not a snapshot`, { hint: "Snapshots are written by `umpreflight collect`." });
  const reasons = incompleteReasons(trailer, digest.digest("hex"), next.value.broken, { bad });
  return {
    header,
    subjects: indexOf(subjects),
    massSubjects: mass,
    finishedAt: trailer?.finishedAt ?? header.startedAt,
    targets: trailer?.targets ?? [],
    complete: trailer?.complete === true && reasons.length === 0,
    reasons,
    mass: () => massOf(path),
  };
}

async function* massOf(path: string): AsyncGenerator<Subject> {
  const beginnings = Object.entries(kinds).filter(([, kind]) => "mass" in kind).map(([name]) => `{"kind":${JSON.stringify(name)}`);
  for await (const line of linesOf(path)) {
    if (!beginnings.some((beginning) => line.startsWith(beginning))) continue;
    const subject = subjectOf(parsed(line));
    if (subject !== undefined) yield subject;
  }
}
