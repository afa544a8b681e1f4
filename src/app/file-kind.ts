import { closeSync, openSync, readSync } from "node:fs";
import { ReportError } from "../model/errors.ts";
import { unreadableFile } from "../model/unreadable-file.ts";

/** Snapshots are gzip (RFC 1952). */
const gzipStart = [0x1f, 0x8b];

/** Whether a file is a snapshot rather than a report or baseline, by its first bytes. @throws ReportError when it cannot be read */
export function isSnapshotFile(path: string): boolean {
  try {
    const file = openSync(path, "r");
    try {
      const start = Buffer.alloc(gzipStart.length);
      return readSync(file, start) === start.length && gzipStart.every((byte, index) => start[index] === byte);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new ReportError("file-read", unreadableFile(path, cause), { cause, hint: "Name a snapshot, or a JSON report that --reporter json=FILE wrote." });
  }
}
