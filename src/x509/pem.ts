/** Anything that can hold certificates, CRLs or OCSP answers: DER bytes, PEM bytes or PEM text. */
export type BinaryInput = Uint8Array | string;

const BEGIN = "-----BEGIN ";
const MAX_BLOCKS = 20_000;

/** Largest single input that is looked at, in bytes. */
const MAX_INPUT_BYTES = 64 * 1024 * 1024;

function blocksOf(text: string): Uint8Array[] {
  const found: Uint8Array[] = [];
  let position = text.indexOf(BEGIN);
  while (position >= 0 && found.length < MAX_BLOCKS) {
    const labelEnd = text.indexOf("-----", position + BEGIN.length);
    if (labelEnd < 0 || labelEnd - position > 120) {
      position = text.indexOf(BEGIN, position + BEGIN.length);
      continue;
    }
    const label = text.slice(position + BEGIN.length, labelEnd);
    const close = `-----END ${label}-----`;
    const end = text.indexOf(close, labelEnd);
    // Without its end line the block was cut off: what stands there must not pass for a whole object.
    if (end < 0) {
      found.push(new Uint8Array(0));
      break;
    }
    const body = text.slice(labelEnd + 5, end).replaceAll(/\s+/g, "");
    found.push(/^[A-Za-z0-9+/]+={0,2}$/.test(body) ? Buffer.from(body, "base64") : new Uint8Array(0));
    position = text.indexOf(BEGIN, end + close.length);
  }
  return found;
}

/** The binary objects of one input: every block of a PEM text, otherwise the bytes themselves. An undecodable block gives empty bytes, so that it is reported rather than lost. */
export function decodeInput(input: unknown): readonly Uint8Array[] {
  if (typeof input === "string") {
    if (input.length > MAX_INPUT_BYTES) return [new Uint8Array(0)];
    const blocks = blocksOf(input);
    return blocks.length === 0 ? [new Uint8Array(0)] : blocks;
  }
  if (!(input instanceof Uint8Array) || input.length > MAX_INPUT_BYTES) return [new Uint8Array(0)];
  // A DER object starts with a SEQUENCE; nothing in PEM does at its very start, but "0" is the same byte.
  if (input[0] === 0x30 && (input[1] ?? 0) >= 0x80) return [input];
  const view = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  return view.includes(BEGIN) ? decodeInput(view.toString("latin1")) : [input];
}

/** The binary objects of a list of inputs, or of a single one. */
export function decodeInputs(inputs: unknown): readonly Uint8Array[] {
  if (inputs === undefined || inputs === null) return [];
  if (!Array.isArray(inputs)) return decodeInput(inputs);
  let bytes = 0;
  return inputs.slice(0, MAX_BLOCKS).flatMap((input: unknown) => {
    bytes += typeof input === "string" || input instanceof Uint8Array ? input.length : 0;
    return bytes > 2 * MAX_INPUT_BYTES ? [new Uint8Array(0)] : decodeInput(input);
  });
}
