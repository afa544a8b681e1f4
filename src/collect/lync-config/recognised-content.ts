import type { FileContent } from "./file-content.ts";
import { unknownSections } from "./sections.ts";
import type { LyncConfigurationFormat } from "./types.ts";

/** A file as it was given. `path` is for messages only, nothing is opened. */
export interface LyncConfigurationFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file's content with the format that it was recognised as. */
export interface RecognisedContent extends FileContent {
  readonly format: LyncConfigurationFormat;
}

/** Content of which nothing can be said but why. */
export function unreadable(format: LyncConfigurationFormat, reason: "malformed" | "truncated" | "unsupported", message: string): RecognisedContent {
  return { format, sections: unknownSections(reason, message), problems: [{ severity: "error", message }] };
}
