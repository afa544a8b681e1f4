import { readCertificate, type Certificate } from "./certificate.ts";
import { DerError } from "./der.ts";
import type { KeyUsage } from "./extensions-basic.ts";
import type { Peer } from "./hostname.ts";
import { decodeInputs, type BinaryInput } from "./pem.ts";
import type { PolicyDemand } from "./policy.ts";
import { failure, warning, type Problem, type Profile } from "./problems.ts";
import type { Purpose } from "./purpose.ts";

/** A single input, or several: DER bytes, PEM bytes or text; a PEM text may hold many. */
export type BinaryInputs = BinaryInput | readonly BinaryInput[];

/** The question put to `validatePath`. */
export interface PathRequest {
  /** The certificate to judge; further certificates of a PEM bundle count as intermediates. */
  readonly leaf: BinaryInput;
  readonly intermediates?: BinaryInputs;
  /** Trusted certificates; they need not be self-signed. */
  readonly anchors: BinaryInputs;
  readonly at: Date;
  readonly peer?: Peer;
  readonly purpose: Purpose;
  /** Key usages the leaf must allow when it has the extension. */
  readonly keyUsage?: readonly KeyUsage[];
  /** Most intermediate certificates, self-issued ones not counted; 12 when absent, 64 at most. */
  readonly maxDepth?: number;
  /** When given, every certificate below the anchor needs a covering CRL. */
  readonly crls?: BinaryInputs;
  readonly policy?: PolicyDemand;
  readonly profile?: Profile;
}

/** The certificates of a request, read, and what was wrong with those that could not be. */
export interface ReadRequest {
  readonly leaf: Certificate | undefined;
  readonly intermediates: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly problems: readonly Problem[];
}

const MAX_CERTIFICATES = 10_000;
const MAX_TOTAL_BYTES = 8 * 1024 * 1024;

interface Quota {
  certificates: number;
  bytes: number;
}

/** Reads one certificate, or says why not. */
export function tryCertificate(der: Uint8Array): Certificate | string {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof DerError) return error.message;
    throw error;
  }
}

function readAll(inputs: readonly Uint8Array[], role: string, quota: Quota): { readonly certificates: readonly Certificate[]; readonly problems: readonly Problem[] } {
  const certificates: Certificate[] = [];
  const problems: Problem[] = [];
  for (const [index, der] of inputs.entries()) {
    quota.certificates--;
    quota.bytes -= der.length;
    if (quota.certificates < 0 || quota.bytes < 0) {
      problems.push(warning("input-too-large", undefined, `Too many certificates were given; ${role} from number ${index + 1} on are not looked at.`));
      break;
    }
    const certificate = tryCertificate(der);
    if (typeof certificate !== "string") certificates.push(certificate);
    else if (problems.length < 16) problems.push(warning("malformed-certificate", undefined, `One of the ${role} (number ${index + 1}) cannot be read: ${certificate}.`));
  }
  return { certificates, problems };
}

/** Reads the certificates of a request; an unreadable leaf is a failure, an unreadable other certificate a warning, for it may not be needed. */
export function readRequest(request: PathRequest): ReadRequest {
  const [leafDer = new Uint8Array(0), ...bundled] = decodeInputs(request.leaf);
  const leaf = tryCertificate(leafDer);
  const quota: Quota = { certificates: MAX_CERTIFICATES, bytes: MAX_TOTAL_BYTES };
  const anchors = readAll(decodeInputs(request.anchors), "trust anchors", quota);
  const intermediates = readAll([...bundled, ...decodeInputs(request.intermediates)], "intermediate certificates", quota);
  const unreadable = typeof leaf === "string" ? [failure("malformed-certificate", undefined, `The certificate cannot be read: ${leaf}.`)] : [];
  return {
    leaf: typeof leaf === "string" ? undefined : leaf,
    intermediates: intermediates.certificates,
    anchors: anchors.certificates,
    problems: [...unreadable, ...anchors.problems, ...intermediates.problems],
  };
}
