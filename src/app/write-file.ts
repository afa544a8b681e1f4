import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";

const chunkChars = 65_536;

/** Chunks of at least 64 KB, so that few writes are made and none is huge. */
export function* batched(chunks: Iterable<string>): Generator<string> {
  let batch = "";
  for (const chunk of chunks) {
    batch += chunk;
    if (batch.length >= chunkChars) {
      yield batch;
      batch = "";
    }
  }
  if (batch !== "") yield batch;
}

/** Writes a file beside its name and renames it when it is whole. What it throws is the error of the system. */
export async function writeFileWhole(path: string, chunks: Iterable<string>): Promise<void> {
  const partial = `${path}.partial`;
  await rm(partial, { force: true }); // never through a link that lies there
  const file = createWriteStream(partial, { encoding: "utf8", flags: "wx" });
  let failure: unknown;
  file.on("error", (error: unknown) => (failure ??= error));
  const closed = new Promise<void>((resolve) => file.once("close", resolve));
  try {
    for (const chunk of batched(chunks)) {
      if (!file.write(chunk)) await Promise.race([once(file, "drain"), closed]);
      if (failure !== undefined) throw failure;
    }
    file.end();
    await closed;
    if (failure !== undefined) throw failure;
    await rename(partial, path);
  } catch (cause) {
    file.destroy();
    await rm(partial, { force: true });
    throw cause;
  }
}
