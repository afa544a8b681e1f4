import { bool, int, list, oneOf, record, text, timestamp, type RecordType } from "../fact-type.ts";
import { unknownReasons } from "../observation.ts";

const field = <const T>(type: T, description: string) => ({ type, description });
const maybe = <const T>(type: T, description: string) => ({ type, description, optional: true as const });

/** Record types: values whose fields are read together. */
export const records = {
  Version: { major: field(int, "Major version"), minor: field(int, "Minor version"), build: field(int, "Build, without the stored offset"), revision: field(int, "Revision, 0 where not stored") },
  SrvTarget: { target: field(text, "Host name, lower case, without trailing dot"), port: field(int, "Port"), priority: field(int, "Priority"), weight: field(int, "Weight") },
  ReverseName: { address: field(text, "IP address"), names: field(list(text), "PTR names of the address") },
  TopLevelName: { name: field(text, "DNS suffix"), excluded: field(bool, "Excluded from the trust (TopLevelNameEx)"), enabled: field(bool, "Not disabled and not in conflict") },
  Certificate: {
    subject: field(text, "Subject DN (RFC 4514 order)"),
    issuer: field(text, "Issuer DN"),
    commonName: maybe(text, "Last common name of the subject"),
    dnsNames: field(list(text), "dNSName entries of the subjectAltName, as encoded"),
    ipAddresses: field(list(text), "iPAddress entries of the subjectAltName"),
    serialNumber: field(text, "Serial number, hex"),
    notBefore: field(timestamp, "Start of validity"),
    notAfter: field(timestamp, "End of validity (inclusive)"),
    keyType: field(oneOf("RSA", "EC", "Ed25519", "Ed448", "DSA", "other"), "Key algorithm"),
    keyBits: field(int, "Key size in bits, 0 where it has none"),
    signatureAlgorithm: field(text, "Signature algorithm, such as sha256WithRSAEncryption"),
    signatureHash: field(oneOf("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "none", "other"), "Digest of the signature"),
    signatureIsPss: field(bool, "RSASSA-PSS signature (1.2.840.113549.1.1.10)"),
    hasExtendedKeyUsage: field(bool, "The extension is there"),
    extendedKeyUsages: field(list(text), "OIDs of the extended key usages"),
    isCa: field(bool, "basicConstraints cA"),
    selfSigned: field(bool, "Signed with its own key"),
    thumbprint: field(text, "SHA-1 of the certificate, upper-case hex, as Windows shows it"),
    sha256: field(text, "SHA-256 of the certificate, upper-case hex"),
    crlUrls: field(list(text), "CRL distribution points"),
    caIssuerUrls: field(list(text), "AIA caIssuers"),
    ocspUrls: field(list(text), "AIA OCSP"),
    der: field(text, "The certificate, base64 of DER"),
  },
  PathProblem: {
    code: field(text, "Stable code of the problem"),
    severity: field(oneOf("fail", "warn"), "Whether it breaks the path"),
    certificate: field(text, "Subject of the certificate concerned"),
    message: field(text, "What is wrong"),
  },
  PathVerdict: {
    judgedBy: field(oneOf("lync", "exchange", "public"), "Whose anchors were used"),
    purpose: field(oneOf("serverAuth", "clientAuth"), "For which use"),
    ok: field(bool, "A valid path to an anchor exists"),
    problems: field(list(record("PathProblem")), "What is wrong with the best path that was tried"),
    path: field(list(text), "Subjects of the valid path, leaf first; empty where there is none"),
    tried: field(list(text), "Subjects from the leaf along the names of issuers, as far as certificates are at hand"),
    failedAt: maybe(text, "Subject of the certificate at which the best path that was tried fails first"),
  },
  RevocationCheck: {
    url: field(text, "Where it was asked"),
    method: field(oneOf("crl", "delta-crl", "ocsp"), "What was asked for"),
    outcome: field(oneOf("fetched", "not-found", "failed", "refused"), "What came of it: not-found is an answer of the server, refused is our own doing"),
    detail: field(text, "What it says, or why it was not fetched"),
    thisUpdate: maybe(timestamp, "When the CRL or answer was issued"),
    nextUpdate: maybe(timestamp, "When the next one is due"),
  },
  FetchedCertificate: {
    subject: field(text, "Subject DN"),
    issuer: field(text, "Issuer DN"),
    url: field(text, "Where it was fetched (AIA caIssuers)"),
    der: field(text, "The certificate, base64 of DER"),
  },
  Ace: {
    allow: field(bool, "Allows (false: denies)"),
    trusteeSid: field(text, "SID"),
    mask: field(int, "Access mask"),
    objectType: maybe(text, "GUID of the attribute, property set, class or right it is limited to"),
    inheritedObjectType: maybe(text, "GUID of the class that inherits it"),
    containerInherit: field(bool, "Inherited by objects below"),
    inheritOnly: field(bool, "Does not apply to the object itself"),
    noPropagate: field(bool, "Inherited by direct children only"),
    inherited: field(bool, "Comes from a parent"),
  },
  TrusteeGroup: {
    sid: field(text, "SID of the trustee"),
    members: field(list(text), "SIDs of the groups in it, and of accounts and groups of other forests; empty where it is no group of this forest"),
    reason: maybe(oneOf(...unknownReasons), "Why they could not be read"),
    detail: maybe(text, "The same, in a sentence"),
  },
  MissingGrant: { group: field(text, "Group that lacks the right"), container: field(text, "Container"), rights: field(list(text), "Rights that are missing") },
  ContactRight: { container: field(text, "DN of the organizational unit"), create: field(oneOf("granted", "denied", "unknown"), "Whether contacts may be created there"), detail: field(text, "What decided it") },
  WriteRight: { what: field(text, "Attribute or property set"), verdict: field(oneOf("granted", "denied", "unknown"), "Whether it may be written"), detail: field(text, "What decided it") },
  NormalizationRule: { name: field(text, "Name"), pattern: field(text, ".NET regular expression"), translation: field(text, "Replacement"), internalExtension: field(bool, "Internal extension") },
  TopologyPort: { owner: field(text, "Component, such as Registrar or AccessEdge"), usage: field(text, "SipServer, SipClient …"), side: field(text, "Primary, Internal, External or Pstn"), protocol: field(text, "Mtls, Tls, Tcp …"), port: field(int, "Port"), count: field(int, "How many ports there are from it on; 1 where there is no range") },
  EumAddress: {
    address: field(text, "The address, without the prefix"),
    primary: field(bool, "EUM: in upper case"),
    extension: field(text, "What stands before the phone context, lower case: a SIP address or a number"),
    phoneContext: field(text, "Phone context; empty where there is none"),
    form: field(oneOf("sip", "digits", "other"), "What the extension is: user@domain, digits only, or something else"),
  },
  LineUri: {
    wellFormed: field(bool, "tel:+digits, with at most ;ext=digits behind it"),
    number: field(text, "The number, without what separates its digits"),
    extension: maybe(text, "Extension (ext=)"),
  },
  SourceValue: { source: field(text, "Where it was read"), value: field(text, "What it says there") },
} as const satisfies Record<string, RecordType>;

/** Name of a record type. */
export type RecordName = keyof typeof records;
