import { RuleError } from "../model/errors.ts";
import { readYaml } from "./yaml-document.ts";

/** A requirement of the catalogue. */
export interface Requirement {
  readonly key: string;
  readonly title: string;
  /** B: calls or set-up fail. W: works partly or by luck. I: advice. */
  readonly severity: "B" | "W" | "I";
  /** Versions that it is for. */
  readonly for: string;
}

/** Reads the catalogue, `key: { title, severity, for }`. Throws a RuleError. */
export function loadRequirements(file: string, text: string): ReadonlyMap<string, Requirement> {
  const document = readYaml(file, text);
  if (!("positions" in document)) {
    const [first] = document;
    throw new RuleError("requirements", first?.message ?? "The catalogue cannot be read.", { position: first?.position ?? { file } });
  }
  const { value } = document;
  if (typeof value !== "object" || value === null) throw new RuleError("requirements", "The catalogue is a map of keys.", { position: { file } });
  const requirements = new Map<string, Requirement>();
  for (const [key, entry] of Object.entries(value)) {
    const position = { file, ...document.keys[`/${key}`] };
    if (!isEntry(entry)) throw new RuleError("requirements", `${key} must have a title, a severity (B, W or I) and for.`, { position });
    requirements.set(key, { key, title: entry.title, severity: entry.severity, for: entry.for });
  }
  return requirements;
}

function isEntry(entry: unknown): entry is Omit<Requirement, "key"> {
  if (typeof entry !== "object" || entry === null || !("title" in entry && "severity" in entry && "for" in entry)) return false;
  return typeof entry.title === "string" && typeof entry.for === "string" && typeof entry.severity === "string" && /^[BWI]$/u.test(entry.severity);
}
