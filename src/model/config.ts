import type { Attestation } from "./attestations.ts";
import type { Language } from "./language.ts";
import type { DriftConfig } from "./notification.ts";
import type { OperatorTool } from "./operator-tools.ts";
import type { ProfileName, ParameterValue } from "./rule.ts";
import type { SecretReference } from "./secret-reference.ts";

/** Whose trusted roots judge a certificate: those of one of the two sides, or the public ones that partners and hosted services have. */
export type JudgingSide = "lync" | "exchange" | "public";

/** A client certificate as PEM files or one PFX file. */
export type ClientCertificateFiles = { readonly certificate: string; readonly key: string; readonly passphrase?: SecretReference } | { readonly pfx: string; readonly passphrase?: SecretReference };

/** How to bind to a forest. */
export type ForestCredentials = { readonly user: string; readonly password: SecretReference } | { readonly external: ClientCertificateFiles };

/** One forest of the configuration. */
export interface ForestConfig {
  /** DNS name of the forest root domain, lower case. */
  readonly name: string;
  readonly roles: readonly ("lync" | "exchange")[];
  /** `host` or `host:port`; undefined: found by DNS SRV. */
  readonly servers?: readonly string[];
  readonly security: "ldaps" | "starttls" | "plaintext";
  /** A simple bind over plaintext is refused unless this is true. */
  readonly sendPasswordInClearText: boolean;
  /** PEM files of the CAs that sign its domain controllers; undefined: the system's. */
  readonly ca?: readonly string[];
  readonly credentials: ForestCredentials;
}

/** A DNS view: the servers that answer on one side of the firewall. */
export interface DnsViewConfig {
  /** `address` or `address:port`; `system` for those of this machine. */
  readonly servers: readonly string[];
}

/** An account that will run ocsumutil or exchucutil. */
export interface OperatorConfig {
  readonly account: string;
  readonly forest: string;
  /** What it will run. */
  readonly tools: readonly OperatorTool[];
  /** DNs of the organizational units in which contacts will be created. */
  readonly contactContainers: readonly string[];
}

/** An endpoint to probe beside those that directory and topology name. */
export interface EndpointConfig {
  readonly host: string;
  readonly port: number;
  readonly side: "exchange" | "lync" | "edge-internal" | "edge-external" | "gateway";
  readonly role: "um-service" | "um-call-router" | "registrar" | "mediation" | "edge-internal" | "access-edge" | "gateway" | "other";
  readonly transport: "tls" | "tcp";
  readonly knownAs: readonly string[];
}

/** Whether and where CRLs, OCSP answers and issuers are fetched from the addresses that certificates name. */
export interface FetchConfig {
  readonly enabled: boolean;
  /** Addresses of this machine may be asked too: for labs. The addresses come from peers, who could otherwise reach through us what listens here only. */
  readonly allowLoopback: boolean;
}

/** Deadlines and parallel work. All times in milliseconds. */
export interface Limits {
  readonly connectTimeoutMs: number;
  readonly operationTimeoutMs: number;
  readonly targetTimeoutMs: number;
  readonly runTimeoutMs: number;
  readonly parallelSearches: number;
  readonly parallelEndpoints: number;
  readonly parallelQueries: number;
  readonly pageSize: number;
}

/** umpreflight.yaml, checked and with defaults. Paths are absolute. */
export interface Config {
  readonly file: string;
  readonly profile: ProfileName;
  /** The language of rules and reports, where it is configured. */
  readonly language?: Language;
  readonly forests: readonly ForestConfig[];
  readonly dns: { readonly inside: DnsViewConfig; readonly outside?: DnsViewConfig };
  /** PEM files of the roots that each side trusts, and of those that pass for public. */
  readonly trust: { readonly [side in JudgingSide]?: readonly string[] };
  readonly clientCertificate?: ClientCertificateFiles;
  readonly lyncConfiguration: readonly string[];
  readonly operators: readonly OperatorConfig[];
  readonly endpoints: readonly EndpointConfig[];
  /** Whether Lync Phone Edition phones are in use. */
  readonly phoneEdition?: boolean;
  /** What only an operator can know, each key at most once. */
  readonly attestations: readonly Attestation[];
  readonly parameters: Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;
  /** File of a profile of one's own, which extends the shipped one. */
  readonly profileFile?: string;
  /** Folders with rules of one's own, beside the shipped ones. */
  readonly rules: readonly string[];
  readonly fetch: FetchConfig;
  /** Waivers, history and notifications. */
  readonly drift: DriftConfig;
  readonly limits: Limits;
  /** `host:port` → `address:port`: connect there instead; names and certificates stay those of the host. */
  readonly connectTo: Readonly<Record<string, string>>;
}

/** The limits that hold where the configuration names none. */
export const defaultLimits: Limits = {
  connectTimeoutMs: 5_000,
  operationTimeoutMs: 30_000,
  targetTimeoutMs: 600_000,
  runTimeoutMs: 3_600_000,
  parallelSearches: 4,
  parallelEndpoints: 32,
  parallelQueries: 50,
  pageSize: 1_000,
};
