/** One directory object. Attribute names are spelt as the product spells them; values are text or bytes, never empty lists. Back links are computed by the server from the forward links. */
export interface Entry {
  readonly dn: string;
  readonly objectClass: readonly string[];
  readonly attributes: Readonly<Record<string, readonly (string | Uint8Array)[]>>;
  /**
   * Access control entries in SDDL, added before the inherited ones, with placeholders: `{group}` or `{FOREST:group}` is the SID of that sAMAccountName (of that
   * forest), `{attr:x}` and `{class:x}` a schemaIDGUID, `{pset:x}` the rightsGuid of a property set. Example: `(A;CI;LCRP;;;{contoso:RTCUniversalServerAdmins})`.
   */
  readonly aces?: readonly string[];
  /** True where inheritance from the parent is blocked (SE_DACL_PROTECTED). */
  readonly blocksInheritance?: boolean;
}

/** One Active Directory forest of one domain. */
export interface Forest {
  readonly name: string;
  /** DNS name of the root domain. */
  readonly realm: string;
  readonly netbios: string;
  readonly domainSid: string;
  /** FQDN of its only domain controller. */
  readonly domainController: string;
  readonly entries: readonly Entry[];
  readonly accounts: readonly Account[];
}

/** An account that may bind. */
export interface Account {
  readonly sAMAccountName: string;
  readonly password: string;
}

/** One DNS record; `view` says which side sees it. Data in zone-file words: `["lyncpool.contoso.test", "5061", "0", "100"]` for SRV (target port priority weight). */
export interface DnsRecord {
  readonly view: "inside" | "outside" | "both";
  readonly name: string;
  readonly type: "A" | "AAAA" | "CNAME" | "SRV" | "PTR" | "SOA" | "NS" | "TXT";
  readonly data: readonly string[];
}

/** How a certificate is to be made. Dates are days from the start of the lab. */
export interface CertificateSpec {
  readonly id: string;
  readonly commonName: string | undefined;
  readonly dnsNames: readonly string[];
  /** Id of the issuing certificate; its own id for a self-signed one. */
  readonly issuer: string;
  readonly ca: boolean;
  readonly notBeforeDays: number;
  readonly notAfterDays: number;
  /** Extended key usages; undefined leaves the extension out. */
  readonly usages: readonly ("serverAuth" | "clientAuth" | "ocspSigning")[] | undefined;
  readonly keyBits: 512 | 1024 | 2048;
  readonly digest: "md5" | "sha1" | "sha256";
  /** Where the revocation list is published; left out: the certificate does not say. */
  readonly crlUrls?: readonly string[] | undefined;
  /** Where an OCSP responder is, and where its issuer's certificate is (authority information access). */
  readonly ocspUrls?: readonly string[];
  readonly issuerUrls?: readonly string[];
  /** Its issuer has revoked it: on its complete list, or on the delta only. */
  readonly revoked?: "listed" | "in-delta";
  /** What an authority publishes as its list: a current one (unless told), one past its date, one with a stranger's signature, nothing. */
  readonly list?: "current" | "stale" | "other-signer" | "none";
  /** Where an authority's list says that its deltas are. */
  readonly deltaUrls?: readonly string[];
  /** Id of the certificate that signs an authority's OCSP answers; its own when left out. */
  readonly ocspSigner?: string;
}

/** One listening service of a server. */
export interface EndpointSpec {
  /** FQDN that the directory or the topology uses. */
  readonly host: string;
  /** Official port; the lab listens on another one and says which. */
  readonly port: number;
  readonly tls:
    | undefined
    | {
        readonly certificate: string;
        /** Ids sent after the leaf, in wire order. */
        readonly chain: readonly string[];
        readonly clientCertificate: "required" | "requested" | "none";
        /** Ids of the certificates accepted as client issuers. */
        readonly clientAnchors: readonly string[];
        readonly maxVersion: "TLSv1.1" | "TLSv1.2" | "TLSv1.3";
      };
  readonly sip: boolean;
  /** Status of the answer to OPTIONS; 200 when left out. */
  readonly sipStatus?: number;
  /** SIP URIs to which it sends the caller with 302 instead, as a UM call router does. */
  readonly redirectsTo?: readonly string[];
  readonly product: string;
}

/** The Lync configuration as the shipped PowerShell collector exports it: cmdlet noun → objects with the documented properties (enum names as text). */
export type LyncConfiguration = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** A whole deployment: what the labs serve and what a mutation changes. */
export interface Deployment {
  readonly forests: readonly Forest[];
  readonly dns: readonly DnsRecord[];
  readonly certificates: readonly CertificateSpec[];
  readonly endpoints: readonly EndpointSpec[];
  readonly lyncConfiguration: LyncConfiguration;
}

/** How a server of the lab misbehaves on request. */
export type Misbehaviour = "refuse" | "stall" | "reset" | "garbage" | "truncate" | "oversize";
