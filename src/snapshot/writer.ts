import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { createGzip } from "node:zlib";
import { SnapshotError } from "../model/errors.ts";
import type { ReportTarget } from "../model/report.ts";
import type { Subject } from "../model/subject.ts";
import { snapshotVersion, type SnapshotHeader, type SnapshotTrailer } from "./format.ts";

const chunkChars = 65_536;

/** How a run ended, for the trailer. */
export interface SnapshotEnd {
  readonly finishedAt: string;
  readonly complete: boolean;
  readonly reasons: readonly string[];
  readonly targets: readonly ReportTarget[];
}

/** Writes one snapshot. Mass subjects are written as they come, the others at the end. */
export interface SnapshotWriter {
  mass(subject: Subject): Promise<void>;
  finish(subjects: Iterable<Subject>, end: SnapshotEnd): Promise<void>;
  /** Gives up and removes what was written. */
  abandon(): Promise<void>;
}

/**
 * Opens a snapshot for writing: gzip of newline-delimited JSON, beside its final name (`.partial`) until it is whole.
 * @throws SnapshotError when the file cannot be written
 */
export async function writeSnapshot(path: string, header: Omit<SnapshotHeader, "umpreflight" | "version">): Promise<SnapshotWriter> {
  const partial = `${path}.partial`;
  const fail = (cause: unknown): never => {
    throw new SnapshotError("snapshot-write", `cannot write the snapshot ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause, hint: "Choose another place with --output, or make room on the disk." });
  };
  // A file or link that lies there already keeps its own rights and leads where its owner wants.
  await rm(partial, { force: true }).catch(fail);
  const file = createWriteStream(partial, { mode: 0o600, flags: "wx" });
  const gzip = createGzip({ level: 1 });
  const digest = createHash("sha256");
  let failure: unknown;
  const opened = once(file, "open");
  const closed = new Promise<void>((resolve) => file.once("close", resolve));
  for (const stream of [file, gzip]) stream.on("error", (error: unknown) => (failure ??= error));
  gzip.pipe(file);
  await opened.catch(fail);
  let buffered = "";
  const flush = async (): Promise<void> => {
    if (failure !== undefined) fail(failure);
    const chunk = buffered;
    buffered = "";
    // A file that fails closes, and gzip then never drains.
    if (chunk !== "" && !gzip.write(chunk)) await Promise.race([once(gzip, "drain").catch(fail), closed]);
    if (failure !== undefined) fail(failure);
  };
  const line = async (value: unknown): Promise<void> => {
    const written = `${JSON.stringify(value)}\n`;
    digest.update(written);
    buffered += written;
    if (buffered.length >= chunkChars) await flush();
  };
  let massSubjects = 0;
  await line({ umpreflight: "snapshot", version: snapshotVersion, ...header } satisfies SnapshotHeader);
  return {
    async mass(subject) {
      massSubjects += 1;
      const { kind, id, name, facts } = subject; // kind first: the reader tells mass subjects by how a line begins
      await line({ kind, id, name, facts });
    },
    async finish(subjects, end) {
      let count = 0;
      for (const subject of subjects) {
        count += 1;
        await line(subject);
      }
      const trailer: SnapshotTrailer = { trailer: true, ...end, subjects: count, massSubjects, digest: digest.copy().digest("hex") };
      await line(trailer);
      await flush();
      gzip.end();
      await closed;
      if (failure !== undefined) fail(failure);
      await rename(partial, path).catch(fail);
    },
    async abandon() {
      gzip.destroy();
      file.destroy();
      await closed;
      await rm(partial, { force: true });
    },
  };
}
