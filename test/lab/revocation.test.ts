import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { collect } from "../../src/app/collect.ts";
import { readSecrets } from "../../src/app/run-secrets.ts";
import { loadConfig } from "../../src/config/config-file.ts";
import { entry } from "../../src/lab/deployment/entry.ts";
import { fabrikam } from "../../src/lab/deployment/forests.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { certificate, endpointTls } from "../../src/lab/deployment/planting.ts";
import { makeCrl } from "../../src/lab/http/crl.ts";
import { readSnapshot } from "../../src/snapshot/reader.ts";
import { lab } from "./lab-clients.ts";
import { readLab } from "./lab-description.ts";
import { setChanges } from "./running-lab.ts";
import { writeScannerConfiguration } from "./scanner.ts";

const container = `CN=Lab Key Services,CN=Services,${fabrikam.configurationDn}`;
const cdp = `CN=Fabrikam Issuing CA 1,CN=CDP,${container}`;
const aia = `CN=Fabrikam Issuing CA 1,CN=AIA,${container}`;
const listUrl = `ldap:///${encodeURI(cdp)}?certificateRevocationList?base?objectClass=cRLDistributionPoint`;
const issuerUrl = `ldap:///${encodeURI(aia)}?cACertificate?base?objectClass=certificationAuthority`;

/** EX1's certificate points into the directory only, and its issuer is not sent. */
const intoDirectory: readonly Change[] = [
  certificate("server:ex1.fabrikam.test", { crlUrls: [listUrl], issuerUrls: [issuerUrl] }),
  endpointTls("ex1.fabrikam.test", 5061, { chain: [] }),
  endpointTls("ex1.fabrikam.test", 5063, { chain: [] }),
];

function published(list: Buffer, issuer: Buffer): readonly Change[] {
  const add = (dn: string, classes: string, attributes: Parameters<typeof entry>[2]): Change => ({ kind: "addEntry", forest: "fabrikam", entry: entry(dn, classes, attributes) });
  return [
    add(container, "top container", {}),
    add(`CN=CDP,${container}`, "top container", {}),
    add(cdp, "top cRLDistributionPoint", { certificateRevocationList: list }),
    add(`CN=AIA,${container}`, "top container", {}),
    // The three are mandatory in Active Directory: a zero byte keeps the place of what is not published here.
    add(aia, "top certificationAuthority", { cACertificate: issuer, authorityRevocationList: Buffer.from([0]), certificateRevocationList: Buffer.from([0]) }),
  ];
}

afterAll(async () => {
  await setChanges(lab, [], new Date());
});

it("reads revocation list and issuer from the directory of their forest, as AD CS publishes them", async () => {
  await setChanges(lab, intoDirectory, new Date());
  const { certificates } = readLab(lab);
  const der = (id: string): Buffer => new X509Certificate(readFileSync(join(lab, certificates[id]?.certificate ?? ""))).raw;
  const keyPem = readFileSync(join(lab, certificates["ca:fabrikam-issuing"]?.key ?? ""), "utf8");
  const [now, day] = [Date.now(), 86_400_000];
  const issuing = der("ca:fabrikam-issuing");
  const list = makeCrl({ der: issuing, keyPem }, { thisUpdate: new Date(now - day), nextUpdate: new Date(now + day), number: 1, revoked: [der("server:ex1.fabrikam.test")], revokedAt: new Date(now - 2 * day) });
  const deployment = await setChanges(lab, [...intoDirectory, ...published(list, issuing)], new Date());
  const config = loadConfig(writeScannerConfiguration(lab, deployment));
  const secrets = await readSecrets(config, { environment: {}, prompt: undefined });
  const folder = mkdtempSync(join(tmpdir(), "umpreflight-revocation-"));
  try {
    const path = join(folder, "run.snapshot.gz");
    await collect(config, secrets, path, { toolVersion: "0", now: Date.now, monotonic: () => performance.now(), random: Math.random, interrupted: new AbortController().signal, progress: () => undefined });
    const { subjects } = await readSnapshot(path);
    const status = subjects.all("certificateStatus").find(({ name }) => name.includes("CN=ex1.fabrikam.test"))?.facts;
    expect(status).toMatchObject({ status: { value: "revoked" }, checkedBy: { value: [{ url: listUrl, outcome: "fetched" }] }, listReachable: { value: true }, revokedAt: { state: "known" } });
    expect(subjects.get("endpoint", "ex1.fabrikam.test:5061")?.facts["fetchedIssuers"]).toMatchObject({ value: [{ url: issuerUrl, der: issuing.toString("base64") }] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
