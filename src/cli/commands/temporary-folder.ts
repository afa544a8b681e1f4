import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** A folder that only this account can enter, for the time of `use`. What is in it tells of a whole deployment: it goes when the program is ended, too. */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "umpreflight-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.on("exit", remove);
  try {
    return await use(folder);
  } finally {
    process.off("exit", remove);
    remove();
  }
}

/** Lets Ctrl-C and SIGTERM end the program in order, for what does not keep anything of a run that is interrupted. */
export async function endedBySignals<T>(use: () => Promise<T>): Promise<T> {
  const end = (): void => process.exit(130);
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  try {
    return await use();
  } finally {
    process.off("SIGINT", end);
    process.off("SIGTERM", end);
  }
}
