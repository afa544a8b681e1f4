import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";
import { folder, run, unfit } from "./running.ts";

let lab: Lab;
let files: Awaited<ReturnType<typeof folder>>;
let snapshot: string;

beforeAll(async () => {
  lab = await startLab(healthyDeployment({ users: 3 }));
  files = await folder();
  snapshot = files.path("run.snapshot.gz");
  expect(await run(["collect", "-c", await writeScannerConfiguration(lab), "-o", snapshot, "--no-fetch"])).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await lab.close();
  await files.remove();
});

test("the matrix of a snapshot fits 80 columns, and is the same from a report of it", async () => {
  const ended = await run(["matrix", snapshot, "--lang", "en"]);
  const { code, stdout } = ended;
  expect(unfit(ended)).toEqual([]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Pool lyncpool\.contoso\.test\n {2}Dial plan .* MWI\n/u);
  expect(stdout).toMatch(/\n {2}ContosoUM +1:1 +ContosoUM +Enabled +yes +yes\n +\(ContosoUM\)\n/u);
  expect(Math.max(...stdout.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
  const report = files.path("report.json");
  await run(["evaluate", snapshot, "--reporter", `json=${report}`]);
  expect((await run(["matrix", report, "--lang", "en"])).stdout).toBe(stdout);
  const { rows } = JSON.parse((await run(["matrix", snapshot, "--json"])).stdout) as { readonly rows: readonly unknown[] };
  expect(rows).toHaveLength(6);
});

test("what was not read is said, with exit code 3; a report without the matrix is refused", async () => {
  const report = files.path("report.json");
  await run(["evaluate", snapshot, "--reporter", `json=${report}`]);
  const value = JSON.parse(await readFile(report, "utf8")) as { overview: { matrix: { notRead: string[] } } };
  value.overview.matrix.notRead.push("pools of Lync deployment contoso.test: denied");
  await writeFile(report, JSON.stringify(value));
  const { code, stdout } = await run(["matrix", report, "--lang", "en"]);
  expect({ code, last: stdout.trimEnd().split("\n").at(-1) }).toEqual({ code: 3, last: "not read: pools of Lync deployment contoso.test: denied" });
  await writeFile(report, JSON.stringify({ ...value, overview: undefined }));
  expect(await run(["matrix", report])).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("holds no gateway matrix") });
  expect(await run(["matrix", files.path("nowhere")])).toMatchObject({ code: 2, stdout: "" });
});
