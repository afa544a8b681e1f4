import { expect, it } from "vitest";
import { exitCode, type ExitPolicy } from "../../src/engine/exit-code.ts";
import { summarize } from "../../src/engine/summary.ts";
import type { Finding, Summary } from "../../src/model/finding.ts";
import { evaluateOver } from "./rule-fixture.ts";

const nothing: Summary = { pass: 1, warn: 0, fail: 0, unknown: 0, notApplicable: 1, waived: 3 };
const usual: ExitPolicy = { failOn: "fail", onUnknown: "report", complete: true };

it.each<[string, Partial<Summary>, Partial<ExitPolicy>, number]>([
  ["nothing failed", {}, {}, 0],
  ["a fail", { fail: 1 }, {}, 1],
  ["a fail beside unknowns", { fail: 1, unknown: 1 }, { onUnknown: "ignore" }, 1],
  ["a warning", { warn: 1 }, {}, 0],
  ["a warning that counts", { warn: 1 }, { failOn: "warn" }, 1],
  ["an unknown", { unknown: 1 }, {}, 3],
  ["an unknown that counts", { unknown: 1 }, { onUnknown: "fail" }, 1],
  ["an unknown that does not", { unknown: 1 }, { onUnknown: "ignore" }, 0],
  ["an incomplete run", {}, { complete: false }, 3],
  ["an incomplete run that ignores unknowns", {}, { complete: false, onUnknown: "ignore" }, 3],
  ["an incomplete run where unknown counts", {}, { complete: false, onUnknown: "fail" }, 1],
])("%s", (_, summary, policy, code) => {
  expect(exitCode({ ...nothing, ...summary }, { ...usual, ...policy })).toBe(code);
});

it("counts waived findings as such only", () => {
  const [finding] = evaluateOver({}, { umDialPlan: { hq: { name: "HQ" } } }).findings;
  const waived = { ...finding, disposition: "waived", outcome: "fail" } as Finding;
  expect(summarize([waived, { ...waived, disposition: "open", count: 5 }])).toEqual({ pass: 0, warn: 0, fail: 5, unknown: 0, notApplicable: 0, waived: 1 });
});
