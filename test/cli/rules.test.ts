import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folder, run, unfit } from "./running.ts";

let files: Awaited<ReturnType<typeof folder>>;
beforeAll(async () => {
  files = await folder();
});
afterAll(() => files.remove());

const own = ["--rules", "our-rules", "--cases", "our-cases"];
const inFolder = (args: readonly string[]) => run(args, { cwd: files.path(".") });

test("a rule is begun, linted, tested and documented, and a mistake in it is found", async () => {
  const begun = await inFolder(["rules", "new", "own/no-fax", "--fact", "faxEnabled", "--title", "Plans: without fax", "--requirement", "sec.align"]);
  expect(begun).toMatchObject({ code: 0, stderr: "" });
  expect(begun.stdout).toContain("wrote our-rules/own/no-fax.yaml");
  expect((await inFolder(["rules", "lint", ...own])).stdout).toMatch(/^\d+ rules, 0 problems\b/m);
  expect((await inFolder(["rules", "test", ...own])).stdout).toMatch(/^\d+ passed, 0 failed\n$/);
  const documented = await inFolder(["rules", "docs", ...own, "--out", "pages"]);
  expect(documented).toMatchObject({ code: 0, stderr: "" });
  expect(await readFile(files.path("pages/own/no-fax.md"), "utf8")).toContain("# Plans: without fax");
  expect(await readFile(files.path("pages/README.md"), "utf8")).toContain("own/no-fax.md");

  const again = await inFolder(["rules", "new", "own/no-fax"]);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain("our-rules/own/no-fax.yaml is there already");

  const rule = files.path("our-rules/own/no-fax.yaml");
  const text = await readFile(rule, "utf8");
  await writeFile(rule, text.replace("fail: plan.faxEnabled", "fail: plan.faxEnabled && !plan.faxEnabled"));
  const linted = await inFolder(["rules", "lint", ...own]);
  expect(linted.code).toBe(1);
  expect(linted.stdout).toMatch(/our-rules\/own\/no-fax\.yaml:\d+:\d+: own\/no-fax: This outcome is never reached: its condition cannot hold\./);
  expect(linted.stdout).toMatch(/No case comes to this fail\./);
  const tested = await inFolder(["rules", "test", ...own]);
  expect(tested.code).toBe(1);
  expect(tested.stdout).toContain("FAIL own/no-fax: what is wrong fails");
  await writeFile(rule, text.replace("sec.align", "sec.allign"));
  expect((await inFolder(["rules", "lint", ...own])).stdout).toMatch(/no-fax\.yaml:\d+:\d+: own\/no-fax: The requirement sec\.allign is not in the catalogue\.\n {2}Did you mean sec\.align\?/);
});

test("a pack from a package is listed, linted and tested, and nothing of it is run", async () => {
  const pack = "site/node_modules/@contoso/um-rules";
  expect((await inFolder(["rules", "new", "contoso/fax", "--fact", "faxEnabled", "--rules-folder", `${pack}/rules`, "--cases-folder", `${pack}/cases`])).code).toBe(0);
  await writeFile(files.path(`${pack}/package.json`), JSON.stringify({ name: "@contoso/um-rules", main: "./index.js" }));
  await writeFile(files.path(`${pack}/index.js`), 'throw new Error("was run")');
  const inSite = (args: readonly string[]) => run(args, { cwd: files.path("site") });
  const installed = ["--rules", "npm:@contoso/um-rules", "--cases", "npm:@contoso/um-rules"];
  expect((await inSite(["rules", "list", ...installed.slice(0, 2)])).stdout).toContain("contoso/fax");
  expect(await inSite(["rules", "lint", ...installed])).toMatchObject({ code: 0, stderr: "" });
  expect(await inSite(["rules", "test", ...installed])).toMatchObject({ code: 0, stderr: "" });
  expect(await inFolder(["rules", "list", "--rules", "npm:@contoso/um-rules"])).toMatchObject({ code: 2, stdout: "" });
});

test.for([
  [["rules", "new", "No-Area"], /cannot be the id of a rule/],
  [["rules", "new", "own/x", "--subject", "umDialPlam"], /there is no kind umDialPlam\n {2}Did you mean umDialPlan\?/],
  [["rules", "new", "own/x", "--severity", "bad"], /Choices: "blocker", "major", "advice"/],
  [["rules", "docs", "--out", "umpreflight.txt"], /cannot be written|is not a page/],
] as const)("wrong use is explained: %s", async ([args, message]) => {
  await writeFile(files.path("umpreflight.txt"), "a file\n");
  const ended = await inFolder(args);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(message);
  expect(unfit(ended)).toEqual([]);
});

test("rules show fits 80 columns, but for expressions and commands", async () => {
  const { stdout } = await run(["rules", "show", "dns/strict-naming"]);
  expect(stdout).toContain("Mended by     network\n");
  const [prose = ""] = stdout.split("\nwith ");
  expect(prose.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toMatch(/^ {2}Add-DnsServerResourceRecord .{80,}$/mu);
});
