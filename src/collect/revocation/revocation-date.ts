import { contentOf, DerError, into, next, take, TAG, atEnd, only, optional, type Element } from "../../x509/der.ts";
import { sameBytes, timeOf } from "../../x509/der-values.ts";
import type { Certificate } from "../../x509/certificate.ts";
import type { Crl } from "../../x509/crl.ts";

/** A moment, in seconds since 1970, as snapshots hold it: ISO 8601 with milliseconds. */
export function isoText(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** When a CRL says that a certificate was revoked; undefined where it does not list it, or where entries belong to several issuers. */
export function dateByCrl({ entries, scope, issuer }: Crl, certificate: Certificate): string | undefined {
  if (entries === undefined || scope?.indirect === true || issuer.key !== certificate.issuer.key) return undefined;
  const reader = into(entries);
  while (!atEnd(reader)) {
    const entry = into(take(reader, TAG.sequence, "an entry"));
    const serial = take(entry, TAG.integer, "a serial number");
    if (serial.end - serial.body === certificate.serial.length && sameBytes(contentOf(serial), certificate.serial)) return isoText(timeOf(next(entry), "the date of an entry").seconds);
  }
  return undefined;
}

function inner(element: Element): Element {
  return next(into(element));
}

/** When an OCSP answer that was found sound says that a certificate was revoked (RFC 6960 section 4.2.1); undefined where it does not. */
export function dateByOcsp(der: Uint8Array, certificate: Certificate): string | undefined {
  try {
    const outer = only(der, TAG.sequence, "the answer");
    take(outer, 0x0a, "the status");
    const bytes = into(inner(take(outer, 0xa0, "the answer")));
    take(bytes, TAG.oid, "the type");
    const tbs = into(take(only(contentOf(take(bytes, TAG.octetString, "the body")), TAG.sequence, "the body"), TAG.sequence, "the signed part"));
    optional(tbs, 0xa0);
    next(tbs);
    next(tbs);
    const answers = into(take(tbs, TAG.sequence, "the answers"));
    while (!atEnd(answers)) {
      const single = into(take(answers, TAG.sequence, "an answer"));
      const id = into(take(single, TAG.sequence, "an identifier"));
      for (const tag of [TAG.sequence, TAG.octetString, TAG.octetString]) take(id, tag, "an identifier");
      const serial = contentOf(take(id, TAG.integer, "a serial number"));
      const status = next(single);
      if (status.tag === 0xa1 && sameBytes(serial, certificate.serial)) return isoText(timeOf(inner(status), "the date").seconds);
    }
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
  }
  return undefined;
}
