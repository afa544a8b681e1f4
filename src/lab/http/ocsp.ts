import { createHash, createPrivateKey, sign } from "node:crypto";
import { certificateParts } from "./certificate-parts.ts";
import { bits, contents, element, generalizedTime, objectIdentifier, octets, parts, sequence } from "./der.ts";

const sha256WithRsa = sequence(objectIdentifier("1.2.840.113549.1.1.11"), Buffer.from([0x05, 0x00]));
const malformedRequest = sequence(Buffer.from([0x0a, 0x01, 0x01]));
const good = Buffer.from([0x80, 0x00]);
const notKnown = Buffer.from([0x82, 0x00]);

/** An OCSP responder of one authority. */
export interface Responder {
  /** Certificate of the authority, DER. */
  readonly authority: Uint8Array;
  /** Who signs: the authority, or a delegate whose certificate is then sent along. */
  readonly signer: { readonly der: Uint8Array; readonly keyPem: string };
  /** Certificates of the authority that it knows, DER, and whether each is revoked. */
  readonly certificates: readonly { readonly der: Uint8Array; readonly isRevoked: boolean }[];
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly revokedAt: Date;
}

/** The CertID of the first request (RFC 6960 section 4.1.1). */
function askedFor(request: Uint8Array): Buffer {
  const [tbs] = parts(request);
  const list = tbs === undefined ? undefined : parts(tbs).find(([tag]) => tag === 0x30);
  const [first] = list === undefined ? [] : parts(list);
  const [id] = first === undefined ? [] : parts(first);
  if (id === undefined) throw new RangeError("no request");
  return id;
}

function statusOf(id: Buffer, { authority, certificates, revokedAt }: Responder): Buffer {
  const [, nameHash, keyHash, serial] = parts(id);
  const own = certificateParts(authority);
  const isOurs = nameHash !== undefined && keyHash !== undefined && contents(nameHash).equals(createHash("sha1").update(own.subject).digest()) && contents(keyHash).equals(own.keyHash);
  const found = certificates.find(({ der }) => serial !== undefined && certificateParts(der).serial.equals(serial));
  if (!isOurs || found === undefined) return notKnown;
  return found.isRevoked ? element(0xa1, generalizedTime(revokedAt), element(0xa0, Buffer.from([0x0a, 0x01, 0x01]))) : good;
}

/** Answers a DER request (RFC 6960 section 4.2.1) with a signed answer, or with malformedRequest. */
export function answerOcsp(request: Uint8Array, responder: Responder): Buffer {
  let id: Buffer;
  let status: Buffer;
  try {
    id = askedFor(request);
    status = statusOf(id, responder);
  } catch (error) {
    if (error instanceof RangeError) return malformedRequest;
    throw error;
  }
  const { signer, authority, thisUpdate, nextUpdate } = responder;
  const single = sequence(id, status, generalizedTime(thisUpdate), element(0xa0, generalizedTime(nextUpdate)));
  const signed = sequence(element(0xa1, certificateParts(signer.der).subject), generalizedTime(thisUpdate), sequence(single));
  const signature = bits(sign("sha256", signed, createPrivateKey(signer.keyPem)));
  const attached = Buffer.compare(signer.der, authority) === 0 ? [] : [element(0xa0, sequence(signer.der))];
  const basic = sequence(signed, sha256WithRsa, signature, ...attached);
  return sequence(Buffer.from([0x0a, 0x01, 0x00]), element(0xa0, sequence(objectIdentifier("1.3.6.1.5.5.7.48.1.1"), octets(basic))));
}
