import { afterAll, beforeAll, expect, test } from "vitest";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import { applyChanges } from "../../src/lab/deployment/mutations.ts";
import { certificate, endpointStopped } from "../../src/lab/deployment/planting.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";
import { folder, run, unfit } from "./running.ts";

let lab: Lab;
let config: string;
let files: Awaited<ReturnType<typeof folder>>;
const healthy = healthyDeployment({ users: 3 });

beforeAll(async () => {
  lab = await startLab(applyChanges(healthy, [certificate("server:ex1.fabrikam.test", { notAfterDays: 20 }), certificate("server:ex2.fabrikam.test", { revoked: "listed" })]));
  config = await writeScannerConfiguration(lab);
  files = await folder();
});
afterAll(async () => {
  await lab.close();
  await files.remove();
});

async function certs(...args: readonly string[]) {
  const ended = await run(["certs", ...args]);
  expect(unfit(ended)).toEqual([]);
  return ended;
}

test("the live state: every certificate, soonest to expire first, within 80 columns", async () => {
  const { code, stdout, stderr } = await certs("-c", config);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^\d{4}-\d\d-\d\d {2}(19|20) days left\n {2}subject {4}CN=ex1\.fabrikam\.test\n {2}sent by {4}ex1\.fabrikam\.test:5061, ex1\.fabrikam\.test:5063\n/u);
  expect(stdout).toContain("  revocation revoked: it is listed as revoked (keyCompromise)\n");
  expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test("a snapshot, cut at a horizon, as JSON; nothing is fetched with --no-fetch", async () => {
  const snapshot = files.path("run.snapshot.gz");
  const collected = await run(["collect", "-c", config, "-o", snapshot, "--no-fetch"]);
  expect(collected).toMatchObject({ code: 0, stderr: "" });
  const { code, stdout } = await certs(snapshot, "--horizon", "30d", "--json");
  const listed = JSON.parse(stdout) as { readonly certificates: readonly Readonly<Record<string, unknown>>[] };
  expect(code).toBe(0);
  expect(listed).toMatchObject({ horizonDays: 30, notRead: [], certificates: [{ subject: "CN=ex1.fabrikam.test", status: "unknown", statusReason: expect.stringContaining("--no-fetch"), presentedBy: ["ex1.fabrikam.test:5061", "ex1.fabrikam.test:5063"] }] });
  expect(listed.certificates).toHaveLength(1);
  expect((await certs(snapshot, "--at", "2020-01-01T00:00:00Z", "--horizon", "1d")).stdout).toMatch(/^Expired, or expiring within 1 day of 2020-01-01: 0 of \d+ certificates\.\n$/u);
});

test("what was not seen is told, and gives exit code 3; what nobody serves is not missing", async () => {
  await lab.update(applyChanges(healthy, [endpointStopped("ex1.fabrikam.test", 5063)]));
  expect((await certs("-c", config)).code).toBe(0);
  await lab.misbehave({ server: "ex2.fabrikam.test:5063", how: "garbage" });
  await lab.misbehave({ server: "mbx1.fabrikam.test:5063", how: "reset" });
  const { code, stdout } = await certs("-c", config);
  expect(code).toBe(3);
  expect(stdout).toContain("Not seen: mbx1.fabrikam.test:5063: ");
  expect(stdout).not.toContain("Not seen: ex2.fabrikam.test:5063");
});

test.for([["--horizon", "90"], ["--horizon", "x"], ["--at", "soon"], ["gone.snapshot.gz"]])("a mistake is told in a sentence, with exit code 2: %s", async (args) => {
  const { code, stdout, stderr } = await certs("-c", config, ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.length).toBeGreaterThan(0);
});
