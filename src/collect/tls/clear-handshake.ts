import { createByteBuffer } from "./byte-buffer.ts";

/** What a server said in clear before encryption began (RFC 5246 section 7.4; in TLS 1.3 only the ServerHello, RFC 8446 section 4). */
export interface ClearHandshake {
  /** What came: nothing, TLS records, or something that is not TLS. */
  answered: "nothing" | "tls" | "other";
  /** Version chosen by the ServerHello, such as TLSv1.2. */
  protocol: string | undefined;
  /** Certificates as sent, leaf first; undefined when none came in clear. */
  certificates: readonly Buffer[] | undefined;
  certificateRequested: boolean;
  /** The server finished its first flight: what it did not ask for by then it does not ask for. */
  helloDone: boolean;
}

/** Reads the server's side of a handshake while it passes. */
export interface HandshakeWatcher {
  readonly seen: Readonly<ClearHandshake>;
  /** Takes the next bytes; ignores what follows the clear part, and anything larger than a handshake can be. */
  watch(chunk: Buffer): void;
}

const maxRecordBytes = 5 + 16_384 + 2_048;
/** OpenSSL accepts certificate lists up to 100 kB. */
const maxMessageBytes = 128 * 1024;
const maxCertificates = 64;
const recordType = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;
const messageType = { serverHello: 2, certificate: 11, certificateRequest: 13, serverHelloDone: 14 } as const;
const versions: ReadonlyMap<number, string> = new Map([[0x0300, "SSLv3"], [0x0301, "TLSv1"], [0x0302, "TLSv1.1"], [0x0303, "TLSv1.2"], [0x0304, "TLSv1.3"]]);
const supportedVersions = 43;

/** The version of a ServerHello: in TLS 1.3 it stands in an extension (RFC 8446 section 4.2.1). */
function helloVersion(body: Buffer): string | undefined {
  if (body.length < 38) return undefined;
  let version = body.readUInt16BE(0);
  let at = 35 + (body[34] ?? 0) + 3 + 2;
  while (at + 4 <= body.length) {
    const length = body.readUInt16BE(at + 2);
    if (body.readUInt16BE(at) === supportedVersions && length === 2 && at + 6 <= body.length) version = body.readUInt16BE(at + 4);
    at += 4 + length;
  }
  return versions.get(version);
}

/** The list of a Certificate message (RFC 5246 section 7.4.2), or undefined when its lengths do not add up. */
function certificateList(body: Buffer): readonly Buffer[] | undefined {
  if (body.length < 3 || body.readUIntBE(0, 3) !== body.length - 3) return undefined;
  const found: Buffer[] = [];
  for (let at = 3; at < body.length; ) {
    if (at + 3 > body.length || found.length >= maxCertificates) return undefined;
    const end = at + 3 + body.readUIntBE(at, 3);
    if (end > body.length) return undefined;
    found.push(Buffer.from(body.subarray(at + 3, end)));
    at = end;
  }
  return found;
}

function takeMessage(seen: ClearHandshake, type: number, body: Buffer): void {
  if (type === messageType.serverHello) seen.protocol = helloVersion(body);
  else if (type === messageType.certificate) seen.certificates = certificateList(body);
  else if (type === messageType.certificateRequest) seen.certificateRequested = true;
  else if (type === messageType.serverHelloDone) seen.helloDone = true;
}

/** Watches the server's bytes from the start of a connection. */
export function watchHandshake(): HandshakeWatcher {
  const seen: ClearHandshake = { answered: "nothing", protocol: undefined, certificates: undefined, certificateRequested: false, helloDone: false };
  const records = createByteBuffer(maxRecordBytes + 65_536);
  const messages = createByteBuffer(maxMessageBytes);
  let watching = true;

  const takeRecord = (type: number, payload: Buffer): boolean => {
    if (type === recordType.alert) return true;
    if (type !== recordType.handshake || !messages.add(payload)) return false;
    for (let bytes = messages.bytes(); bytes.length >= 4 && bytes.length >= 4 + bytes.readUIntBE(1, 3); bytes = messages.bytes()) {
      const end = 4 + bytes.readUIntBE(1, 3);
      takeMessage(seen, bytes[0] ?? 0, bytes.subarray(4, end));
      messages.drop(end);
    }
    return true;
  };

  const takeRecords = (): boolean => {
    for (let bytes = records.bytes(); bytes.length > 0; bytes = records.bytes()) {
      const type = bytes[0] ?? 0;
      if (type < recordType.changeCipherSpec || type > recordType.applicationData || (bytes.length > 1 && bytes[1] !== 3)) {
        if (seen.answered === "nothing") seen.answered = "other";
        return false;
      }
      if (bytes.length < 5) return true;
      seen.answered = "tls";
      const end = 5 + bytes.readUInt16BE(3);
      if (end > maxRecordBytes) return false;
      if (bytes.length < end) return true;
      if (!takeRecord(type, bytes.subarray(5, end))) return false;
      records.drop(end);
    }
    return true;
  };

  return {
    seen,
    watch(chunk) {
      if (watching) watching = records.add(chunk) && takeRecords();
    },
  };
}
