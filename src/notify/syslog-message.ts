import type { Digest } from "../model/digest.ts";
import { digestText, plainText } from "./digest-text.ts";
import type { SendContext } from "./channel.ts";

/** A name of the header: printable ASCII without spaces (RFC 5424, section 6), or the dash that stands for nothing. */
function headerName(text: string, limit: number): string {
  const name = text.replaceAll(/[^\x21-\x7e]/g, "").slice(0, limit);
  return name === "" ? "-" : name;
}

/** A value of structured data: quote, backslash and closing bracket are escaped (RFC 5424, section 6.3.3). */
function parameter(name: string, value: string | number): string {
  return `${name}="${plainText(String(value)).replaceAll(/["\\\]]/g, (character) => `\\${character}`)}"`;
}

/** Warning where something became worse or unreadable, notice otherwise (RFC 5424, table 2). */
function severityOf({ counts }: Digest): number {
  return counts.new + counts["unknown-now"] > 0 ? 4 : 5;
}

/** At most `limit` bytes of a text, cut between characters. */
function cut(text: string, limit: number): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length <= limit) return bytes;
  let end = limit;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}

/** A digest as a message of RFC 5424: counts as structured data, the text in one line. 32473 is the enterprise number for examples (RFC 5612). */
export function syslogMessage(digest: Digest, facility: number, { host, pid, now }: Pick<SendContext, "host" | "pid" | "now">, limit: number): Buffer {
  const { counts, standing } = digest;
  const data = [
    parameter("digest", digest.id), parameter("profile", digest.profile), parameter("new", counts.new), parameter("changed", counts.changed), parameter("unknownNow", counts["unknown-now"]),
    parameter("fixed", counts.fixed), parameter("gone", counts.gone), parameter("fail", standing.fail), parameter("warn", standing.warn), parameter("unknown", standing.unknown),
  ].join(" ");
  const head = `<${facility * 8 + severityOf(digest)}>1 ${now.toISOString()} ${headerName(host, 255)} umpreflight ${pid} drift [umpreflight@32473 ${data}] `;
  const text = digestText(digest).split("\n").map((line) => line.trim()).filter((line) => line !== "").join(" | ");
  return cut(`${head}\ufeff${text}`, limit);
}
