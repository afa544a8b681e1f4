import { ReportError } from "../../model/errors.ts";

/** A report with longer lines is none of ours: a finding takes a few kilobytes. */
const lineLimit = 64_000_000;

/** The lines of a text that comes in chunks, without their ends. @throws ReportError for a line of more than 64 million characters */
export function* linesOf(chunks: Iterable<string>, file: string): Iterable<string> {
  let rest = "";
  let first = true;
  for (const chunk of chunks) {
    const parts = (rest + (first ? chunk.replace(/^\ufeff/u, "") : chunk)).split("\n");
    first = false;
    rest = parts.pop() ?? "";
    for (const part of parts) yield part.endsWith("\r") ? part.slice(0, -1) : part;
    if (rest.length > lineLimit) throw new ReportError("report-read", `this is no report of this program: it has a line of more than ${lineLimit} characters`, { position: { file } });
  }
  if (rest !== "") yield rest;
}
