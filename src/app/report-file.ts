import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { exitCode } from "../engine/exit-code.ts";
import { ReportError } from "../model/errors.ts";
import type { Report } from "../model/report.ts";
import { unreadableFile } from "../model/unreadable-file.ts";
import { readReport } from "../report/read-report.ts";
import { isSnapshotFile } from "./file-kind.ts";

const chunkBytes = 65_536;

/** The text of a file from its start, in pieces. */
function* chunksOf(path: string): Generator<string> {
  const file = openSync(path, "r");
  try {
    const decoder = new StringDecoder("utf8");
    const buffer = Buffer.alloc(chunkBytes);
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) yield decoder.write(buffer.subarray(0, read));
    yield decoder.end();
  } finally {
    closeSync(file);
  }
}

/** Opens a JSON report that was written before; its findings are read from the file each time they are walked. @throws ReportError */
export function openReport(path: string): Report {
  if (isSnapshotFile(path)) throw new ReportError("report-read", `${path} is a snapshot, not a report`, { hint: `\`umpreflight evaluate ${path}\` judges it.` });
  try {
    return readReport(path, () => chunksOf(path));
  } catch (cause) {
    if (cause instanceof ReportError) throw cause;
    throw new ReportError("report-read", unreadableFile(path, cause), { cause, hint: "Give a report that `--reporter json=FILE` wrote." });
  }
}

/** The exit code that a report of a run stands for. */
export function exitCodeOf(report: Report, onUnknown: "report" | "fail" | "ignore"): 0 | 1 | 3 {
  return exitCode(report.summary, { failOn: report.failOn, onUnknown, complete: report.run.complete });
}
