import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configurationBundle } from "./deployment/configuration-bundle.ts";
import { type Placeholders, fillPlaceholders } from "./ldap/placeholders.ts";
import { type Pki, certificateOf } from "./pki.ts";
import { controllerRoot, scannerChain } from "./tls-settings.ts";
import type { Deployment, Forest } from "./types.ts";

/** Where the lab has written what a scanner reads from files. */
export interface LabFiles {
  readonly directory: string;
  /** PEM bundle of the authorities that a forest's servers trust, by the forest's name. */
  readonly authorities: Readonly<Record<string, string>>;
  /** PEM file of each root by the id of its certificate. */
  readonly roots: Readonly<Record<string, string>>;
  /** PEM of the client certificate with those above it but the root, and of its key. */
  readonly clientCertificate: string;
  readonly clientKey: string;
  readonly lyncConfiguration: string;
}

/** The directory to write to and what to do with it in the end: one that the lab made is removed. */
export async function labDirectory(given: string | undefined): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  if (given !== undefined) {
    await mkdir(given, { recursive: true });
    return { path: given, remove: () => Promise.resolve() };
  }
  const path = await mkdtemp(join(tmpdir(), "umpreflight-lab-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

function trustedBy(forest: Forest, { endpoints }: Deployment, pki: Pki): readonly string[] {
  const own = endpoints.filter(({ host }) => host.toLowerCase().endsWith(`.${forest.realm}`)).flatMap(({ tls }) => tls?.clientAnchors ?? []);
  return [...new Set([controllerRoot(pki, forest).spec.id, ...own])];
}

/** Writes the files of a deployment, over those of an earlier one. */
export async function writeLabFiles(directory: string, deployment: Deployment, pki: Pki, placeholders: Placeholders, exportedAt: Date): Promise<LabFiles> {
  const written: Promise<void>[] = [];
  const put = (name: string, text: string, mode = 0o644): string => {
    const path = join(directory, name.replaceAll(/[^\w.-]/gu, "_"));
    written.push(writeFile(path, text, { mode }));
    return path;
  };
  const pem = (ids: readonly string[]) => ids.map((id) => certificateOf(pki, id).pem).join("");
  const roots = [...pki.values()].filter(({ spec }) => spec.ca && spec.issuer === spec.id);
  const { own, chain } = scannerChain(pki);
  const files: LabFiles = {
    directory,
    authorities: Object.fromEntries(deployment.forests.map((forest) => [forest.name, put(`authorities-${forest.name}.pem`, pem(trustedBy(forest, deployment, pki)))])),
    roots: Object.fromEntries(roots.map((root) => [root.spec.id, put(`root-${root.spec.id}.pem`, root.pem)])),
    clientCertificate: put("client.pem", [own, ...chain].map((certificate) => certificate.pem).join("")),
    clientKey: put("client.key", own.keyPem, 0o600),
    lyncConfiguration: put("lync-configuration.json", `${fillPlaceholders(configurationBundle(deployment.lyncConfiguration, exportedAt), placeholders)}\n`),
  };
  await Promise.all(written);
  return files;
}
