/** The id of the subject that an anchor names, or undefined where it had to be shortened. */
export function anchorSubject(anchor: string, rule: string): string | undefined {
  if (!anchor.startsWith(`${rule}/`)) return undefined;
  try {
    return decodeURIComponent(anchor.slice(rule.length + 1));
  } catch {
    return undefined;
  }
}
