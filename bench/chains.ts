import "reflect-metadata";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Certificate, CertificateChainValidationEngine } from "pkijs";
import { validatePath } from "../src/x509/index.ts";
import { make, type Made } from "../test/collect/tls/certificates.ts";
import { median } from "./median.ts";

// node bench/chains.ts: chains of three certificates validated per second, beside `openssl verify` (one process for all of them) and pkijs, in turns.

const chains = 200;
const rounds = 5;
const run = promisify(execFile);

interface Setting {
  readonly root: Made;
  readonly issuing: Made;
  readonly leaves: readonly Made[];
  readonly folder: string;
}

async function makeSetting(type: "ec" | "rsa", folder: string): Promise<Setting> {
  const root = await make({ name: "Root", ca: true, type });
  const issuing = await make({ name: "Issuing", ca: true, type, issuer: root });
  const leaves: Made[] = [];
  for (let index = 0; index < chains; index += 1) leaves.push(await make({ name: `um${index}.fabrikam.test`, issuer: issuing, type }));
  await Promise.all([
    writeFile(join(folder, "root.pem"), root.cert),
    writeFile(join(folder, "issuing.pem"), issuing.cert),
    ...leaves.map(({ cert }, index) => writeFile(join(folder, `${index}.pem`), cert)),
  ]);
  return { root, issuing, leaves, folder };
}

async function ours({ root, issuing, leaves }: Setting): Promise<number> {
  let good = 0;
  for (const [index, leaf] of leaves.entries()) {
    const result = await validatePath({ leaf: leaf.der, intermediates: [issuing.der], anchors: [root.der], at: new Date(), peer: { dns: `um${index}.fabrikam.test` }, purpose: "serverAuth" });
    if (result.ok) good += 1;
  }
  return good;
}

async function pkijs({ root, issuing, leaves }: Setting): Promise<number> {
  let good = 0;
  for (const leaf of leaves) {
    const engine = new CertificateChainValidationEngine({ trustedCerts: [Certificate.fromBER(root.der)], certs: [Certificate.fromBER(issuing.der), Certificate.fromBER(leaf.der)] });
    if ((await engine.verify()).result) good += 1;
  }
  return good;
}

async function openssl({ leaves, folder }: Setting): Promise<number> {
  const files = leaves.map((_, index) => join(folder, `${index}.pem`));
  const { stdout } = await run("openssl", ["verify", "-purpose", "sslserver", "-CAfile", join(folder, "root.pem"), "-untrusted", join(folder, "issuing.pem"), ...files]);
  return stdout.split("\n").filter((line) => line.endsWith(": OK")).length;
}

/** Chains per second; a chain that is not found good ends the benchmark. */
async function measure(validate: (setting: Setting) => Promise<number>, setting: Setting): Promise<number> {
  const start = performance.now();
  const good = await validate(setting);
  if (good !== chains) throw new Error(`${validate.name}: ${good} of ${chains} chains are good`);
  return chains / ((performance.now() - start) / 1000);
}

const validators = [ours, openssl, pkijs];
for (const type of ["ec", "rsa"] as const) {
  const folder = await mkdtemp(join(tmpdir(), "umpreflight-bench-"));
  try {
    const setting = await makeSetting(type, folder);
    const rates = new Map(validators.map((validate) => [validate.name, [] as number[]]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const validate of validators) {
        const rate = await measure(validate, setting);
        if (round > 0) rates.get(validate.name)?.push(rate); // the first warms up
      }
    }
    console.log(`${type}: ${[...rates].map(([name, found]) => `${name} ${Math.round(median(found))} chains/s`).join(", ")} (medians of ${rounds} rounds of ${chains})`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
