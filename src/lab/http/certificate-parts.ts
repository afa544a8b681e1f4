import { createHash } from "node:crypto";
import { contents, parts } from "./der.ts";

/** The parts of a certificate that lists and answers repeat. */
export interface CertificateParts {
  /** INTEGER, whole. */
  readonly serial: Buffer;
  readonly issuer: Buffer;
  readonly subject: Buffer;
  /** SHA-1 of the key bits. */
  readonly keyHash: Buffer;
}

/** Takes a certificate of version 3 apart. */
export function certificateParts(der: Uint8Array): CertificateParts {
  const [tbs = Buffer.alloc(0)] = parts(der);
  const [, serial, , issuer, , subject, key] = parts(tbs);
  if (serial === undefined || issuer === undefined || subject === undefined || key === undefined) throw new Error("lab data: no certificate");
  const [, keyBits = Buffer.alloc(2)] = parts(key);
  return { serial, issuer, subject, keyHash: createHash("sha1").update(contents(keyBits).subarray(1)).digest() };
}
