import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { errorCode } from "../model/error-code.ts";

/** Longest line that is taken: far more than any subject, and a bound on what a broken file can make us hold. */
const maxLineChars = 64 * 1024 * 1024;

/** Inflated at a time: with the 16 KiB of zlib a tenth of the time would go into passing chunks on. */
const chunkBytes = 65_536;

/** How a file ended: `broken` says what is wrong with its end. */
export interface End {
  readonly broken: string | undefined;
}

/** The lines of a gzip file of text, one by one. Throws the system's error where the file cannot be read. */
export async function* linesOf(path: string): AsyncGenerator<string, End> {
  const file = createReadStream(path);
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  file.on("error", (error) => gunzip.destroy(error));
  file.pipe(gunzip);
  gunzip.setEncoding("utf8");
  // Pieces of a line that is not whole yet: to join and search them again with every chunk would take quadratic time.
  let pieces: string[] = [];
  let length = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<string>) {
      let start = 0;
      for (let at = chunk.indexOf("\n"); at !== -1; at = chunk.indexOf("\n", start)) {
        yield pieces.join("") + chunk.slice(start, at);
        pieces = [];
        length = 0;
        start = at + 1;
      }
      if (start < chunk.length) pieces.push(chunk.slice(start));
      length += chunk.length - start;
      if (length > maxLineChars) return { broken: "a line is longer than any subject" };
    }
  } catch (error) {
    if (errorCode(error)?.startsWith("Z_") === false) throw error;
    return { broken: "it ends in the middle" };
  } finally {
    file.destroy();
    gunzip.destroy();
  }
  return { broken: length === 0 ? undefined : "its last line is cut off" };
}
