/** One thing that only an operator can know. */
export interface AttestationKey {
  /** The sentence that is stated to be true or not. */
  readonly statement: string;
}

/**
 * What can be attested in `umpreflight.yaml`: settings of a tenant, of firewalls and of servers' own stores that no source shows. A rule that needs one is
 * unknown until somebody stated it.
 */
export const attestationKeys = {
  "tenant-accepts-sip-domains": { statement: "Every SIP domain is an authoritative accepted domain of the tenant." },
  "tenant-shares-sip-address-space": { statement: "The tenant shares the SIP address space with this deployment alone, is synchronised with the directory, and allows and blocks the same partners." },
  "no-third-party-pbx": { statement: "No third-party PBX and no PSTN subscriber access relies on the voice mail of the cloud." },
  "exchange-reachable-from-cloud": { statement: "The cloud reaches Exchange Web Services and Autodiscover, OAuth is set between Exchange and the cloud, and mail connectors are in place." },
  "edge-reaches-cloud": { statement: "The firewalls let the Edge reach the voice mail service of the cloud." },
  "clocks-are-right": { statement: "The clocks of Edge and Front End servers are kept right." },
  "clients-are-supported": { statement: "Users of hosted voice mail have clients of Lync 2010 or later." },
  "um-ports-open": { statement: "Lync servers reach the ports 5060 to 5068 of every UM server, and media ports from 1024 on are open both ways; firewall rules fit ports that were changed." },
  "front-end-ports-open": { statement: "Front End servers reach each other's and the Edge's ports of the product documentation." },
  "um-components-active": { statement: "No UM component of an Exchange server is taken out of service." },
  "outdialing-allowed": { statement: "The dialling rules of UM dial plans and mailbox policies allow outgoing calls." },
  "front-ends-restarted": { statement: "The Front End services were restarted after exchucutil had run." },
  "lync-keys-in-legacy-provider": { statement: "The private keys of Lync certificates are in a cryptographic service provider, not in a key storage provider." },
  "web-services-have-own-name": { statement: "Pools with DNS load balancing have an internal web services FQDN other than the pool's." },
  "older-lync-updated": { statement: "OCS 2007 R2 has cumulative update 10 and Lync Server 2010 cumulative update 3, or later." },
  "users-moved-before-mailboxes": { statement: "Users are moved to Skype for Business Server 2019 before their mailbox is moved to Exchange 2019." },
} as const satisfies Readonly<Record<string, AttestationKey>>;

/** Key of an attestation. */
export type AttestationName = keyof typeof attestationKeys;

/** All keys, in the order of the list. */
export const attestationNames = Object.keys(attestationKeys) as [AttestationName, ...AttestationName[]];

/** What somebody stated. `date` is YYYY-MM-DD. */
export interface Attestation {
  readonly key: AttestationName;
  readonly value: boolean;
  readonly by: string;
  readonly date: string;
}
