import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate of the lab; paths are relative to the lab's directory. */
export interface LabCertificate {
  readonly certificate: string;
  readonly key: string;
  /** The certificate and the intermediates above it, without the root, in wire order. */
  readonly chain: string;
  /** SHA-1 of the certificate, hexadecimal, upper case. */
  readonly thumbprint: string;
}

/** A forest of the running lab. */
export interface LabForest {
  readonly name: string;
  readonly realm: string;
  readonly netbios: string;
  readonly domainSid: string;
  readonly domainController: string;
  readonly address: string;
  readonly ports: { readonly ldap: number; readonly ldaps: number; readonly globalCatalog: number; readonly globalCatalogTls: number };
  readonly accounts: readonly { readonly userPrincipalName: string; readonly sAMAccountName: string; readonly password: string }[];
}

/** lab.json: all that a test needs to know about the running lab. Addresses are loopback addresses inside the lab's network namespace. */
export interface LabDescription {
  readonly users: number;
  readonly forests: readonly LabForest[];
  readonly dns: Readonly<Record<"inside" | "outside", { readonly address: string; readonly port: number }>>;
  readonly certificates: Readonly<Record<string, LabCertificate>>;
  /** Every listening service at its official port; several addresses where a pool name has several. */
  readonly endpoints: readonly { readonly host: string; readonly port: number; readonly addresses: readonly string[]; readonly tls: boolean }[];
  /** File with the deployment's Lync configuration: cmdlet noun → objects. */
  readonly lyncConfiguration: string;
  /** Kerberos settings for KRB5_CONFIG. */
  readonly kerberosConfiguration: string;
}

/** Reads lab.json of a running lab. */
export function readLab(directory: string): LabDescription {
  return JSON.parse(readFileSync(join(directory, "lab.json"), "utf8")) as LabDescription;
}
