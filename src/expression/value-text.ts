import { findingWords, type FindingWords } from "../model/finding-words.ts";
import { isOptional } from "./cel.ts";
import { RecordView, SubjectView } from "./view.ts";

const maxListed = 20;
const english = findingWords("en");

/** A value of an expression as text for people: subjects by name, lists joined, dates in ISO 8601. */
export function valueText(value: unknown, words: FindingWords = english): string {
  if (typeof value === "string") return words.text(value);
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? words.noDate : value.toISOString().replace(".000Z", "Z");
  if (value instanceof SubjectView) return value.$subject.name;
  if (isOptional(value)) return value.hasValue() ? valueText(value.value(), words) : words.absent;
  if (Array.isArray(value)) return listText(value.map((item) => valueText(item, words)), words);
  if (value instanceof RecordView) return recordText(value.$raw, words);
  return "";
}

/** A value of a snapshot as text for people; references are ids. */
export function rawText(value: unknown, words: FindingWords = english): string {
  if (Array.isArray(value)) return listText(value.map((item) => rawText(item, words)), words);
  if (typeof value === "object" && value !== null) return recordText(value as Readonly<Record<string, unknown>>, words);
  return String(value);
}

/** A record in few words where its kind is known by its fields: a certificate, a problem of a path; else field by field. */
function recordText(fields: Readonly<Record<string, unknown>>, words: FindingWords): string {
  const { subject, issuer, notAfter, thumbprint, der, code, severity, certificate, message } = fields;
  if (der !== undefined && thumbprint !== undefined) return words.certificate(rawText(subject), rawText(issuer), rawText(notAfter), rawText(thumbprint));
  if (code !== undefined && severity !== undefined && certificate !== undefined) return `${rawText(severity)} ${rawText(code)} (${rawText(certificate)}): ${rawText(message)}`;
  return Object.entries(fields)
    .map(([field, raw]) => `${field} ${rawText(raw, words)}`)
    .join(", ");
}

function listText(items: readonly string[], words: FindingWords): string {
  if (items.length === 0) return words.none;
  return items.length > maxListed ? `${items.slice(0, maxListed).join(", ")} ${words.more(items.length - maxListed)}` : items.join(", ");
}
