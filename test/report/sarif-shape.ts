/** What our SARIF logs look like, after the OASIS specification 2.1.0: only properties that it defines, with its types, requirements and uniqueness. */
const text = { type: "object", required: ["text"], properties: { text: { type: "string", minLength: 1 } }, additionalProperties: false } as const;
const bag = { type: "object", properties: { tags: { type: "array", items: { type: "string" }, uniqueItems: true, maxItems: 20 } } } as const;
const time = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$" } as const;
/** RFC 3986: nothing but its characters, percent signs before two hex digits. */
const uri = { type: "string", pattern: "^([A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=-]|%[0-9A-F]{2})+$" } as const;

const rule = {
  type: "object",
  required: ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"],
  additionalProperties: false,
  properties: { id: { type: "string" }, shortDescription: text, fullDescription: text, help: text, helpUri: uri, defaultConfiguration: { type: "object", required: ["level"], properties: { level: { enum: ["none", "note", "warning", "error"] } }, additionalProperties: false }, properties: bag },
} as const;

const location = {
  type: "object",
  required: ["logicalLocations"],
  additionalProperties: false,
  properties: {
    physicalLocation: {
      type: "object",
      required: ["artifactLocation", "region"],
      additionalProperties: false,
      properties: { artifactLocation: { type: "object", required: ["uri"], properties: { uri, uriBaseId: { const: "%SRCROOT%" } }, additionalProperties: false }, region: { type: "object", required: ["startLine"], properties: { startLine: { type: "integer", minimum: 1 } }, additionalProperties: false } },
    },
    logicalLocations: { type: "array", minItems: 1, uniqueItems: true, items: { type: "object", required: ["name", "fullyQualifiedName", "kind"], additionalProperties: false, properties: { name: { type: "string" }, fullyQualifiedName: { type: "string" }, kind: { type: "string" } } } },
  },
} as const;

const result = {
  type: "object",
  required: ["ruleId", "ruleIndex", "kind", "level", "message", "locations", "partialFingerprints", "properties"],
  additionalProperties: false,
  properties: {
    ruleId: { type: "string" },
    ruleIndex: { type: "integer", minimum: 0 },
    kind: { enum: ["pass", "fail", "open", "notApplicable"] },
    level: { enum: ["none", "note", "warning", "error"] },
    message: text,
    locations: { type: "array", minItems: 1, maxItems: 1, items: location },
    partialFingerprints: { type: "object", required: ["primaryLocationLineHash"], additionalProperties: { type: "string", minLength: 1 } },
    baselineState: { enum: ["new", "unchanged", "updated", "absent"] },
    suppressions: { type: "array", minItems: 1, uniqueItems: true, items: { type: "object", required: ["kind"], additionalProperties: false, properties: { kind: { enum: ["inSource", "external"] }, status: { enum: ["accepted", "underReview", "rejected"] }, justification: { type: "string" } } } },
    properties: bag,
  },
  // Section 3.27.10: a level other than none belongs to failures only.
  anyOf: [
    { properties: { kind: { const: "fail" }, level: { enum: ["note", "warning", "error"] } } },
    { properties: { kind: { enum: ["pass", "open", "notApplicable"] }, level: { const: "none" } } },
  ],
} as const;

const notification = { type: "object", required: ["descriptor", "level", "message"], additionalProperties: false, properties: { descriptor: { type: "object", required: ["id"], properties: { id: { type: "string" } }, additionalProperties: false }, level: { enum: ["none", "note", "warning", "error"] }, message: text } } as const;

/** JSON Schema of a log. */
export const sarifShape = {
  type: "object",
  required: ["$schema", "version", "runs"],
  additionalProperties: false,
  properties: {
    $schema: uri,
    version: { const: "2.1.0" },
    runs: {
      type: "array",
      minItems: 1,
      maxItems: 1,
      items: {
        type: "object",
        required: ["tool", "automationDetails", "columnKind", "invocations", "properties", "results"],
        additionalProperties: false,
        properties: {
          tool: { type: "object", required: ["driver"], additionalProperties: false, properties: { driver: { type: "object", required: ["name", "version", "rules"], additionalProperties: false, properties: { name: { type: "string", minLength: 1 }, version: { type: "string" }, rules: { type: "array", uniqueItems: true, maxItems: 25_000, items: rule } } } } },
          automationDetails: { type: "object", required: ["id"], additionalProperties: false, properties: { id: { type: "string" } } },
          columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
          invocations: { type: "array", minItems: 1, maxItems: 1, items: { type: "object", required: ["executionSuccessful", "toolExecutionNotifications"], additionalProperties: false, properties: { executionSuccessful: { type: "boolean" }, startTimeUtc: time, endTimeUtc: time, toolExecutionNotifications: { type: "array", items: notification } } } },
          properties: bag,
          results: { type: "array", maxItems: 5000, items: result },
        },
      },
    },
  },
} as const;
