import type { DnsFault } from "./dns/respond.ts";
import type { KeyPool } from "./key-pool.ts";
import type { LabFiles } from "./lab-files.ts";
import type { LdapPort } from "./ldap/server.ts";
import type { MadeCertificate } from "./pki.ts";
import type { Deployment, Misbehaviour } from "./types.ts";

/** How to start a lab. */
export interface LabOptions {
  /** What time it is for certificates, accounts and the export; goes on from there. Default: the real time. */
  readonly now?: Date;
  /** Where to write files; a directory of its own, removed at the end, when left out. */
  readonly directory?: string;
  /** Keys of an earlier lab, which save most of the time of a start. */
  readonly keys?: KeyPool;
  /** Domain controllers refuse simple binds without TLS (result code 8). */
  readonly requireSecureBinds?: boolean;
}

/** Address and port where something listens. */
export interface Address {
  readonly address: string;
  readonly port: number;
}

/** A domain controller and its four ports. */
export interface LabForest extends Readonly<Record<LdapPort, Address>> {
  readonly name: string;
  readonly realm: string;
  readonly domainController: string;
}

/** A SIP endpoint: `port` is the official one, `actualPort` the one it listens on. */
export interface LabEndpoint {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly actualPort: number;
}

/**
 * A server that is to misbehave from now on, or to stop doing so (`how` undefined). Servers: `ldap:<forest>`, `dns:inside`, `dns:outside`, or `host:port`
 * of an endpoint or of one port of a domain controller. With `after`, so many answers of each connection are sent properly first.
 */
export interface MisbehaviourRequest {
  readonly server: string;
  readonly how: Misbehaviour | undefined;
  readonly after?: number;
}

/** A DNS name that is to be answered wrongly from now on (all types unless one is named), or properly again (`how` undefined). */
export interface WrongAnswerRequest {
  readonly view: "inside" | "outside";
  readonly name: string;
  readonly type?: string;
  readonly how: DnsFault | undefined;
}

/** A running lab. What it tells is the present state, also after an update. */
export interface Lab {
  readonly forests: readonly LabForest[];
  readonly dns: Readonly<Record<"inside" | "outside", Address>>;
  readonly endpoints: readonly LabEndpoint[];
  /** `host:port` as the deployment names it → `address:port` where it listens. */
  readonly connectTo: Readonly<Record<string, string>>;
  readonly certificates: ReadonlyMap<string, MadeCertificate>;
  readonly keys: KeyPool;
  readonly files: LabFiles;
  /** A PKCS#12 file of a certificate with its chain and key. @throws Error where there is no such certificate */
  readonly pfx: (id: string, password: string, algorithm?: "aes256" | "3des") => Buffer;
  /** How many operations that would have changed a directory were asked for (all were refused). */
  readonly writesSeen: () => number;
  /** Swaps everything that is served; connections and ports stay. Files are written again. */
  readonly update: (deployment: Deployment) => Promise<void>;
  /** @throws Error where there is no such server */
  readonly misbehave: (request: MisbehaviourRequest) => Promise<void>;
  readonly answerWrongly: (request: WrongAnswerRequest) => void;
  readonly close: () => Promise<void>;
}
