import { stringify } from "yaml";

/** One forest as the scanner is told about it. */
export interface ScannedForest {
  readonly realm: string;
  readonly role: "lync" | "exchange";
  /** `host` or `host:port`. */
  readonly server: string;
  readonly authorities: string;
  readonly user: string;
  readonly passwordFile: string;
  /** PEM file of the roots that this side trusts. */
  readonly trustedRoots: string;
}

/** A lab as the scanner is told about it. Paths are absolute or relative to the configuration's folder. */
export interface ScannedLab {
  readonly forests: readonly ScannedForest[];
  readonly dns: Readonly<Record<"inside" | "outside", readonly string[]>>;
  /** PEM file of the root that partners and hosted services trust. */
  readonly publicRoot: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
  readonly lyncConfiguration: readonly string[];
  readonly operators: readonly { readonly account: string; readonly forest: string; readonly tools: readonly string[]; readonly contactContainers: readonly string[] }[];
  readonly connectTo: Readonly<Record<string, string>>;
  /** Other settings, such as limits. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Keys of what the operators of the healthy deployment state: everything that can be stated. */
const attested = [
  "tenant-accepts-sip-domains",
  "tenant-shares-sip-address-space",
  "no-third-party-pbx",
  "exchange-reachable-from-cloud",
  "edge-reaches-cloud",
  "clocks-are-right",
  "clients-are-supported",
  "um-ports-open",
  "front-end-ports-open",
  "um-components-active",
  "outdialing-allowed",
  "front-ends-restarted",
  "lync-keys-in-legacy-provider",
  "web-services-have-own-name",
  "older-lync-updated",
  "users-moved-before-mailboxes",
];

/** The text of an umpreflight.yaml for a lab. */
export function scannerConfiguration(lab: ScannedLab): string {
  const trustOf = (role: "lync" | "exchange"): readonly string[] => lab.forests.filter((forest) => forest.role === role).map((forest) => forest.trustedRoots);
  return stringify({
    version: 1,
    profile: "on-premises",
    forests: lab.forests.map(({ realm, role, server, authorities, user, passwordFile }) => ({ name: realm, roles: [role], servers: [server], ca: [authorities], credentials: { user, password: { file: passwordFile } } })),
    dns: { inside: { servers: lab.dns.inside }, outside: { servers: lab.dns.outside } },
    trust: { lync: trustOf("lync"), exchange: trustOf("exchange"), public: [lab.publicRoot] },
    clientCertificate: { certificate: lab.clientCertificate, key: lab.clientKey },
    lyncConfiguration: lab.lyncConfiguration,
    operators: lab.operators,
    attestations: attested.map((key) => ({ key, value: true, by: "Contoso UC operations", date: "2026-05-01" })),
    fetch: { allowLoopback: true },
    ...(Object.keys(lab.connectTo).length === 0 ? {} : { connectTo: lab.connectTo }),
    ...lab.more,
  });
}
