/** DER of an element (X.690 section 8.1). */
export function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const digits = body.length.toString(16);
  const length = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

/** A SEQUENCE. */
export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return element(0x30, ...parts);
}

/** An OCTET STRING. */
export function octets(bytes: Uint8Array): Buffer {
  return element(0x04, bytes);
}

/** A BIT STRING of whole octets. */
export function bits(bytes: Uint8Array): Buffer {
  return element(0x03, Buffer.from([0]), bytes);
}

/** A non-negative INTEGER. */
export function integer(value: number): Buffer {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
  return (bytes[0] ?? 0) >= 0x80 ? element(0x02, Buffer.from([0]), bytes) : element(0x02, bytes);
}

/** An OBJECT IDENTIFIER from its dotted form. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const arcs = [first * 40 + second, ...rest].flatMap((arc) => {
    const bytes = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift((left % 128) + 128);
    return bytes;
  });
  return element(0x06, Buffer.from(arcs));
}

function digits(date: Date): string {
  return date.toISOString().replaceAll(/[-:T]|\.\d+/gu, "");
}

/** A Time as certificates and CRLs have it until 2049 (RFC 5280 section 5.1.2.4). */
export function utcTime(date: Date): Buffer {
  return element(0x17, Buffer.from(digits(date).slice(2)));
}

/** A GeneralizedTime, as OCSP has it. */
export function generalizedTime(date: Date): Buffer {
  return element(0x18, Buffer.from(digits(date)));
}

/** A uniformResourceIdentifier of a GeneralName. */
export function uri(url: string): Buffer {
  return element(0x86, Buffer.from(url, "latin1"));
}

/** An Extension. */
export function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(objectIdentifier(id), ...(critical ? [Buffer.from([0x01, 0x01, 0xff])] : []), octets(value));
}

/** The elements inside an element, whole. Made for what the lab has written itself, and bounded by the bytes at hand. @throws RangeError for what is cut off */
export function parts(whole: Uint8Array): readonly Buffer[] {
  const bytes = Buffer.from(whole.buffer, whole.byteOffset, whole.length);
  const sizesAt = (at: number): readonly [header: number, body: number] => {
    const first = bytes.readUInt8(at + 1);
    return first < 0x80 ? [2, first] : [2 + (first & 0x7f), bytes.readUIntBE(at + 2, Math.min(first & 0x7f, 6))];
  };
  const found: Buffer[] = [];
  const [header, body] = sizesAt(0);
  for (let at = header; at < header + body; ) {
    const [inner, length] = sizesAt(at);
    if (at + inner + length > bytes.length) throw new RangeError("cut off");
    found.push(bytes.subarray(at, at + inner + length));
    at += inner + length;
  }
  return found;
}

/** The contents of an element. @throws RangeError for what is cut off */
export function contents(whole: Uint8Array): Buffer {
  const bytes = Buffer.from(whole.buffer, whole.byteOffset, whole.length);
  const first = bytes.readUInt8(1);
  return bytes.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f));
}
