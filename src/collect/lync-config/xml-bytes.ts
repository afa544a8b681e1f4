import { setImmediate } from "node:timers/promises";
import { createDecoder } from "./decode-text.ts";
import type { ReadLimits } from "./limits.ts";
import { createXmlReader } from "./xml-reader.ts";
import type { TakeChild, XmlOutcome } from "./xml-reader.ts";

const sliceBytes = 65_536;
const slicesPerTurn = 16;

/** Cuts bytes into slices and lets other work run in between. */
export async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0, count = 1; start < bytes.length; start += sliceBytes, count += 1) {
    yield bytes.subarray(start, start + sliceBytes);
    if (count % slicesPerTurn === 0) await setImmediate();
  }
}

/**
 * Reads an XML document from bytes in UTF-8 or UTF-16. The XML declaration's encoding is not asked: Windows PowerShell writes `utf-8` there and
 * UTF-16 on the disk. Errors of the byte source pass through; everything about the content is in the outcome.
 */
export async function readXmlBytes(source: AsyncIterable<Uint8Array>, limits: ReadLimits, takeChild?: TakeChild): Promise<XmlOutcome> {
  const decoder = createDecoder();
  const reader = createXmlReader(limits, takeChild);
  let text: string | undefined;
  for await (const bytes of source) {
    text = decode(() => decoder.write(bytes));
    if (text === undefined) return reader.abandon("it is neither UTF-8 nor UTF-16 text (save it again with -Encoding UTF8)");
    if (!reader.write(text)) return reader.end();
  }
  text = decode(() => decoder.end());
  if (text === undefined) return reader.abandon("it ends in the middle of a character");
  reader.write(text);
  return reader.end();
}

function decode(step: () => string): string | undefined {
  try {
    return step();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
