import { terminalText } from "../model/terminal-text.ts";
import { shortened } from "../report/shorten.ts";
import { wrapText } from "../report/table/wrap.ts";
import type { CertificateList, MetCertificate } from "../model/overview.ts";

/** How the list is written. */
export interface CertificateTextOptions {
  readonly columns: number;
  /** Days of `--horizon`, of which the last line tells. */
  readonly horizonDays: number | undefined;
  /** How many certificates there are without it. */
  readonly total: number;
}

const labelWidth = 11;
const minColumns = 40;
const maxNames = 20;
const maxChars = 1000;

function dayText(days: number): string {
  if (days < 0) return "expired";
  if (days === 0) return "expires today";
  return days === 1 ? "1 day left" : `${days} days left`;
}

/** The first of many, and how many more there are. */
function listed(items: readonly string[]): string {
  const shown = items.slice(0, maxNames).join(", ");
  return items.length > maxNames ? `${shown} and ${items.length - maxNames} more` : shown;
}

function* field(label: string, foreign: string, columns: number): Iterable<string> {
  const lines = wrapText(terminalText(shortened(foreign, maxChars)), columns - labelWidth - 2);
  for (const [index, line] of (lines.length === 0 ? [""] : lines).entries()) yield `  ${(index === 0 ? label : "").padEnd(labelWidth)}${line}\n`;
}

function* block(certificate: MetCertificate, columns: number): Iterable<string> {
  const { subject, issuer, names, key, signature, notAfter, daysLeft, presentedBy, trustedBy, status, statusReason, thumbprint } = certificate;
  yield `${notAfter.slice(0, 10)}  ${dayText(daysLeft)}\n`;
  yield* field("subject", subject === "" ? "(none)" : subject, columns);
  if (presentedBy.length > 0) yield* field("sent by", listed(presentedBy), columns);
  if (trustedBy.length > 0) yield* field("trusted by", trustedBy.join(" and "), columns);
  yield* field("issuer", issuer === subject ? "itself" : issuer, columns);
  if (names.length > 0) yield* field("names", listed(names), columns);
  yield* field("key", `${key}, signed ${signature}`, columns);
  yield* field("thumbprint", thumbprint, columns);
  if (status !== "not-checked") yield* field("revocation", `${status}: ${statusReason}`, columns);
}

/** The list as text for a terminal. What servers wrote is escaped. */
export function* certificateText({ certificates, notRead, at }: CertificateList, { columns, horizonDays, total }: CertificateTextOptions): Iterable<string> {
  const width = Math.max(minColumns, columns);
  for (const certificate of certificates) {
    yield* block(certificate, width);
    yield "\n";
  }
  for (const problem of notRead) for (const line of wrapText(terminalText(shortened(`Not seen: ${problem}`, maxChars)), width)) yield `${line}\n`;
  const count = `${total} ${total === 1 ? "certificate" : "certificates"}`;
  if (horizonDays === undefined) yield `${count}.\n`;
  else yield `Expired, or expiring within ${horizonDays} ${horizonDays === 1 ? "day" : "days"} of ${at.slice(0, 10)}: ${certificates.length} of ${count}.\n`;
}
