import type { Certainty, Field } from "./field-types.ts";

/** Product line of a service, from its ServiceVersion. */
export type ProductGeneration = "lync-2010" | "lync-2013" | "skype-2015" | "skype-2019";

/** A product line and how sure its number is: 7 and 8 were seen in real topologies, 5 and 6 are inferred. */
export interface ServiceGeneration {
  readonly product: ProductGeneration;
  readonly certainty: Certainty;
}

/** One port of a service. `owner` is a URN such as `urn:component:Registrar`; `range` counts ports from `port` on; `configured…` override what clients see. */
export interface TopologyPort {
  readonly owner: Field<string>;
  readonly usage: Field<string>;
  readonly interfaceSide: Field<string>;
  readonly protocol: Field<string>;
  readonly port: Field<number>;
  readonly range: Field<number>;
  readonly configuredFqdn: Field<string>;
  readonly configuredPort: Field<number>;
}

/** Another service that a service uses. `poolFqdn` is where that one is installed. */
export interface TopologyDependency {
  readonly serviceId: string;
  readonly usage: Field<string>;
  readonly role: Field<string>;
  readonly poolFqdn: Field<string>;
}

/** One service of a pool. `isDirector` is absent on everything but a Registrar. */
export interface TopologyService {
  /** `site-role-instance` in a topology, a GUID in a Topology Builder file. */
  readonly serviceId: string;
  readonly role: Field<string>;
  readonly serviceVersion: Field<number>;
  readonly generation: Field<ServiceGeneration>;
  readonly isDirector: Field<boolean>;
  readonly ports: Field<readonly TopologyPort[]>;
  readonly dependsOn: Field<readonly TopologyDependency[]>;
}

/** One address of a machine; `0.0.0.0` means every address, ask DNS. */
export interface TopologyInterface {
  readonly side: Field<string>;
  readonly address: Field<string>;
  readonly configuredAddress: Field<string>;
}

/** One computer of a pool. */
export interface TopologyMachine {
  readonly fqdn: Field<string>;
  readonly interfaces: readonly TopologyInterface[];
}

/** One pool (cluster), which may also be a gateway, an Edge pool, a file server or a SQL server. */
export interface TopologyPool {
  readonly fqdn: Field<string>;
  readonly siteId: Field<string>;
  /** Front End pools only; absent on pools without UserServices. */
  readonly kind: Field<"enterprise" | "standard">;
  readonly machines: Field<readonly TopologyMachine[]>;
  readonly services: Field<readonly TopologyService[]>;
  /** FQDN of the Edge pools that services of this pool depend on. */
  readonly edgePools: Field<readonly string[]>;
}

/** One site. Branch offices are `remote`; that element's name is inferred. */
export interface TopologySite {
  readonly siteId: Field<string>;
  readonly name: Field<string>;
  readonly kind: "central" | "remote";
}

/** One SIP domain of the topology. */
export interface TopologySipDomain {
  readonly name: Field<string>;
  readonly isDefault: Field<boolean>;
}

/** The Access Edge service of an Edge pool: external FQDN and the ports that it owns, inside and outside. */
export interface TopologyAccessEdge {
  readonly poolFqdn: Field<string>;
  readonly externalFqdn: Field<string>;
  readonly ports: Field<readonly TopologyPort[]>;
}

/** A trunk to a PSTN gateway; `mediationServerPort` is where the Mediation Server listens for it. */
export interface TopologyGateway {
  readonly poolFqdn: Field<string>;
  readonly mediationPools: Field<readonly string[]>;
  readonly mediationServerPort: Field<number>;
  readonly ports: Field<readonly TopologyPort[]>;
}

/** The host name of a pool's external web services; absent where it has none. */
export interface TopologyExternalWeb {
  readonly poolFqdn: Field<string>;
  readonly host: Field<string>;
}

/** A file store. */
export interface TopologyFileStore {
  readonly poolFqdn: Field<string>;
  readonly shareName: Field<string>;
}

/** A Central Management service. */
export interface TopologyCentralManagement {
  readonly poolFqdn: Field<string>;
  readonly isActive: Field<boolean>;
}

/** A topology in one form, whichever file it came from. `isPublished` is known only where the file says so or came out of the store. */
export interface Topology {
  readonly isPublished: Field<boolean>;
  readonly sipDomains: Field<readonly TopologySipDomain[]>;
  readonly sites: Field<readonly TopologySite[]>;
  readonly pools: Field<readonly TopologyPool[]>;
  readonly accessEdges: Field<readonly TopologyAccessEdge[]>;
  readonly gateways: Field<readonly TopologyGateway[]>;
  readonly externalWebHosts: Field<readonly TopologyExternalWeb[]>;
  readonly fileStores: Field<readonly TopologyFileStore[]>;
  readonly centralManagement: Field<readonly TopologyCentralManagement[]>;
}
