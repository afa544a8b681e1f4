import { readFile } from "node:fs/promises";
import type { SecretReference } from "../model/secret-reference.ts";
import { ConfigError } from "../model/errors.ts";
import { unreadableFile } from "../model/unreadable-file.ts";

/** How secrets are had: the environment, and a prompt where there is a terminal. */
export interface SecretSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks at the terminal without echo; undefined where there is none. */
  readonly prompt: ((question: string) => Promise<string>) | undefined;
}

/**
 * The secret that a reference stands for. A file's final newline does not count.
 * @throws ConfigError where it cannot be had; the message never holds a secret
 */
export async function resolveSecret(reference: SecretReference, what: string, sources: SecretSources): Promise<string> {
  const secret = await read(reference, what, sources);
  if (secret === "") throw new ConfigError("secret-empty", `${what} is empty`, { hint: "An empty password would be an anonymous bind (RFC 4513, section 5.1.2)." });
  return secret;
}

async function read(reference: SecretReference, what: string, sources: SecretSources): Promise<string> {
  if ("env" in reference) {
    const value = sources.environment[reference.env];
    if (value === undefined) throw new ConfigError("secret-env", `${what}: the environment variable ${reference.env} is not set`, { hint: `Set ${reference.env} before the run, or use \`file\` or \`prompt\`.` });
    return value;
  }
  if ("file" in reference) {
    try {
      return (await readFile(reference.file, "utf8")).replace(/\r?\n$/, "");
    } catch (cause) {
      throw new ConfigError("secret-file", `${what}: ${unreadableFile(reference.file, cause)}`, { cause });
    }
  }
  if (sources.prompt === undefined) throw new ConfigError("secret-prompt", `${what} is to be asked for, and there is no terminal`, { hint: "Use `env` or `file` for scheduled runs." });
  return sources.prompt(`${what}: `);
}
