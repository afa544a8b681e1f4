/** Extension identifiers (RFC 5280 section 4.2, RFC 6960, and the Microsoft ones that AD CS writes). */
export const EXTENSION = {
  subjectKeyId: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  invalidityDate: "2.5.29.24",
  deltaCrlIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  certificateIssuer: "2.5.29.29",
  nameConstraints: "2.5.29.30",
  crlDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyId: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  freshestCrl: "2.5.29.46",
  inhibitAnyPolicy: "2.5.29.54",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
  subjectInfoAccess: "1.3.6.1.5.5.7.1.11",
  ocspNoCheck: "1.3.6.1.5.5.7.48.1.5",
  ocspNonce: "1.3.6.1.5.5.7.48.1.2",
  microsoftTemplate: "1.3.6.1.4.1.311.21.7",
  microsoftTemplateName: "1.3.6.1.4.1.311.20.2",
  microsoftCaVersion: "1.3.6.1.4.1.311.21.1",
  microsoftApplicationPolicies: "1.3.6.1.4.1.311.21.10",
  microsoftSid: "1.3.6.1.4.1.311.25.2",
} as const;

/** Extensions that may be critical because this module either processes them or knows that they restrict nothing. */
export const UNDERSTOOD_EXTENSIONS: ReadonlySet<string> = new Set<string>([
  EXTENSION.subjectKeyId,
  EXTENSION.keyUsage,
  EXTENSION.subjectAltName,
  EXTENSION.issuerAltName,
  EXTENSION.basicConstraints,
  EXTENSION.nameConstraints,
  EXTENSION.crlDistributionPoints,
  EXTENSION.certificatePolicies,
  EXTENSION.policyMappings,
  EXTENSION.authorityKeyId,
  EXTENSION.policyConstraints,
  EXTENSION.extendedKeyUsage,
  EXTENSION.freshestCrl,
  EXTENSION.inhibitAnyPolicy,
  EXTENSION.authorityInfoAccess,
  EXTENSION.subjectInfoAccess,
  EXTENSION.microsoftTemplate,
  EXTENSION.microsoftTemplateName,
  EXTENSION.microsoftCaVersion,
  EXTENSION.microsoftApplicationPolicies,
  EXTENSION.microsoftSid,
]);

/** Extended key usages (RFC 5280 section 4.2.1.12). */
export const PURPOSE = {
  any: "2.5.29.37.0",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  ocspSigning: "1.3.6.1.5.5.7.3.9",
} as const;

/** The wildcard policy (RFC 5280 section 4.2.1.4). */
export const ANY_POLICY = "2.5.29.32.0";

/** Short attribute names of RFC 4514 section 3, and the usual ones beside them. */
export const ATTRIBUTE_NAMES: ReadonlyMap<string, string> = new Map([
  ["2.5.4.3", "CN"],
  ["2.5.4.4", "SN"],
  ["2.5.4.5", "serialNumber"],
  ["2.5.4.6", "C"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.9", "STREET"],
  ["2.5.4.10", "O"],
  ["2.5.4.11", "OU"],
  ["2.5.4.12", "title"],
  ["2.5.4.42", "GN"],
  ["2.5.4.46", "dnQualifier"],
  ["0.9.2342.19200300.100.1.1", "UID"],
  ["0.9.2342.19200300.100.1.25", "DC"],
  ["1.2.840.113549.1.9.1", "E"],
]);

/** Public key algorithms and curves this module can verify with. */
export const KEY = {
  rsa: "1.2.840.113549.1.1.1",
  rsaPss: "1.2.840.113549.1.1.10",
  ec: "1.2.840.10045.2.1",
  dsa: "1.2.840.10040.4.1",
  ed25519: "1.3.101.112",
  ed448: "1.3.101.113",
} as const;

/** Named curves by identifier. */
export const CURVES: ReadonlyMap<string, { readonly name: string; readonly bits: number }> = new Map([
  ["1.2.840.10045.3.1.1", { name: "P-192", bits: 192 }],
  ["1.3.132.0.33", { name: "P-224", bits: 224 }],
  ["1.2.840.10045.3.1.7", { name: "P-256", bits: 256 }],
  ["1.3.132.0.10", { name: "secp256k1", bits: 256 }],
  ["1.3.132.0.34", { name: "P-384", bits: 384 }],
  ["1.3.132.0.35", { name: "P-521", bits: 521 }],
  ["1.3.36.3.3.2.8.1.1.7", { name: "brainpoolP256r1", bits: 256 }],
  ["1.3.36.3.3.2.8.1.1.11", { name: "brainpoolP384r1", bits: 384 }],
  ["1.3.36.3.3.2.8.1.1.13", { name: "brainpoolP512r1", bits: 512 }],
]);

/** Digest algorithms by identifier, as node:crypto names them. */
export const DIGESTS: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.2.5", "md5"],
  ["1.3.14.3.2.26", "sha1"],
  ["2.16.840.1.101.3.4.2.4", "sha224"],
  ["2.16.840.1.101.3.4.2.1", "sha256"],
  ["2.16.840.1.101.3.4.2.2", "sha384"],
  ["2.16.840.1.101.3.4.2.3", "sha512"],
]);

/** How a signature algorithm works: its plain name, the key type it needs and its digest (absent where the key fixes it or parameters name it). */
export interface SignatureScheme {
  readonly name: string;
  readonly key: "rsa" | "rsa-pss" | "ec" | "dsa" | "ed25519" | "ed448";
  readonly digest?: string;
}

/** Signature algorithms by identifier (RFC 3279, 4055, 5758, 8410). */
export const SIGNATURES: ReadonlyMap<string, SignatureScheme> = new Map<string, SignatureScheme>([
  ["1.2.840.113549.1.1.2", { name: "md2WithRSAEncryption", key: "rsa", digest: "md2" }],
  ["1.2.840.113549.1.1.4", { name: "md5WithRSAEncryption", key: "rsa", digest: "md5" }],
  ["1.2.840.113549.1.1.5", { name: "sha1WithRSAEncryption", key: "rsa", digest: "sha1" }],
  ["1.3.14.3.2.29", { name: "sha1WithRSASignature", key: "rsa", digest: "sha1" }],
  ["1.2.840.113549.1.1.14", { name: "sha224WithRSAEncryption", key: "rsa", digest: "sha224" }],
  ["1.2.840.113549.1.1.11", { name: "sha256WithRSAEncryption", key: "rsa", digest: "sha256" }],
  ["1.2.840.113549.1.1.12", { name: "sha384WithRSAEncryption", key: "rsa", digest: "sha384" }],
  ["1.2.840.113549.1.1.13", { name: "sha512WithRSAEncryption", key: "rsa", digest: "sha512" }],
  ["1.2.840.113549.1.1.10", { name: "RSASSA-PSS", key: "rsa-pss" }],
  ["1.2.840.10045.4.1", { name: "ecdsa-with-SHA1", key: "ec", digest: "sha1" }],
  ["1.2.840.10045.4.3.1", { name: "ecdsa-with-SHA224", key: "ec", digest: "sha224" }],
  ["1.2.840.10045.4.3.2", { name: "ecdsa-with-SHA256", key: "ec", digest: "sha256" }],
  ["1.2.840.10045.4.3.3", { name: "ecdsa-with-SHA384", key: "ec", digest: "sha384" }],
  ["1.2.840.10045.4.3.4", { name: "ecdsa-with-SHA512", key: "ec", digest: "sha512" }],
  ["1.2.840.10040.4.3", { name: "dsa-with-SHA1", key: "dsa", digest: "sha1" }],
  ["2.16.840.1.101.3.4.3.1", { name: "dsa-with-SHA224", key: "dsa", digest: "sha224" }],
  ["2.16.840.1.101.3.4.3.2", { name: "dsa-with-SHA256", key: "dsa", digest: "sha256" }],
  ["1.3.101.112", { name: "Ed25519", key: "ed25519" }],
  ["1.3.101.113", { name: "Ed448", key: "ed448" }],
]);
