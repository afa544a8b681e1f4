import { isBundle, readBundle } from "./bundle.ts";
import { createDecoder } from "./decode-text.ts";
import { refuseJson } from "./detect-format.ts";
import { readJsonText } from "./json-text.ts";
import type { ReadLimits } from "./limits.ts";
import { unreadable } from "./recognised-content.ts";
import type { RecognisedContent } from "./recognised-content.ts";

/** Reads a JSON bundle of the collector. */
export function readJsonFile(bytes: Uint8Array, limits: ReadLimits): RecognisedContent {
  if (bytes.length > limits.jsonBytes) return unreadable("unrecognised", "unsupported", `The file is JSON of more than ${limits.jsonBytes} bytes and is not read.`);
  const text = decodeAll(bytes);
  if (text === undefined) return unreadable("unrecognised", "malformed", "The file looks like JSON, but it is neither UTF-8 nor UTF-16 text (save it again with -Encoding UTF8).");
  const outcome = readJsonText(text, limits);
  if (!outcome.ok) return unreadable("unrecognised", outcome.reason, `The file looks like JSON, but ${outcome.detail}.`);
  if (!isBundle(outcome.value)) return unreadable("unrecognised", "unsupported", refuseJson);
  return { format: "json-bundle", ...readBundle(outcome.value, limits, outcome.repeated) };
}

function decodeAll(bytes: Uint8Array): string | undefined {
  const decoder = createDecoder();
  try {
    return decoder.write(bytes) + decoder.end();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
