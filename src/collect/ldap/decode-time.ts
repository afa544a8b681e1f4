const generalizedTime = /^(\d{4})(\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})?)?(?:[.,](\d{1,9}))?(?:(Z)|([+-])(\d{2})(\d{2})?)$/;

/** A GeneralizedTime (RFC 4517, section 3.3.13) such as `20240131120000.0Z` in milliseconds of the Unix epoch; undefined when it is none. */
export function decodeGeneralizedTime(text: string): number | undefined {
  const match = generalizedTime.exec(text);
  if (match === null) {
    return undefined;
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((field) => Number(field ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 60) {
    return undefined;
  }
  const unitMs = match[6] !== undefined ? 1000 : match[5] !== undefined ? 60_000 : 3_600_000;
  const fractionMs = Math.trunc(Number(`0.${match[7] ?? "0"}`) * unitMs);
  const offsetMs = match[8] === "Z" ? 0 : (match[9] === "-" ? -1 : 1) * (Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0)) * 60_000;
  return date.getTime() + hour * 3_600_000 + minute * 60_000 + second * 1000 + fractionMs - offsetMs;
}
