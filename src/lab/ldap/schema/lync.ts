import type { SchemaTable } from "./table.ts";

/** Lync Server and Skype for Business, as the schema of the Samba lab has them. */
export const lyncSchema: SchemaTable = {
  attributes: [
    ["string S gc RTCUserSearchPropertySet", "msRTCSIP-PrimaryUserAddress"],
    ["bool S gc RTCPropertySet", "msRTCSIP-UserEnabled msRTCSIP-FederationEnabled msRTCSIP-InternetAccessEnabled"],
    ["dn S gc RTCPropertySet", "msRTCSIP-TargetHomeServer msRTCSIP-PrimaryHomeServer"],
    ["sid S gc RTCPropertySet", "msRTCSIP-OriginatorSid"],
    ["string M RTCPropertySet", "msRTCSIP-UserExtension"],
    ["int S gc RTCPropertySet", "msRTCSIP-ArchivingEnabled msRTCSIP-OptionFlags"],
    ["string S gc RTCPropertySet", "msRTCSIP-Line msRTCSIP-LineServer"],
    ["dnbin M gc RTCPropertySet", "msRTCSIP-UserPolicy"],
    ["string M gc RTCUserProvisioningPropertySet", "msRTCSIP-UserPolicies"],
    ["octet S gc", "msRTCSIP-UserRoutingGroupId msRTCSIP-GroupingID msRTCSIP-TenantId"],
    ["string S gc", "msRTCSIP-DeploymentLocator msRTCSIP-OwnerUrn msRTCSIP-PrivateLine msRTCSIP-BackEndServer msRTCSIP-MirrorBackEndServer msRTCSIP-PoolDisplayName"],
    ["string S gc", "msRTCSIP-PoolDomainFQDN msRTCSIP-DomainName msRTCSIP-TrustedServerFQDN msRTCSIP-TrustedServiceType"],
    ["int S gc", "msRTCSIP-ApplicationOptions msRTCSIP-SourceObjectType msRTCSIP-PoolVersion msRTCSIP-TrustedServerVersion msRTCSIP-TrustedServicePort"],
    ["int S gc", "msRTCSIP-TrustedServiceFlags"],
    ["dn S gc", "msRTCSIP-ApplicationDestination msRTCSIP-RoutingPoolDN"],
    ["string S", "msRTCSIP-ApplicationPrimaryLanguage msRTCSIP-EdgeProxyFQDN"],
    ["string M", "msRTCSIP-AcpInfo msRTCSIP-PoolData msRTCSIP-ServerData msRTCSIP-ApplicationList msRTCSIP-ExtensionData msRTCSIP-DomainData msRTCSIP-EdgeProxyData"],
    ["string M", "msRTCSIP-TrustedServerData"],
    ["string M gc", "msRTCSIP-ProxyAddresses"],
    ["int S", "msRTCSIP-PoolFunctionality msRTCSIP-PoolType msRTCSIP-EnterpriseServices msRTCSIP-ServerVersion"],
    ["dn S gc link", "msRTCSIP-PoolAddress>msRTCSIP-FrontEndServers"],
    ["dn M gc", "msRTCSIP-TrustedServiceLinks"],
    ["bool S", "msRTCSIP-Default"],
    ["bool S gc", "msRTCSIP-Routable"],
  ],
  classes: [
    "msRTCSIP-Service:serviceConnectionPoint msRTCSIP-GlobalContainer:container msRTCSIP-Pools:container msRTCSIP-Pool:top",
    "msRTCSIP-PoolService:serviceConnectionPoint msRTCSIP-TrustedServices:container msRTCSIP-TrustedService:top msRTCSIP-GlobalTopologySettings:container",
    "msRTCSIP-GlobalTopologySetting:top msRTCSIP-ApplicationContacts:container msRTCSIP-Domain:top msRTCSIP-TrustedServer:top msRTCSIP-EdgeProxy:top",
    "msRTCSIP-Server:serviceConnectionPoint",
  ],
  guids: {},
};
