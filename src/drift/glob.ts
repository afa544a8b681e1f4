/** Whether a text fits a glob in which `*` stands for any characters. Case does not count. Runs in time proportional to the product of both lengths, whatever they hold. */
export function fitsGlob(glob: string, text: string): boolean {
  const parts = glob.toLowerCase().split("*");
  const whole = text.toLowerCase();
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return whole === first;
  const last = rest.pop() ?? "";
  if (!whole.startsWith(first) || !whole.endsWith(last) || whole.length < first.length + last.length) return false;
  let at = first.length;
  const end = whole.length - last.length;
  for (const part of rest) {
    const found = whole.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
