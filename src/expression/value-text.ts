import { isOptional } from "./cel.ts";
import { RecordView, SubjectView } from "./view.ts";

const maxListed = 20;

/** A value of an expression as text for people: subjects by name, lists joined, dates in ISO 8601. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "no date" : value.toISOString();
  if (value instanceof SubjectView) return value.$subject.name;
  if (isOptional(value)) return value.hasValue() ? valueText(value.value()) : "absent";
  if (Array.isArray(value)) return listText(value.map(valueText));
  if (value instanceof RecordView) return Object.entries(value.$raw).map(([field, raw]) => `${field} ${rawText(raw)}`).join(", ");
  return "";
}

/** A value of a snapshot as text for people; references are ids. */
export function rawText(value: unknown): string {
  if (Array.isArray(value)) return listText(value.map(rawText));
  if (typeof value === "object" && value !== null) return Object.entries(value).map(([field, raw]) => `${field} ${rawText(raw)}`).join(" ");
  return String(value);
}

function listText(items: readonly string[]): string {
  if (items.length === 0) return "none";
  return items.length > maxListed ? `${items.slice(0, maxListed).join(", ")} … and ${items.length - maxListed} more` : items.join(", ");
}
