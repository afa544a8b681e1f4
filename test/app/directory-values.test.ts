import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { collect } from "../../src/app/collect.ts";
import { openDirectoryValues } from "../../src/app/directory-values.ts";
import { readSecrets } from "../../src/app/run-secrets.ts";
import { loadConfig } from "../../src/config/config-file.ts";
import { certificateSpecs } from "../../src/lab/deployment/certificate-specs.ts";
import { entry } from "../../src/lab/deployment/entry.ts";
import { contoso, fabrikam } from "../../src/lab/deployment/forests.ts";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import { endpointSpecs } from "../../src/lab/deployment/endpoint-specs.ts";
import { applyChanges, type Change } from "../../src/lab/deployment/mutations.ts";
import { makeCrl } from "../../src/lab/http/crl.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";
import { readSnapshot } from "../../src/snapshot/reader.ts";

const services = `CN=Public Key Services,CN=Services,${fabrikam.configurationDn}`;
const cdp = `CN=Fabrikam Issuing CA 1,CN=ca1,CN=CDP,${services}`;
const aia = `CN=Fabrikam Issuing CA 1,CN=AIA,${services}`;
const listUrl = `ldap:///${encodeURI(cdp)}?certificateRevocationList?base?objectClass=cRLDistributionPoint`;
const issuerUrl = `ldap:///${encodeURI(aia)}?cACertificate?base?objectClass=certificationAuthority`;
const specs = certificateSpecs();
const server = specs.find(({ id }) => id === "server:ex1.fabrikam.test") as (typeof specs)[number];
const ex1 = endpointSpecs().filter(({ host, tls }) => host === "ex1.fabrikam.test" && tls !== undefined);

/** EX1's certificate points into the directory only, and EX1 does not send the issuing authority. */
const intoDirectory: readonly Change[] = [
  { kind: "replaceCertificate", certificate: { ...server, crlUrls: [listUrl], issuerUrls: [issuerUrl] } },
  ...ex1.map(({ host, port, tls }): Change => ({ kind: "setEndpoint", host, port, endpoint: { tls: { ...(tls as NonNullable<typeof tls>), chain: [] } } })),
];

function published(list: Uint8Array, issuer: Uint8Array): readonly Change[] {
  const add = (dn: string, classes: string, attributes: Parameters<typeof entry>[2]): Change => ({ kind: "addEntry", forest: "fabrikam", entry: entry(dn, classes, attributes) });
  return [
    add(services, "top container", {}),
    add(`CN=CDP,${services}`, "top container", {}),
    add(`CN=ca1,CN=CDP,${services}`, "top container", {}),
    add(cdp, "top cRLDistributionPoint", { certificateRevocationList: list, deltaRevocationList: Buffer.from([0]) }),
    add(`CN=AIA,${services}`, "top container", {}),
    add(aia, "top certificationAuthority", { cACertificate: [issuer, Buffer.from([0])] }),
  ];
}

let lab: Lab;
beforeAll(async () => {
  lab = await startLab(applyChanges(healthyDeployment({ users: 3 }), intoDirectory));
  const [now, day] = [Date.now(), 86_400_000];
  const issuing = lab.certificates.get("ca:fabrikam-issuing");
  const own = lab.certificates.get("server:ex1.fabrikam.test");
  if (issuing === undefined || own === undefined) throw new Error("no certificates");
  const list = makeCrl(issuing, { thisUpdate: new Date(now - day), nextUpdate: new Date(now + day), number: 1, revoked: [own.der], revokedAt: new Date(now - 2 * day) });
  await lab.update(applyChanges(healthyDeployment({ users: 3 }), [...intoDirectory, ...published(list, issuing.der)]));
});
afterAll(() => lab.close());

const environment = { toolVersion: "0", now: Date.now, monotonic: () => performance.now(), random: Math.random, interrupted: new AbortController().signal, progress: () => undefined };

async function configured(more: Readonly<Record<string, unknown>> = {}) {
  const config = loadConfig(await writeScannerConfiguration(lab, more));
  return { config, secrets: await readSecrets(config, { environment: {}, prompt: undefined }) };
}

async function statusOfEx1(more: Readonly<Record<string, unknown>> = {}) {
  const { config, secrets } = await configured(more);
  const folder = await mkdtemp(join(tmpdir(), "umpreflight-ldap-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "run.snapshot.gz");
  await collect(config, secrets, path, environment);
  const { subjects } = await readSnapshot(path);
  return { status: subjects.all("certificateStatus").find(({ name }) => name === "CN=ex1.fabrikam.test")?.facts, endpoint: subjects.get("endpoint", "ex1.fabrikam.test:5061")?.facts };
}

describe("a run", () => {
  it("reads list and issuer from the directory of their forest, as AD CS publishes them", async () => {
    const { status, endpoint } = await statusOfEx1();
    expect(status).toMatchObject({ status: { value: "revoked" }, checkedBy: { value: [{ url: listUrl, method: "crl", outcome: "fetched" }] }, listReachable: { value: true }, revokedAt: { state: "known" } });
    expect(endpoint?.["fetchedIssuers"]).toMatchObject({ value: [{ subject: "CN=Fabrikam Issuing CA 1", url: issuerUrl }] });
  });
  it("says that only the forest itself can read them where that forest is not configured", async () => {
    const { config } = await configured();
    const [lync] = config.forests;
    const { status } = await statusOfEx1({
      forests: [{ name: contoso.realm, roles: ["lync"], servers: [contoso.domainController], ca: lync?.ca, credentials: { user: `svc-umpreflight@${contoso.realm}`, password: { file: join(lab.files.directory, "scanner-password") } } }],
      operators: [],
      endpoints: [{ host: "ex1.fabrikam.test", port: 5061, side: "exchange" }],
    });
    expect(status).toMatchObject({ status: { value: "inside-only" }, checkedBy: { value: [{ outcome: "refused", detail: expect.stringContaining("not among the configured ones") }] } });
  });
});

describe("one attribute", () => {
  const read = async (dn: string, attribute: string, host?: string) => {
    const { config, secrets } = await configured();
    const request = { forests: secrets.forests, operators: [], limits: config.limits, connectTo: config.connectTo, lookup: undefined, locate: () => Promise.reject(new Error("not asked")) };
    const context = { signal: new AbortController().signal, now: () => performance.now(), subjects: { all: () => [], get: () => undefined }, observer: { subject: () => undefined, observe: () => undefined, stream: () => Promise.resolve() }, progress: () => undefined };
    const values = openDirectoryValues(request, context);
    onTestFinished(() => values.close());
    return values.read({ dn, attribute, host }, new AbortController().signal);
  };
  it("is read from a host of the forest without asking that host", async () => {
    expect(await read(cdp, "certificateRevocationList", "dc99.fabrikam.test")).toMatchObject({ outcome: "fetched", bodies: [expect.any(Buffer)] });
  });
  it("holds no values that only keep its place", async () => {
    expect(await read(aia, "cACertificate")).toMatchObject({ outcome: "fetched", bodies: [lab.certificates.get("ca:fabrikam-issuing")?.der] });
    expect(await read(cdp, "deltaRevocationList")).toMatchObject({ outcome: "failed", reason: "denied" });
  });
  it("of an object that is not there is not found", async () => {
    expect(await read(`CN=gone,${services}`, "cACertificate")).toMatchObject({ outcome: "not-found" });
  });
  it.each([
    ["another forest", "CN=CA,CN=CDP,CN=Configuration,DC=adatum,DC=test", undefined],
    ["a name that only ends like a forest", "CN=CA,DC=notfabrikam,DC=test", undefined],
    ["no domain", "CN=CA,O=Org", undefined],
    ["a host elsewhere, which would get our password", cdp, "ldap.attacker.test"],
    ["a host whose name only ends like the forest", cdp, "evilfabrikam.test"],
  ])("of %s is not asked for", async (_what, dn, host) => {
    expect(await read(dn, "cACertificate", host)).toMatchObject({ outcome: "refused", insideOnly: true });
  });
  it("is not waited for longer than its time", async () => {
    await lab.misbehave({ server: "ldap:fabrikam", how: "stall" });
    onTestFinished(() => lab.misbehave({ server: "ldap:fabrikam", how: undefined }));
    const { config, secrets } = await configured();
    const request = { forests: secrets.forests, operators: [], limits: { ...config.limits, connectTimeoutMs: 1_000 }, connectTo: config.connectTo, lookup: undefined, locate: () => Promise.reject(new Error("not asked")) };
    const context = { signal: new AbortController().signal, now: () => performance.now(), subjects: { all: () => [], get: () => undefined }, observer: { subject: () => undefined, observe: () => undefined, stream: () => Promise.resolve() }, progress: () => undefined };
    const values = openDirectoryValues(request, context);
    onTestFinished(() => values.close());
    expect(await values.read({ dn: cdp, attribute: "cACertificate", host: undefined }, AbortSignal.timeout(100))).toMatchObject({ outcome: "failed", reason: "timeout" });
  });
});
