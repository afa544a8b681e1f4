import { isOptional } from "./cel.ts";
import { RecordView, SubjectView } from "./view.ts";

const maxListed = 20;

/** A value of an expression as text for people: subjects by name, lists joined, dates in ISO 8601. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "no date" : value.toISOString().replace(".000Z", "Z");
  if (value instanceof SubjectView) return value.$subject.name;
  if (isOptional(value)) return value.hasValue() ? valueText(value.value()) : "absent";
  if (Array.isArray(value)) return listText(value.map(valueText));
  if (value instanceof RecordView) return recordText(value.$raw);
  return "";
}

/** A value of a snapshot as text for people; references are ids. */
export function rawText(value: unknown): string {
  if (Array.isArray(value)) return listText(value.map(rawText));
  if (typeof value === "object" && value !== null) return recordText(value as Readonly<Record<string, unknown>>);
  return String(value);
}

/** A record in few words where its kind is known by its fields: a certificate, a problem of a path; else field by field. */
function recordText(fields: Readonly<Record<string, unknown>>): string {
  const { subject, issuer, notAfter, thumbprint, der, code, severity, certificate, message } = fields;
  if (der !== undefined && thumbprint !== undefined) return `${rawText(subject)} of ${rawText(issuer)}, until ${rawText(notAfter)}, thumbprint ${rawText(thumbprint)}`;
  if (code !== undefined && severity !== undefined && certificate !== undefined) return `${rawText(severity)} ${rawText(code)} (${rawText(certificate)}): ${rawText(message)}`;
  return Object.entries(fields)
    .map(([field, raw]) => `${field} ${rawText(raw)}`)
    .join(", ");
}

function listText(items: readonly string[]): string {
  if (items.length === 0) return "none";
  return items.length > maxListed ? `${items.slice(0, maxListed).join(", ")} … and ${items.length - maxListed} more` : items.join(", ");
}
