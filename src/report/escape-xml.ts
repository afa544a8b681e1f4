/** What XML 1.0 forbids (section 2.2) or discourages: controls but tab and line ends, lone surrogates, non-characters. A parser refuses the whole file for one of the first. */
const illegal = /(?![\t\n\r\u0085])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

const markup: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;" };

/** Text without the characters that XML 1.0 does not allow. */
export function legalXml(foreign: string): string {
  return foreign.replace(illegal, "");
}

/** Foreign text as content of an element. Every `>` is escaped, so `]]>` never appears. */
export function xmlText(foreign: string): string {
  return legalXml(foreign).replace(/[&<>\r]/g, (character) => markup[character] ?? character);
}

/** Foreign text as a quoted attribute value; line ends and tabs survive attribute normalization (section 3.3.3). */
export function xmlAttribute(foreign: string): string {
  return legalXml(foreign).replace(/[&<>"'\t\n\r]/g, (character) => markup[character] ?? character);
}
