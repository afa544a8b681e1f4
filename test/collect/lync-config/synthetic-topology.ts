/** A hand-made topology in the shape of Get-CsTopology -AsXml: an Enterprise pool with a SQL server, a Standard Edition server, an Edge pool, a gateway. */
export function syntheticTopology({ serviceVersion = "7", clientPort = "443" } = {}): string {
  const service = (id: string, role: string, cluster: string, inside = "", dependsOn: readonly string[] = [], installedOn = `<ClusterId SiteId="1" Number="${cluster}" />`): string => `
    <Service RoleVersion="1" ServiceVersion="${serviceVersion}">
      <ServiceId SiteId="1" RoleName="${role}" Instance="${id}" />
      <DependsOn>${dependsOn.map((target) => `<Dependency Usage="Default"><ServiceId SiteId="1" RoleName="${target.split("-")[0]}" Instance="${target.split("-")[1]}" /></Dependency>`).join("")}</DependsOn>
      <InstalledOn>${installedOn}</InstalledOn>
      ${inside.startsWith("<Ports") ? inside : `<Ports xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008" />${inside}`}
    </Service>`;
  const sql = (cluster: string): string => `<SqlInstanceId Name="rtc"><ClusterId SiteId="1" Number="${cluster}" /></SqlInstanceId>`;
  const machine = (fqdn: string, side = "Primary", extra = ""): string => `<Machine OrdinalInCluster="1" Fqdn="${fqdn}"><NetInterface InterfaceSide="${side}" InterfaceNumber="1" IPAddress="0.0.0.0" ${extra}/></Machine>`;
  const cluster = (number: string, fqdn: string, machines: string): string => `<Cluster RequiresReplication="true" RequiresSetup="true" Fqdn="${fqdn}"><ClusterId SiteId="1" Number="${number}" />${machines}</Cluster>`;
  const ports = (...list: readonly string[]): string => `<Ports xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008">${list.map((port) => `<Port ${port} UrlPath="/" AuthorizesRequests="false" />`).join("")}</Ports>`;
  return `<Topology xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008" Signature="00000000-0000-0000-0000-000000000001">
  <InternalDomains AllowAllDomains="false" DefaultDomain="contoso.test">
    <InternalDomain Name="Contoso.test" Authoritative="false" AllowSubDomains="false" />
    <InternalDomain Name="sales.contoso.test" Authoritative="false" AllowSubDomains="false" />
  </InternalDomains>
  <Sites>
    <CentralSite SiteId="1"><Name>Paris</Name><Location City="Paris" /></CentralSite>
    <RemoteSite SiteId="2"><Name>Lyon</Name><Location /></RemoteSite>
  </Sites>
  <Clusters>
    ${cluster("1", "pool.contoso.test", machine("fe1.contoso.test") + machine("fe2.contoso.test"))}
    ${cluster("2", "std.contoso.test", machine("std.contoso.test"))}
    ${cluster("3", "sql.contoso.test", machine("sql.contoso.test"))}
    ${cluster("4", "edge.contoso.test", machine("edge1.contoso.test", "External", 'ConfiguredIPAddress="192.0.2.10" '))}
    ${cluster("5", "gw.contoso.test", machine("gw.contoso.test", "Pstn"))}
  </Clusters>
  <SqlInstances />
  <Services>
    ${service("1", "UserServices", "1", "", ["UserStore-1"])}
    ${service("1", "Registrar", "1", `${ports('Owner="urn:component:Registrar" Usage="SipServer" InterfaceSide="Primary" InterfaceNumber="1" Port="5061" Protocol="Mtls" GruuType="HomeServer"')}<RegistrarService xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008" IsDirector="false" />`, ["UserServices-1", "EdgeServer-1"])}
    ${service("1", "UserStore", "3", "", [], sql("3"))}
    ${service("1", "MediationServer", "1", ports('Owner="urn:component:Mediation" Usage="SipServer" InterfaceSide="Primary" InterfaceNumber="1" Port="5070" Protocol="Mtls"'), ["Registrar-1", "EdgeServer-1"])}
    ${service("1", "FileStore", "3", '<FileStoreService xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008" ShareName="LyncShare" />')}
    ${service("1", "CentralMgmt", "1", '<CentralMgmtService xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008" IsActive="true" />')}
    ${service("2", "UserServices", "2", "", ["UserStore-2"])}
    ${service("2", "Registrar", "2", '<RegistrarService xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008" IsDirector="true" />', ["UserServices-2"])}
    ${service("2", "UserStore", "2", "", [], sql("2"))}
    ${service("1", "EdgeServer", "4", ports(
      'Owner="urn:component:AccessEdge" Usage="SipServer" InterfaceSide="Internal" InterfaceNumber="1" Port="5061" Protocol="Mtls"',
      'Owner="urn:component:AccessEdge" Usage="SipServer" InterfaceSide="External" InterfaceNumber="1" Port="5061" Protocol="Mtls" ConfiguredFqdn="sip.contoso.test"',
      `Owner="urn:component:AccessEdge" Usage="SipClient" InterfaceSide="External" InterfaceNumber="1" Port="${clientPort}" Protocol="Tls" ConfiguredFqdn="sip.contoso.test"`,
      'Owner="urn:component:MediaRelayEdge" Usage="MediaCommunication" InterfaceSide="External" InterfaceNumber="1" Port="50000" Protocol="TcpOrUdp" Range="10000" ConfiguredFqdn="av.contoso.test"',
    ), ["Registrar-1"])}
    ${service("1", "PstnGateway", "5", `${ports('Owner="urn:component:GatewayComp" Usage="SipClient" InterfaceSide="Pstn" InterfaceNumber="1" Port="5066" Protocol="Tcp"')}<PstnGatewayService xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008" MediationServerPort="5068" Default="false" />`, ["MediationServer-1"])}
  </Services>
</Topology>`;
}
