import type { RecordValue } from "../model/kinds.ts";

/** Codes by which OpenSSL complains of dates (x509_vfy.h, as Node names them): it judged when the connection was made, we may judge later. */
const openSslTimeCodes: ReadonlySet<string> = new Set(["CERT_NOT_YET_VALID", "CERT_HAS_EXPIRED", "ERROR_IN_CERT_NOT_BEFORE_FIELD", "ERROR_IN_CERT_NOT_AFTER_FIELD"]);
/** Problems of ours of which OpenSSL says nothing here: strength, since connections are made at security level 0, and dates. */
const notJudgedAlike: ReadonlySet<string> = new Set(["weak-signature", "weak-key", "expired", "not-yet-valid"]);
/** Limits of our own; where they were reached there is no verdict to compare. */
const noVerdict: ReadonlySet<string> = new Set(["search-limit", "constraint-limit", "policy-limit", "internal-error", "input-too-large"]);

/** Whether OpenSSL's verdict (`ok` or an error code) on a chain and ours agree; undefined where they answer different questions. */
export function openSslComparison(openSsl: string, { ok, problems }: Pick<RecordValue<"PathVerdict">, "ok" | "problems">): boolean | undefined {
  const failures = problems.filter(({ severity }) => severity === "fail").map(({ code }) => code);
  if (openSslTimeCodes.has(openSsl) || openSsl === "UNSPECIFIED" || failures.some((code) => noVerdict.has(code))) return undefined;
  if (!ok && failures.length > 0 && failures.every((code) => notJudgedAlike.has(code))) return undefined;
  return ok === (openSsl === "ok");
}
