import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { renderOcsf } from "../../src/report/ocsf.ts";
import { hostileReport, longReport } from "./hostile.ts";
import { seeds, textsOf } from "./random-text.ts";
import { finding, firstScan, plain, report, subject } from "./reports.ts";

const text = { type: "string" } as const;
const strings = { type: "array", items: text } as const;
const named = { type: "object", required: ["name"], additionalProperties: false } as const;
/** What class 2003 and the base event require, with the types of the attributes that we use and no others. */
const shape = {
  type: "object",
  additionalProperties: false,
  required: ["activity_id", "category_uid", "class_uid", "type_uid", "time", "severity_id", "metadata", "finding_info", "compliance", "resources", "status_id"],
  properties: {
    activity_id: { enum: [1, 2, 3] }, activity_name: { enum: ["Create", "Update", "Close"] }, category_uid: { const: 2 }, category_name: { const: "Findings" },
    class_uid: { const: 2003 }, class_name: { const: "Compliance Finding" }, type_uid: { enum: [200_301, 200_302, 200_303] }, type_name: text,
    time: { type: "integer", minimum: 0 }, start_time: { type: "integer" }, end_time: { type: "integer" }, count: { type: "integer" },
    severity_id: { enum: [0, 1, 2, 3, 4] }, severity: { enum: ["Unknown", "Informational", "Low", "Medium", "High"] },
    status_id: { enum: [1, 3, 4] }, status: { enum: ["New", "Suppressed", "Resolved"] }, comment: text, message: text,
    metadata: { type: "object", required: ["version", "product"], additionalProperties: false, properties: { version: text, log_name: text, product: { type: "object", required: ["vendor_name"], additionalProperties: false, properties: { name: text, vendor_name: text, version: text } } } },
    finding_info: { type: "object", required: ["uid", "title"], additionalProperties: false, properties: { uid: { type: "string", pattern: "^[0-9a-f]{32}$" }, title: { type: "string", minLength: 1 }, desc: text, types: strings, analytic: { type: "object", required: ["type_id"], additionalProperties: false, properties: { uid: text, name: text, desc: text, type_id: { const: 1 }, type: { const: "Rule" } } } } },
    compliance: { type: "object", required: ["status_id", "status"], additionalProperties: false, properties: { standards: strings, control: text, requirements: strings, status_id: { enum: [0, 1, 2, 3, 99] }, status: text, status_code: text, status_details: strings } },
    resources: { type: "array", minItems: 1, items: { ...named, properties: { uid: text, name: text, type: text } } },
    evidences: { type: "array", minItems: 1, items: { ...named, properties: { name: text, data: { type: "object" } } } },
    remediation: { type: "object", required: ["desc"], additionalProperties: false, properties: { desc: text, references: strings } },
    unmapped: { type: "object" },
  },
} as const;
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false }).compile(shape);

interface Event {
  readonly severity_id: number;
  readonly status_id: number;
  readonly time: number;
  readonly count?: number;
  readonly finding_info: { readonly uid: string };
  readonly compliance: { readonly status_id: number; readonly status: string; readonly control: string; readonly status_details?: readonly string[] };
}

function read(of: Report): readonly Event[] {
  const lines = [...renderOcsf(of, plain)].join("").split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => {
    const event: unknown = JSON.parse(line);
    validate(event);
    expect(validate.errors).toBeNull();
    return event as Event;
  });
}

describe("ocsf", () => {
  it.each([
    ["pass", 1, "Pass", 1],
    ["warn", 2, "Warning", 2],
    ["fail", 3, "Fail", 4],
    ["unknown", 0, "Unknown", 0],
    ["not-applicable", 99, "Not Applicable", 1],
  ] as const)("shows %s as status %d %s, severity %d", (outcome, statusId, status, severity) => {
    const [event] = read(report([finding(outcome)]));
    expect(event).toMatchObject({ status_id: 1, severity_id: severity, compliance: { status_id: statusId, status } });
  });

  it("suppresses what is waived, and keeps its outcome", () => {
    expect(read(report([finding("fail", { disposition: "waived" })]))).toMatchObject([{ status_id: 3, compliance: { status_id: 3 } }]);
  });

  it("has one event per finding and one for what was not read", () => {
    const events = read(firstScan());
    expect(events).toHaveLength([...firstScan().findings].length + 1);
    expect(events.at(-1)?.compliance).toMatchObject({ control: "umpreflight/run", status_id: 0, status_details: expect.arrayContaining(["The run is incomplete: interrupted by the user while endpoints were read"]) as unknown });
    expect(events.find(({ count }) => count === 1_204_332)?.compliance.status_id).toBe(1);
    expect(read(report([finding("pass")]))).toHaveLength(1);
    expect(read(report([]))).toEqual([]);
  });

  it("knows a finding again, whatever its name and time", () => {
    const uid = (of: Report): string | undefined => read(of)[0]?.finding_info.uid;
    const renamed = report([finding("pass", { subject: subject("umDialPlan", "new name", "guid"), message: "other" })]);
    expect(uid(renamed)).toBe(uid(report([finding("fail", { subject: subject("umDialPlan", "HQ", "guid") })])));
  });

  it("keeps to the schema when every text is hostile", () => {
    for (const of of [hostileReport(), longReport(), ...seeds.map((seed) => hostileReport(textsOf(seed)))]) expect(read(of).length).toBeGreaterThan([...of.findings].length - 1);
    expect([...renderOcsf(hostileReport(), plain)].join("")).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });
});
