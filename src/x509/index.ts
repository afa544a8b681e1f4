/** X.509 for people who must be right: certification path validation, revocation judging and certificate facts, without I/O. */
export type { RevocationAnswer } from "./crl-status.ts";
export type { KeyUsage } from "./extensions-basic.ts";
export type { Peer } from "./hostname.ts";
export { parseCertificate } from "./parsed-certificate.ts";
export type { ParsedCertificate, ParsedName } from "./parsed-certificate.ts";
export type { BinaryInput } from "./pem.ts";
export type { PolicyDemand } from "./policy.ts";
export { PROBLEM_CODES } from "./problems.ts";
export type { Problem, ProblemCode, Profile } from "./problems.ts";
export type { Purpose } from "./purpose.ts";
export type { BinaryInputs, PathRequest } from "./request.ts";
export { revocationStatus } from "./revocation.ts";
export type { RevocationSource, RevocationSubject } from "./revocation.ts";
export { validatePath } from "./validate-path.ts";
export type { PathResult } from "./validate-path.ts";
