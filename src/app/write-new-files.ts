import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UsageError } from "../model/errors.ts";
import { errorCode } from "../model/error-code.ts";

/** A file that is to be made. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** Writes files that are not there yet, with the folders they need: all of them, or none where one is there already. Returns their paths. @throws UsageError */
export function writeNewFiles(files: readonly NewFile[]): readonly string[] {
  const there = files.find(({ path }) => existsSync(path));
  if (there !== undefined) throw new UsageError("file-exists", `${there.path} is there already`, { hint: "Nothing was written. Choose another id, or take the file away first." });
  for (const { path, text } of files) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      // A file that came into being meanwhile, or a link that leads nowhere, is not written to either.
      writeFileSync(path, text, { flag: "wx" });
    } catch (cause) {
      throw new UsageError("file-write", `${path} cannot be written (${errorCode(cause) ?? "an error"})`, { cause });
    }
  }
  return files.map(({ path }) => path);
}
