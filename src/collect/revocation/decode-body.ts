import type { Certificate } from "../../x509/certificate.ts";
import { looksLikeCrl, readCrl, type Crl } from "../../x509/crl.ts";
import { atEnd, children, DerError, into, optional, rawOf, readerOf, take, TAG } from "../../x509/der.ts";
import { takeOid } from "../../x509/der-values.ts";
import { decodeInput } from "../../x509/pem.ts";
import { tryCertificate } from "../../x509/request.ts";

/** A CRL as fetched and as read. */
export interface ReadCrl {
  readonly der: Uint8Array;
  readonly crl: Crl;
}

/** What a body holds. `problem` says what could not be read; the rest stands all the same. */
export interface DecodedBody {
  readonly certificates: readonly Certificate[];
  readonly crls: readonly ReadCrl[];
  readonly problem: string | undefined;
}

const signedData = "1.2.840.113549.1.7.2";
const maxObjects = 64;

/** The certificates and CRLs of a PKCS#7 message that carries nothing else (RFC 5652 section 5.1; .p7c, .p7b); undefined when it is no such message. */
function unpackMessage(der: Uint8Array): readonly Uint8Array[] | undefined {
  const outer = readerOf(der);
  const reader = into(take(outer, TAG.sequence, "the message"));
  if (atEnd(reader) || reader.bytes[reader.position] !== TAG.oid || takeOid(reader, "the type of the message") !== signedData) return undefined;
  const content = into(take(reader, 0xa0, "the message"));
  const inside = into(take(content, TAG.sequence, "the signed data"));
  take(inside, TAG.integer, "the version");
  take(inside, TAG.set, "the digests");
  take(inside, TAG.sequence, "the content");
  const lists = [optional(inside, 0xa0), optional(inside, 0xa1)];
  return lists.flatMap((list) => (list === undefined ? [] : children(list, maxObjects).map(rawOf)));
}

function unpack(der: Uint8Array): readonly Uint8Array[] {
  return unpackMessage(der) ?? [der];
}

/** Reads DER, PEM or PKCS#7 with certificates, CRLs or both. Never throws for what is in it. */
export function decodeBodies(bodies: readonly Uint8Array[]): DecodedBody {
  const certificates: Certificate[] = [];
  const crls: ReadCrl[] = [];
  let problem: string | undefined;
  for (const block of bodies.flatMap((body) => decodeInput(body)).slice(0, maxObjects)) {
    try {
      for (const der of unpack(block)) {
        const certificate = looksLikeCrl(der) ? undefined : tryCertificate(der);
        if (certificate === undefined) crls.push({ der, crl: readCrl(der) });
        else if (typeof certificate === "string") problem ??= "it is neither a certificate nor a CRL";
        else certificates.push(certificate);
      }
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      problem ??= error.message;
    }
  }
  return { certificates, crls, problem: certificates.length + crls.length === 0 ? (problem ?? "it is empty") : problem };
}
