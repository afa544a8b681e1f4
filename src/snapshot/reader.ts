import { createHash } from "node:crypto";
import { SnapshotError } from "../model/errors.ts";
import { kindNamed } from "../model/kinds.ts";
import type { Subject, SubjectIndex } from "../model/subject.ts";
import { isRecord } from "../model/record.ts";
import { unreadableFile } from "../model/unreadable-file.ts";
import { subjectOf } from "./conform.ts";
import { snapshotVersion, type SnapshotHeader, type SnapshotTrailer } from "./format.ts";
import { linesOf, type End } from "./lines.ts";
import { beginsAsMass, headerIn, parsed, trailerIn } from "./parse-line.ts";
import { indexOf } from "./store.ts";

/** Most characters that are taken of everything but mass subjects, which is held in memory. */
const maxHeldChars = 512 * 1024 * 1024;

/** A snapshot that was read. Mass subjects are not in `subjects`; they are read again from the file, one by one. */
export interface Snapshot {
  readonly header: SnapshotHeader;
  readonly subjects: SubjectIndex;
  readonly massSubjects: number;
  /** Lines that could not be understood, each of which may have been a subject. */
  readonly lostLines: number;
  readonly finishedAt: string;
  readonly targets: SnapshotTrailer["targets"];
  /** False when the run was interrupted, or the file is cut off or altered. */
  readonly complete: boolean;
  readonly reasons: readonly string[];
  mass(): AsyncIterable<Subject>;
}

function headerOf(path: string, line: string): SnapshotHeader {
  const value = parsed(line);
  if (isRecord(value) && value["umpreflight"] === "snapshot" && typeof value["version"] === "number" && value["version"] > snapshotVersion) {
    throw new SnapshotError("snapshot-version", `${path} has snapshot format ${value["version"]}; this program reads up to ${snapshotVersion}`, { hint: "Use the umpreflight release that wrote it, or a newer one." });
  }
  return headerIn(value) ?? refuseFormat(path);
}

function refuseFormat(path: string): never {
  throw new SnapshotError("snapshot-format", `${path} is not a snapshot`, { hint: "Snapshots are written by `umpreflight collect` and `umpreflight scan --snapshot`; a JSON report is rendered again with `umpreflight report`." });
}

function incompleteReasons(trailer: SnapshotTrailer | undefined, digest: string, broken: string | undefined, counts: { readonly bad: number }): string[] {
  const reasons: string[] = [];
  if (trailer === undefined) reasons.push(`The snapshot is cut off: ${broken ?? "its last line is missing"}.`);
  else if (trailer.digest !== digest) reasons.push("The snapshot was altered: its digest does not fit.");
  if (counts.bad > 0) reasons.push(`${counts.bad} line(s) of the snapshot could not be understood.`);
  return [...reasons, ...(trailer?.reasons ?? [])];
}

/** Is shown each mass subject while the file is read for the first time. */
type EachMass = (subject: Subject) => void;

/** What reading the lines has come to. */
interface Contents {
  header: SnapshotHeader | undefined;
  trailer: SnapshotTrailer | undefined;
  readonly subjects: Map<string, Subject>;
  mass: number;
  bad: number;
  heldChars: number;
}

/** Takes a line behind the header and before the trailer. Of two lines about one subject the second cannot be right: a subject is written once. */
function takeSubject(contents: Contents, line: string, value: unknown, eachMass: EachMass): void {
  const subject = subjectOf(value, { redacted: contents.header?.redacted });
  const isMass = subject !== undefined && kindNamed(subject.kind)?.mass === true;
  const key = subject === undefined ? "" : JSON.stringify([subject.kind, subject.id]);
  if (subject === undefined || isMass !== beginsAsMass(line) || contents.subjects.has(key)) contents.bad += 1;
  else if (isMass) {
    contents.mass += 1;
    eachMass(subject);
  } else {
    contents.subjects.set(key, subject);
    contents.heldChars += line.length;
  }
}

async function readContents(path: string, eachMass: EachMass): Promise<{ readonly contents: Contents; readonly digest: string; readonly end: End }> {
  const digest = createHash("sha256");
  const contents: Contents = { header: undefined, trailer: undefined, subjects: new Map(), mass: 0, bad: 0, heldChars: 0 };
  const lines = linesOf(path);
  for (;;) {
    const next = await lines.next();
    if (next.done === true) return { contents, digest: digest.digest("hex"), end: next.value };
    const line = next.value;
    if (contents.header === undefined) {
      contents.header = headerOf(path, line);
      digest.update(`${line}\n`);
      continue;
    }
    if (contents.trailer !== undefined) {
      contents.bad += 1; // nothing follows the last line
      continue;
    }
    const value = parsed(line);
    contents.trailer = trailerIn(value);
    if (contents.trailer !== undefined) continue;
    digest.update(`${line}\n`);
    takeSubject(contents, line, value, eachMass);
    if (contents.heldChars <= maxHeldChars) continue;
    await lines.return({ broken: undefined });
    return { contents, digest: digest.digest("hex"), end: { broken: "it holds more than any deployment" } };
  }
}

/**
 * Reads a snapshot: everything but the mass subjects into memory; those are shown to `eachMass` as they come.
 * @throws SnapshotError when there is no such file or it is no snapshot; a cut-off or altered one is read as far as it goes and is not complete
 */
export async function readSnapshot(path: string, eachMass: EachMass = () => undefined): Promise<Snapshot> {
  const { contents, digest, end } = await readContents(path, eachMass).catch((error: unknown) => {
    if (error instanceof SnapshotError) throw error;
    throw new SnapshotError("snapshot-read", unreadableFile(path, error), { cause: error, hint: "Name a snapshot that `umpreflight collect` or `umpreflight scan --snapshot` wrote." });
  });
  const { header, trailer, mass } = contents;
  if (header === undefined) return refuseFormat(path);
  const reasons = incompleteReasons(trailer, digest, end.broken, contents);
  return {
    header,
    subjects: indexOf(contents.subjects.values()),
    massSubjects: mass,
    lostLines: contents.bad,
    finishedAt: trailer?.finishedAt ?? header.startedAt,
    targets: trailer?.targets ?? [],
    complete: trailer?.complete === true && reasons.length === 0,
    reasons,
    mass: () => massOf(path, mass),
  };
}

async function* massOf(path: string, expected: number): AsyncGenerator<Subject> {
  let count = 0;
  for await (const line of linesOf(path)) {
    const subject = beginsAsMass(line) ? subjectOf(parsed(line)) : undefined;
    if (subject === undefined) continue;
    count += 1;
    yield subject;
  }
  // Otherwise subjects would go unjudged, and nobody would be told.
  if (count !== expected) throw new SnapshotError("snapshot-changed", `${path} was changed while it was read: it held ${expected} users and now holds ${count}`, { hint: "Judge it again once nothing writes to it." });
}
