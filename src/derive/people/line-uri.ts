import type { RecordValue } from "../../model/kinds.ts";

/** What RFC 3966 lets stand between digits. */
const separators = /[-.()\s]/g;

/**
 * Takes a line URI apart (RFC 3966: `tel:` number, then parameters). Well formed is what Set-CsUser takes: `tel:+` and digits, with at most `;ext=` and digits
 * behind them; no separators, no other parameters.
 */
export function lineUri(text: string): RecordValue<"LineUri"> {
  const [, rest = text] = /^tel:(.*)$/is.exec(text.trim()) ?? [];
  const [head = "", ...parameters] = rest.split(";");
  const extension = parameters.map((one) => /^ext=(.*)$/is.exec(one)?.[1]).find((one) => one !== undefined);
  const number = head.replaceAll(separators, "");
  return { wellFormed: /^tel:\+\d+(?:;ext=\d+)?$/i.test(text), number, ...(extension === undefined ? {} : { extension: extension.replaceAll(separators, "") }) };
}

/** What makes two line URIs the same: number and extension, however they are written. */
export function lineKey(text: string): string {
  const { number, extension } = lineUri(text);
  if (number === "") return text.toLowerCase();
  return extension === undefined ? number : `${number};${extension}`;
}
