import { describe, expect, it } from "vitest";
import { describeError, ReportError } from "../../src/model/errors.ts";
import type { Report } from "../../src/model/report.ts";
import { renderJson } from "../../src/report/json.ts";
import { readReport } from "../../src/report/read-report.ts";
import { linesOf } from "../../src/report/read-report/lines.ts";
import { reporters } from "../../src/report/registry.ts";
import { hostileReport, longReport } from "./hostile.ts";
import { exampleOverview, overviewOfTexts } from "./overview.ts";
import { seeds, textsOf } from "./random-text.ts";
import { finding, firstScan, plain, report } from "./reports.ts";

const write = (of: Report): string => [...renderJson(of, plain)].join("");
const read = (text: string, size = text.length): Report =>
  readReport("r.json", function* () {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  });
function errorOf(text: string): ReportError {
  try {
    const back = read(text);
    for (const one of back.findings) void one;
  } catch (error) {
    if (error instanceof ReportError) return error;
    throw error;
  }
  throw new Error("no error");
}

describe("readReport", () => {
  it.each<[string, Report]>([["a first scan", firstScan()], ["hostile strings", hostileReport()], ["long names", longReport()], ["nothing", report([])], ["an overview", report([finding("pass")], { overview: exampleOverview })], ["an overview of hostile strings", report([], { overview: overviewOfTexts((name) => `${name}\n"findings": [\n]<!--\u0000\ud800`.toWellFormed()) })], ["a policy of its own", report([finding("warn")], { failOn: "warn" })], ...seeds.map((seed): [string, Report] => [`seed ${seed}`, hostileReport(textsOf(seed))])])("reads back what json wrote: %s", (_name, of) => {
    const text = write(of);
    for (const size of [1000, text.length]) {
      const back = read(text, size);
      expect(write(back)).toBe(text);
      expect(write(back), "walked a second time").toBe(text);
    }
    expect(write(read(JSON.stringify(JSON.parse(text), undefined, 4).replaceAll("\n", "\r\n")))).toBe(text);
    expect(write(read(`\ufeff${text}`))).toBe(text);
  });

  it("renders the same in every format as the first time", async () => {
    const back = read(write(firstScan()));
    for (const [name, entry] of Object.entries(reporters)) {
      const render = await entry.load();
      expect([...render(back, plain)].join(""), name).toBe([...render(firstScan(), plain)].join(""));
    }
  });

  it("reads reports of versions that did not name rules, and later ones that say more", () => {
    const { failOn, rules, ...old } = JSON.parse(write(firstScan())) as Readonly<Record<string, unknown>>;
    expect([failOn, rules]).toHaveLength(2);
    expect(read(JSON.stringify(old))).toMatchObject({ failOn: "fail", rules: [] });
    const [first] = read(write(report([finding("pass")])).replace('{"rule":', '{"news":{"a":[1]},"rule":')).findings;
    expect(first).toEqual(finding("pass"));
  });

  it.each([
    ["an empty file", "", /is no report of this program: it is no JSON/u],
    ["XML", "<testsuites/>", /it is no JSON/u],
    ["other JSON", '{"a":1}', /it has no schemaVersion/u],
    ["a list", "[]", /it has no schemaVersion/u],
    ["a later version", write(firstScan()).replace('"schemaVersion": 1', '"schemaVersion": 2'), /schema version 2; this program reads version 1/u],
    ["a report without run", '{"schemaVersion":1}', /must have required property/u],
    ["one that was cut in a finding", write(firstScan()).slice(0, 9000), /it is no JSON/u],
    ["one that was cut after a finding", write(firstScan()).split("\n").slice(0, -4).join("\n"), /it was cut off/u],
    ["one without its last line", write(firstScan()).slice(0, -2), /it was cut off/u],
    ["one with something behind", `${write(firstScan())}x`, /something stands after its findings/u],
    ["one from which a finding was removed", write(firstScan()).split("\n").filter((line) => !line.includes('"id":"umDialPlan-Kiosks"')).join("\n"), /states 8 under fail, but its findings make 7/u],
    ["an outcome that there is not", write(report([finding("fail")])).replace('"outcome":"fail"', '"outcome":"maybe"'), /outcome must be equal to one of the allowed values/u],
    ["nesting without end", `{"schemaVersion":1,"a":${"[".repeat(200_000)}`, /no report/u],
  ])("refuses %s", (_name, text, message) => {
    const error = errorOf(text);
    expect(error.message).toMatch(message);
    expect(error.position?.file).toBe("r.json");
    expect(error.message.length).toBeLessThan(400);
  });

  it("says in which line a finding is wrong", () => {
    const text = write(report([finding("pass"), finding("fail")])).replace('"outcome":"fail"', '"outcome":4');
    const line = text.split("\n").findIndex((one) => one.includes('"outcome":4')) + 1;
    expect(describeError(errorOf(text))).toMatch(new RegExp(`^r.json:${line}: this is no report`, "u"));
  });
});

it("long lines are read in time that grows with them, however small the chunks are", () => {
  const started = performance.now();
  const chunks = function* () {
    yield "\ufeffa\r\n\nb";
    for (let count = 0; count < 400; count += 1) yield "x".repeat(65_536);
    yield "y\r";
    yield "\nlast";
  };
  const lines = [...linesOf(chunks(), "report.json")];
  expect(performance.now() - started).toBeLessThan(3000);
  expect(lines.map((line) => `${line.slice(0, 2)}${line.slice(2).slice(-1)}`)).toEqual(["a", "", "bxy", "lat"]);
  expect(lines[2]).toHaveLength(400 * 65_536 + 2);
});
