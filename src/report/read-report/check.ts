import { Ajv, type ValidateFunction } from "ajv";
import schema from "../../../reports/schemas/report.schema.json" with { type: "json" };
import { ReportError, type SourcePosition } from "../../model/errors.ts";
import type { Finding, Summary } from "../../model/finding.ts";
import type { Report } from "../../model/report.ts";

/** A report without its findings. */
export type ReportHead = Omit<Report, "findings">;

/** Checks of the parts of one file. */
export interface ReportChecks {
  /** @throws ReportError when it is no head of a report, or one of a later version */
  readonly head: (value: unknown) => ReportHead;
  /** @throws ReportError when it is no finding */
  readonly finding: (value: unknown, line: number | undefined) => Finding;
}

const version = schema.properties.schemaVersion.const;

/** What a later version added without raising the schema version is dropped. */
const ajv = new Ajv({ removeAdditional: true, strict: false });
ajv.addSchema(schema);
const head = ajv.compile<Omit<ReportHead, "rules" | "failOn"> & Partial<ReportHead>>({ $ref: schema.$id });
const finding = ajv.compile<Finding>({ $ref: `${schema.$id}#/definitions/finding` });

/** The checks of a file. */
export function reportChecks(file: string): ReportChecks {
  return {
    head: (value) => {
      checkVersion(file, value);
      if (!head(value)) throw refusal(file, head, { file });
      const { tool, run, summary, rules = [], failOn = "fail", language, comparison, history, overview } = value;
      return { tool, run, summary, rules, failOn, ...(language === undefined ? {} : { language }), ...(comparison === undefined ? {} : { comparison }), ...(history === undefined ? {} : { history }), ...(overview === undefined ? {} : { overview }) };
    },
    finding: (value, line) => {
      if (!finding(value)) throw refusal(file, finding, line === undefined ? { file } : { file, line });
      return value;
    },
  };
}

function checkVersion(file: string, value: unknown): void {
  const found = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)["schemaVersion"] : undefined;
  if (found === version) return;
  if (typeof found !== "number") throw notOurs(file, "it has no schemaVersion");
  throw new ReportError("report-version", `it has report schema version ${found}; this program reads version ${version}`, { hint: "Read it with the version of umpreflight that wrote it, or a later one.", position: { file } });
}

/** A file that is something else. */
export function notOurs(file: string, why: string, position: SourcePosition = { file }): ReportError {
  return new ReportError("report-read", `this is no report of this program: ${why}`, { hint: "A report that can be read again is written with --reporter json=FILE.", position });
}

function refusal(file: string, { errors }: ValidateFunction, position: SourcePosition): ReportError {
  const [error] = errors ?? [];
  return notOurs(file, `${error?.instancePath === "" || error === undefined ? "it" : error.instancePath.slice(1)} ${error?.message ?? "is not valid"}`, position);
}

/** Refuses a report whose counts are not those of its findings: it was cut, or changed by hand. */
export function checkSummary(file: string, stated: Summary, counted: Summary): void {
  const names = ["pass", "warn", "fail", "unknown", "notApplicable", "waived"] as const;
  const wrong = names.find((name) => stated[name] !== counted[name]);
  if (wrong !== undefined) throw new ReportError("report-read", `it states ${stated[wrong]} under ${wrong}, but its findings make ${counted[wrong]}: it was cut or changed`, { position: { file } });
}
