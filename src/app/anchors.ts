import { X509Certificate } from "node:crypto";
import { readSmallFile } from "../config/read-small-file.ts";
import { ConfigError } from "../model/errors.ts";
import { unreadableFile } from "../model/unreadable-file.ts";

const [begin, end] = ["-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"];
/** Fifty times the roots of an operating system. */
const maxBytes = 16 * 1024 * 1024;

/** What stands between the lines of PEM; a beginning without an end is nothing, and is not searched for an end again and again. */
function pemBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  for (let from = text.indexOf(begin); from !== -1; ) {
    const to = text.indexOf(end, from);
    if (to === -1) return blocks;
    blocks.push(text.slice(from, to + end.length));
    from = text.indexOf(begin, to);
  }
  return blocks;
}

function pemText(path: string, what: string): string {
  try {
    return readSmallFile(path, maxBytes);
  } catch (cause) {
    throw new ConfigError("certificate-file", `${what}: ${unreadableFile(path, cause)}`, { cause });
  }
}

/**
 * The certificates of PEM files, as PEM blocks.
 * @throws ConfigError for a file that cannot be read, holds no certificate, or holds one that is damaged: a missing anchor would turn good chains bad
 */
export function readCertificates(paths: readonly string[], what: string): readonly string[] {
  return paths.flatMap((path) => {
    const found = pemBlocks(pemText(path, what));
    if (found.length === 0) throw new ConfigError("certificate-file", `${what}: ${path} holds no certificate`, { hint: "The file must be PEM (Base-64 encoded X.509); certutil -encode turns DER into it." });
    for (const block of found) check(block, path, what);
    return found;
  });
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
