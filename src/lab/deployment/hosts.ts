/** A server of the Exchange forest. */
export interface ExchangeServerHost {
  readonly name: string;
  readonly fqdn: string;
  readonly address: string;
  /** msExchCurrentServerRoles: 16439 all roles of 2013/2016, 16385 2013 Client Access only, 54 2013 Mailbox only. */
  readonly roles: number;
  /** Major, minor, build, revision: 15.1.2507.6 is Exchange 2016 CU23, 15.0.1497.2 Exchange 2013 CU23. */
  readonly version: readonly [number, number, number, number];
  readonly umService: boolean;
  readonly callRouter: boolean;
}

/** The Exchange servers: two 2016 with all roles, a 2013 Client Access and a 2013 Mailbox server. */
export const exchangeServers: readonly ExchangeServerHost[] = [
  { name: "EX1", fqdn: "ex1.fabrikam.test", address: "127.0.20.21", roles: 16439, version: [15, 1, 2507, 6], umService: true, callRouter: true },
  { name: "EX2", fqdn: "ex2.fabrikam.test", address: "127.0.20.22", roles: 16439, version: [15, 1, 2507, 6], umService: true, callRouter: true },
  { name: "CAS1", fqdn: "cas1.fabrikam.test", address: "127.0.20.23", roles: 16385, version: [15, 0, 1497, 2], umService: false, callRouter: true },
  { name: "MBX1", fqdn: "mbx1.fabrikam.test", address: "127.0.20.24", roles: 54, version: [15, 0, 1497, 2], umService: true, callRouter: false },
];

/** The PBX gateway of the ordinary telephone extension dial plan. */
export const pbxGateway = { name: "LegacyPBX Gateway", fqdn: "pbxgw.fabrikam.test", address: "127.0.20.31" } as const;

/** A registrar pool of the Lync forest; `cn` is site:cluster, as the topology publishes it. */
export interface LyncPool {
  readonly cn: string;
  readonly fqdn: string;
  readonly kind: "enterprise" | "standard" | "branch";
  readonly site: "Redmond" | "Portland";
  readonly members: readonly { readonly fqdn: string; readonly address: string }[];
}

/** The registrar pools: an Enterprise pool of two, a Standard Edition server, a survivable branch appliance. */
export const lyncPools: readonly LyncPool[] = [
  {
    cn: "1:1",
    fqdn: "lyncpool.contoso.test",
    kind: "enterprise",
    site: "Redmond",
    members: [
      { fqdn: "lyncfe1.contoso.test", address: "127.0.10.21" },
      { fqdn: "lyncfe2.contoso.test", address: "127.0.10.22" },
    ],
  },
  { cn: "1:2", fqdn: "lyncse1.contoso.test", kind: "standard", site: "Redmond", members: [{ fqdn: "lyncse1.contoso.test", address: "127.0.10.31" }] },
  { cn: "2:1", fqdn: "sba1.contoso.test", kind: "branch", site: "Portland", members: [{ fqdn: "sba1.contoso.test", address: "127.0.10.41" }] },
];

/** The Edge server: its internal side, and the three names of its external side. */
export const edge = {
  internal: { fqdn: "edgeint.contoso.test", address: "127.0.10.51" },
  access: { fqdn: "access.contoso.test", address: "127.0.30.61" },
  webConferencing: { fqdn: "webconf.contoso.test", address: "127.0.30.62" },
  audioVideo: { fqdn: "av.contoso.test", address: "127.0.30.63" },
  reverseProxy: { fqdn: "webext.contoso.test", address: "127.0.30.64" },
} as const;

/** The PSTN gateway behind the Mediation Servers. */
export const pstnGateway = { fqdn: "pstngw1.contoso.test", address: "127.0.10.61" } as const;

/** The SQL server that holds the pool's back end and the Central Management Store. */
export const sqlServer = { fqdn: "sql1.contoso.test", address: "127.0.10.71" } as const;

/** The web server on which the authorities of all sides publish lists and certificates. */
export const pkiServer = { fqdn: "pki.contoso.test", address: "127.0.10.81" } as const;

/** The only SIP domain. */
export const sipDomain = "contoso.test";
