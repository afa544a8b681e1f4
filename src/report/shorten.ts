/** At most `limit` characters of a text, followed by how long it really is. Cuts between code points. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = isHighSurrogate(text.charCodeAt(limit - 1)) ? limit - 1 : limit;
  return `${text.slice(0, cut)}… [${grouped(text.length)} characters]`;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** A whole number with its thousands apart, the same in every locale: `1,204,332`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 check`, `2 checks`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}
