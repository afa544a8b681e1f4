import { readFile } from "node:fs/promises";
import { X509Certificate } from "node:crypto";
import { ConfigError } from "../model/errors.ts";
import { unreadableFile } from "../model/unreadable-file.ts";

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * The certificates of PEM files, as PEM blocks.
 * @throws ConfigError for a file that cannot be read, holds no certificate, or holds one that is damaged: a missing anchor would turn good chains bad
 */
export async function readCertificates(paths: readonly string[], what: string): Promise<readonly string[]> {
  const blocks = await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(path, "utf8").catch((cause: unknown) => {
        throw new ConfigError("certificate-file", `${what}: ${unreadableFile(path, cause)}`, { cause });
      });
      const found = text.match(pemBlock) ?? [];
      if (found.length === 0) throw new ConfigError("certificate-file", `${what}: ${path} holds no certificate`, { hint: "The file must be PEM (Base-64 encoded X.509); certutil -encode turns DER into it." });
      for (const block of found) check(block, path, what);
      return found;
    }),
  );
  return blocks.flat();
}

function check(block: string, path: string, what: string): void {
  try {
    void new X509Certificate(block).raw;
  } catch (cause) {
    throw new ConfigError("certificate-file", `${what}: a certificate in ${path} is damaged`, { cause });
  }
}

/** DER of PEM certificates. */
export function derOf(blocks: readonly string[]): readonly Buffer[] {
  return blocks.map((block) => new X509Certificate(block).raw);
}
