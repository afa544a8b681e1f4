import { Worker } from "node:worker_threads";
import { ConfigError } from "../../model/errors.ts";
import type { PfxContent } from "./pfx-content.ts";

/** Private keys (PKCS#8) and certificates of a PKCS#12 file, all DER. */
export type OpenedPfx = Omit<Extract<PfxContent, { readonly ok: true }>, "ok">;

const maxFileBytes = 1024 * 1024;
const maxWorkerMegabytes = 256;

/** The worker beside this module: its source in development, else the bundle's entry in dist/, where this code may lie in dist/chunks/. */
function workerUrl(): URL {
  if (import.meta.url.endsWith(".ts")) return new URL("./pfx-worker.ts", import.meta.url);
  return new URL(/\/chunks\/[^/]*$/u.test(import.meta.url) ? "../pfx-worker.js" : "./pfx-worker.js", import.meta.url);
}

function runWorker(file: Uint8Array, passphrase: string, deadlineMs: number): Promise<PfxContent | "late"> {
  const worker = new Worker(workerUrl(), { workerData: { file, passphrase }, resourceLimits: { maxOldGenerationSizeMb: maxWorkerMegabytes } });
  return new Promise<PfxContent | "late">((resolve) => {
    const timer = setTimeout(() => resolve("late"), deadlineMs);
    const settle = (content: PfxContent): void => {
      clearTimeout(timer);
      resolve(content);
    };
    worker.once("message", settle);
    worker.once("error", (error) => settle({ ok: false, fault: "not-opened", detail: error instanceof Error ? error.message : "unknown cause" }));
    worker.once("exit", () => settle({ ok: false, fault: "not-opened", detail: "the reader ended without a result" }));
  }).finally(() => void worker.terminate());
}

function refusal(content: Extract<PfxContent, { readonly ok: false }>, what: string): ConfigError {
  const code = "client-certificate";
  switch (content.fault) {
    case "malformed":
      return new ConfigError(code, `${what}: this is no PKCS#12 (PFX) file: ${content.detail}`);
    case "no-mac":
      return new ConfigError(code, `${what}: the PFX file has no MAC, so that nobody can tell whether it was altered`, { hint: "Export it again with a password." });
    case "not-opened":
      return new ConfigError(code, `${what}: the PFX file does not open: ${content.detail}`, { hint: "Check the passphrase. A file protected in some other way can be converted with: openssl pkcs12 -in file.pfx -out file.pem" });
  }
}

/**
 * Opens a PKCS#12 file in a worker thread.
 * @throws ConfigError when it does not open, holds no key or no certificate, or takes longer than the deadline
 */
export async function openPfx(file: Uint8Array, passphrase: string, what: string, deadlineMs: number): Promise<OpenedPfx> {
  if (file.length > maxFileBytes) throw new ConfigError("client-certificate", `${what}: a PFX file of ${file.length} bytes is not read`);
  const content = await runWorker(file, passphrase, deadlineMs);
  if (content === "late") throw new ConfigError("client-certificate", `${what}: the PFX file took longer than ${deadlineMs} ms to open`, { hint: "It asks for too many rounds of key derivation. Export it again." });
  if (!content.ok) throw refusal(content, what);
  if (content.keys.length === 0) throw new ConfigError("client-certificate", `${what}: the PFX file holds no private key`, { hint: "Export it with its private key." });
  if (content.certificates.length === 0) throw new ConfigError("client-certificate", `${what}: the PFX file holds no certificate`);
  return content;
}
