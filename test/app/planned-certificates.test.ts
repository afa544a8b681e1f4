import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import type { PlannedWorld } from "../../src/app/overlay/find-subject.ts";
import { applyCertificates } from "../../src/app/overlay/planned-certificates.ts";
import { known, unknown, type Observation } from "../../src/model/observation.ts";
import type { KindName } from "../../src/model/kinds.ts";
import type { Subject } from "../../src/model/subject.ts";
import { rootCa, server, subCa, type Issued } from "../x509/issue.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-planned-"));
afterAll(() => rmSync(folder, { recursive: true }));

const root = rootCa("CN=Root");
const issuing = subCa(root, "CN=Issuing");
const leaf = server(issuing, [], { subject: "CN=new.test" });

function pem(name: string, ...certificates: readonly Issued[]): string {
  const file = join(folder, name);
  writeFileSync(file, certificates.map(({ der }) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64")}\n-----END CERTIFICATE-----\n`).join(""));
  return file;
}

const position = { file: "plan.yaml", line: 1, column: 1 };
const held = (kind: KindName, id: string, facts: Record<string, Observation>): [string, Subject] => [id, { kind, id, name: id, facts }];
let world: PlannedWorld;

beforeEach(() => {
  world = new Map<KindName, Map<string, Subject>>([
    ["deployment", new Map([held("deployment", "deployment", { certificateStatuses: known(["OLD", "SHARED"], "tls") })])],
    ["endpoint", new Map([held("endpoint", "a.test:5061", { certificate: known({}, "tls"), chain: known([], "tls"), opensslVerdict: known("ok", "tls"), protocol: known("TLSv1.2", "tls") })])],
    ["certificateStatus", new Map([held("certificateStatus", "OLD", { presentedBy: known(["a.test:5061"], "tls"), status: known("good", "crl") }), held("certificateStatus", "SHARED", { presentedBy: known(["a.test:5061", "b.test:5061"], "tls") })])],
    ["trustAnchorSet", new Map([held("trustAnchorSet", "lync", { certificates: known([], "configuration") }), held("trustAnchorSet", "exchange", { certificates: unknown("not-collected", "nobody said") })])],
  ]);
});

const fact = (kind: KindName, id: string, name: string) => world.get(kind)?.get(id)?.facts[name];

it("lets an endpoint send others: what was seen of the old ones is unknown of the new", async () => {
  await applyCertificates(world, [{ use: { endpoint: "a.test:5061" }, file: pem("new.pem", leaf, issuing), position }], "planned");
  expect(fact("endpoint", "a.test:5061", "certificate")).toMatchObject({ state: "known", source: "planned", value: { subject: "CN=new.test" } });
  expect(fact("endpoint", "a.test:5061", "chain")).toMatchObject({ value: [{ subject: "CN=new.test" }, { subject: "CN=Issuing" }] });
  for (const name of ["opensslVerdict", "fetchedIssuers"]) expect(fact("endpoint", "a.test:5061", name)?.state).toBe("unknown");
  expect(fact("endpoint", "a.test:5061", "protocol")).toEqual(known("TLSv1.2", "tls"));
  const statuses = [...(world.get("certificateStatus")?.values() ?? [])];
  expect(statuses.map(({ name, facts }) => [name, facts["status"]?.state])).toEqual([["SHARED", undefined], ["CN=new.test", "unknown"], ["CN=Issuing", "unknown"]]);
  expect(fact("certificateStatus", "SHARED", "presentedBy")).toEqual(known(["b.test:5061"], "planned"));
  expect(fact("deployment", "deployment", "certificateStatuses")).toEqual(known(["SHARED", ...statuses.slice(1).map(({ id }) => id)], "planned"));
});

it("lets a side trust more, but does not make roots known that were not read", async () => {
  const file = pem("root.pem", root);
  await applyCertificates(world, [{ use: { trustedBy: "lync" }, file, position }, { use: { trustedBy: "exchange" }, file, position }], "planned");
  expect(fact("trustAnchorSet", "lync", "certificates")).toMatchObject({ source: "planned", value: [{ subject: "CN=Root" }] });
  expect(fact("trustAnchorSet", "exchange", "certificates")).toEqual(unknown("not-collected", "nobody said"));
});

it("refuses files without certificates, and endpoints that there are not", async () => {
  await expect(applyCertificates(world, [{ use: { endpoint: "a.test:5061" }, file: pem("empty.pem"), position }], "planned")).rejects.toThrow("holds no certificate");
  await expect(applyCertificates(world, [{ use: { endpoint: "a.test:5061" }, file: join(folder, "none.pem"), position }], "planned")).rejects.toThrow("none.pem");
  await expect(applyCertificates(world, [{ use: { endpoint: "a.test:5062" }, file: pem("new.pem", leaf), position }], "planned")).rejects.toMatchObject({ hint: "Did you mean a.test:5061?" });
});
