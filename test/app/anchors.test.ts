import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readCertificates } from "../../src/app/anchors.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-anchors-"));
const path = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a file of beginnings without an end is no certificate, and soon known to be none", () => {
  writeFileSync(path("begins.pem"), "-----BEGIN CERTIFICATE-----\n".repeat(100_000));
  const started = performance.now();
  expect(() => readCertificates([path("begins.pem")], "roots")).toThrow("holds no certificate");
  expect(performance.now() - started).toBeLessThan(2000);
});

it("what is no file, or far too large, is not read", () => {
  writeFileSync(path("large.pem"), "");
  truncateSync(path("large.pem"), 100_000_000);
  expect(() => readCertificates([path("large.pem")], "roots")).toThrow("too large");
  expect(() => readCertificates([folder], "roots")).toThrow("cannot be read: it is no file");
  expect(() => readCertificates([path("none.pem")], "roots")).toThrow("there is no file");
});
