import { TextDecoder } from "node:util";

/** Encodings that PowerShell, .NET and editors give these files. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

/** The encoding by byte order mark, else by where the NULs of two ASCII characters lie, else UTF-8. */
function detectEncoding(bytes: Uint8Array): TextEncoding {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first !== undefined && first !== 0 && second === 0 && third !== 0 && fourth === 0) return "utf-16le";
  if (first === 0 && second !== undefined && second !== 0 && third === 0 && fourth !== 0) return "utf-16be";
  return "utf-8";
}

/** A decoder fed with bytes as they come. Both functions throw a TypeError where the bytes are not text in the detected encoding. */
export interface PushDecoder {
  readonly write: (bytes: Uint8Array) => string;
  readonly end: () => string;
}

/** Starts a decoder that finds the encoding out from the first bytes and drops the byte order mark. */
export function createDecoder(): PushDecoder {
  let decoder: TextDecoder | undefined;
  let pending = new Uint8Array(0);
  const start = (bytes: Uint8Array): TextDecoder => new TextDecoder(detectEncoding(bytes), { fatal: true });
  return {
    write(bytes) {
      if (decoder !== undefined) return decoder.decode(bytes, { stream: true });
      pending = Uint8Array.from([...pending, ...bytes.subarray(0, 4)]);
      const rest = bytes.subarray(4);
      if (pending.length < 4) return "";
      decoder = start(pending);
      return decoder.decode(pending, { stream: true }) + decoder.decode(rest, { stream: true });
    },
    end() {
      decoder ??= start(pending);
      return pending.length < 4 ? decoder.decode(pending) : decoder.decode();
    },
  };
}

/** The start of a file as text for telling formats apart; bytes that are no text become U+FFFD. */
export function textStart(bytes: Uint8Array, maxBytes: number): string {
  return new TextDecoder(detectEncoding(bytes)).decode(bytes.subarray(0, maxBytes), { stream: true });
}
