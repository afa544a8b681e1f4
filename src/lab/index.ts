export { startLab } from "./start.ts";
export type { Address, Lab, LabEndpoint, LabForest, LabOptions, MisbehaviourRequest, WrongAnswerRequest } from "./lab.ts";
export type { LabFiles } from "./lab-files.ts";
export type { DnsFault } from "./dns/respond.ts";
export type { KeyPool } from "./key-pool.ts";
export type { MadeCertificate } from "./pki.ts";
export type { Account, CertificateSpec, Deployment, DnsRecord, EndpointSpec, Entry, Forest, LyncConfiguration, Misbehaviour } from "./types.ts";
