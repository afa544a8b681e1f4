/** Why bytes from a server are no LDAP messages: not BER at all, or a declared length beyond the bound. */
export type FramingError = "not-ldap" | "too-long";

/** Cuts a byte stream into LDAP messages. Once it has reported an error it takes nothing more. */
export interface Framer {
  push(chunk: Buffer): { readonly messages: readonly Buffer[]; readonly error?: FramingError };
  /** Bytes held of a message that is not complete yet. */
  readonly pendingBytes: number;
}

const sequenceTag = 0x30;
const longestHeader = 6;

/** Length of the message at the start of `header`, tag and length octets included; undefined while too few bytes are there (X.690, section 8.1.3). */
function messageLength(header: Buffer): number | FramingError | undefined {
  const [tag, first] = header;
  if (tag === undefined) {
    return undefined;
  }
  if (tag !== sequenceTag) {
    return "not-ldap";
  }
  if (first === undefined) {
    return undefined;
  }
  if (first < 0x80) {
    return 2 + first;
  }
  const octets = first & 0x7f;
  if (octets === 0 || octets > 4) {
    return "not-ldap"; // indefinite lengths are forbidden by RFC 4511, section 5.1
  }
  return header.length < 2 + octets ? undefined : 2 + octets + header.readUIntBE(2, octets);
}

/** A message that is still arriving. */
interface Assembly {
  bytes: Buffer;
  filled: number;
  readonly length: number;
}

/** Appends what `assembly` still lacks from `chunk`; the buffer doubles, so that a trickle of single bytes neither copies quadratically nor keeps a million chunks. */
function append(assembly: Assembly, chunk: Buffer): number {
  const taken = Math.min(chunk.length, assembly.length - assembly.filled);
  if (assembly.filled + taken > assembly.bytes.length) {
    const larger = Buffer.allocUnsafe(Math.min(assembly.length, Math.max(assembly.filled + taken, assembly.bytes.length * 2)));
    assembly.bytes.copy(larger, 0, 0, assembly.filled);
    assembly.bytes = larger;
  }
  chunk.copy(assembly.bytes, assembly.filled, 0, taken);
  assembly.filled += taken;
  return taken;
}

/** A framer for one connection. A declared length is judged before the bytes arrive: a server that declares gigabytes costs nothing. */
export function createFramer(maxMessageBytes: number): Framer {
  let assembly: Assembly | undefined;
  let headerStart: Buffer = Buffer.alloc(0);
  let failure: FramingError | undefined;
  /** Takes one message, or a part of one, from `rest` and returns what is left; undefined when more bytes are needed. */
  function step(rest: Buffer, messages: Buffer[]): Buffer | undefined {
    if (assembly === undefined) {
      const length = messageLength(rest.subarray(0, longestHeader));
      if (length === undefined) {
        headerStart = rest;
        return undefined;
      }
      failure = typeof length === "string" ? length : length > maxMessageBytes ? "too-long" : undefined;
      if (failure !== undefined || typeof length === "string") {
        return undefined;
      }
      if (rest.length >= length) {
        messages.push(rest.subarray(0, length));
        return rest.subarray(length);
      }
      assembly = { bytes: Buffer.alloc(0), filled: 0, length };
    }
    const taken = append(assembly, rest);
    if (assembly.filled < assembly.length) {
      return undefined;
    }
    messages.push(assembly.bytes.subarray(0, assembly.length));
    assembly = undefined;
    return rest.subarray(taken);
  }
  return {
    get pendingBytes() {
      return headerStart.length + (assembly?.filled ?? 0);
    },
    push(chunk) {
      const messages: Buffer[] = [];
      let rest: Buffer | undefined = headerStart.length === 0 ? chunk : Buffer.concat([headerStart, chunk]);
      headerStart = Buffer.alloc(0);
      while (failure === undefined && rest !== undefined && rest.length > 0) {
        rest = step(rest, messages);
      }
      return failure === undefined ? { messages } : { messages, error: failure };
    },
  };
}
