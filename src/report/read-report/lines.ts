import { ReportError } from "../../model/errors.ts";

/** A report with longer lines is none of ours: a finding takes a few kilobytes. */
const lineLimit = 64_000_000;

/** The lines of a text that comes in chunks, without their ends. @throws ReportError for a line of more than 64 million characters */
export function* linesOf(chunks: Iterable<string>, file: string): Iterable<string> {
  // Pieces of a line that is not whole yet: to join and search them again with every chunk would take quadratic time.
  let pieces: string[] = [];
  let length = 0;
  let first = true;
  for (const chunk of chunks) {
    const parts = (first ? chunk.replace(/^\ufeff/u, "") : chunk).split("\n");
    first = false;
    const rest = parts.pop() ?? "";
    for (const part of parts) {
      const line = pieces.length === 0 ? part : pieces.join("") + part;
      pieces = [];
      length = 0;
      yield line.endsWith("\r") ? line.slice(0, -1) : line;
    }
    if (rest !== "") pieces.push(rest);
    length += rest.length;
    if (length > lineLimit) throw new ReportError("report-read", `this is no report of this program: it has a line of more than ${lineLimit} characters`, { position: { file } });
  }
  if (length > 0) yield pieces.join("");
}
