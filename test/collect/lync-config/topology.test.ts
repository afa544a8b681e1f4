import { describe, expect, it } from "vitest";
import type { TopologyPool } from "../../../src/collect/lync-config/topology-types.ts";
import { itemsOf, known, onlyItem, readSynthetic } from "./read-synthetic.ts";
import { syntheticTopology } from "./synthetic-topology.ts";

async function poolsByName(xml: string): Promise<ReadonlyMap<string, TopologyPool>> {
  const { pools } = onlyItem(await readSynthetic(xml), "topology");
  if (pools.state !== "known") throw new Error("no pools");
  return new Map(pools.value.map((pool) => [pool.fqdn.state === "known" ? pool.fqdn.value : "?", pool]));
}

describe("topology XML", () => {
  it("is recognised by its root element and does not say whether it is published", async () => {
    const input = await readSynthetic(syntheticTopology());
    expect(input).toMatchObject({ format: "topology-xml", problems: [] });
    expect(onlyItem(input, "topology").isPublished).toMatchObject({ state: "unknown", reason: "not-collected" });
  });

  it("gives SIP domains, also as their own section, with the default told apart regardless of case", async () => {
    expect(itemsOf(await readSynthetic(syntheticTopology()), "sipDomains")).toEqual([
      { identity: known("Contoso.test"), name: known("Contoso.test"), isDefault: known(true) },
      { identity: known("sales.contoso.test"), name: known("sales.contoso.test"), isDefault: known(false) },
    ]);
  });

  it("gives sites with their kind", async () => {
    expect(onlyItem(await readSynthetic(syntheticTopology()), "topology").sites).toEqual(
      known([
        { siteId: known("1"), name: known("Paris"), kind: "central" },
        { siteId: known("2"), name: known("Lyon"), kind: "remote" },
      ]),
    );
  });

  it.each([
    ["pool.contoso.test", known("enterprise")],
    ["std.contoso.test", known("standard")],
    ["sql.contoso.test", { state: "absent" }],
    ["edge.contoso.test", { state: "absent" }],
  ])("tells the kind of %s", async (fqdn, kind) => {
    expect((await poolsByName(syntheticTopology())).get(fqdn)?.kind).toEqual(kind);
  });

  it("leaves the kind of a pool unknown whose user store cannot be found", async () => {
    const pools = await poolsByName(syntheticTopology().replaceAll('RoleName="UserStore" Instance="2"', 'RoleName="UserStore" Instance="9"').replace('<ServiceId SiteId="1" RoleName="UserStore" Instance="9" />\n', '<ServiceId SiteId="1" RoleName="UserStore" Instance="8" />\n'));
    expect(pools.get("std.contoso.test")?.kind).toMatchObject({ state: "unknown", reason: "malformed" });
  });

  it("takes a pool of several machines for Enterprise wherever its user store is", async () => {
    const pools = await poolsByName(syntheticTopology().replaceAll('RoleName="UserStore" Instance="1" />\n', 'RoleName="UserStore" Instance="8" />\n'));
    expect(pools.get("pool.contoso.test")?.kind).toEqual(known("enterprise"));
  });

  it("puts services into pools with Director, Edge and machines", async () => {
    const pools = await poolsByName(syntheticTopology());
    expect(pools.get("pool.contoso.test")).toMatchObject({ siteId: known("1"), edgePools: known(["edge.contoso.test"]), machines: known([{ fqdn: known("fe1.contoso.test") }, { fqdn: known("fe2.contoso.test") }]) });
    const registrar = (fqdn: string): unknown => {
      const services = pools.get(fqdn)?.services;
      return services?.state === "known" ? services.value.find(({ role }) => role.state === "known" && role.value === "Registrar") : undefined;
    };
    expect(registrar("std.contoso.test")).toMatchObject({ serviceId: "1-Registrar-2", isDirector: known(true), ports: known([]) });
    expect(registrar("pool.contoso.test")).toMatchObject({
      isDirector: known(false),
      generation: known({ product: "skype-2015", certainty: "confirmed" }),
      ports: known([{ owner: known("urn:component:Registrar"), port: known(5061), protocol: known("Mtls"), configuredFqdn: { state: "absent" }, range: { state: "absent" } }]),
      dependsOn: known([{ role: known("UserServices"), poolFqdn: known("pool.contoso.test") }, { serviceId: "1-EdgeServer-1", role: known("EdgeServer"), poolFqdn: known("edge.contoso.test") }]),
    });
  });

  it.each([
    ["5", known({ product: "lync-2010", certainty: "inferred" })],
    ["6", known({ product: "lync-2013", certainty: "inferred" })],
    ["7", known({ product: "skype-2015", certainty: "confirmed" })],
    ["8", known({ product: "skype-2019", certainty: "confirmed" })],
  ])("reads ServiceVersion %s", async (serviceVersion, generation) => {
    const services = (await poolsByName(syntheticTopology({ serviceVersion }))).get("edge.contoso.test")?.services;
    expect(services).toMatchObject(known([{ generation }]));
  });

  it.each(["4", "9", "x", ""])("knows no product for ServiceVersion %j", async (serviceVersion) => {
    const services = (await poolsByName(syntheticTopology({ serviceVersion }))).get("edge.contoso.test")?.services;
    expect(services).toMatchObject(known([{ generation: { state: "unknown" } }]));
  });

  it("gives Access Edge, gateways, file stores and Central Management", async () => {
    const topology = onlyItem(await readSynthetic(syntheticTopology()), "topology");
    expect(topology.accessEdges).toMatchObject(known([{ poolFqdn: known("edge.contoso.test"), externalFqdn: known("sip.contoso.test"), ports: known([{ port: known(5061) }, { port: known(5061) }, { port: known(443) }]) }]));
    expect(topology.gateways).toMatchObject(known([{ poolFqdn: known("gw.contoso.test"), mediationPools: known(["pool.contoso.test"]), mediationServerPort: known(5068) }]));
    expect(topology.fileStores).toEqual(known([{ poolFqdn: known("sql.contoso.test"), shareName: known("LyncShare") }]));
    expect(topology.centralManagement).toEqual(known([{ poolFqdn: known("pool.contoso.test"), isActive: known(true) }]));
  });

  it("leaves parts unknown that are not there", async () => {
    const topology = onlyItem(await readSynthetic('<Topology><Clusters><Cluster Fqdn="a.test"/></Clusters></Topology>'), "topology");
    expect(topology).toMatchObject({ sipDomains: { state: "unknown" }, sites: { state: "unknown" }, accessEdges: { state: "unknown" } });
    expect(topology.pools).toMatchObject(known([{ fqdn: known("a.test"), siteId: { state: "unknown" }, kind: { state: "unknown" }, services: { state: "unknown" } }]));
    expect((await readSynthetic("<Topology/>")).sections.sipDomains).toMatchObject({ state: "unknown" });
  });

  it("does not share services out among pools with the same id", async () => {
    const pools = await poolsByName(syntheticTopology().replace('<ClusterId SiteId="1" Number="2" /><Machine', '<ClusterId SiteId="1" Number="1" /><Machine'));
    expect(pools.get("pool.contoso.test")?.services).toMatchObject({ state: "unknown", reason: "malformed" });
  });

  it("reports several external FQDNs of one Access Edge as unknown", async () => {
    const xml = syntheticTopology().replace('Protocol="Tls" ConfiguredFqdn="sip.contoso.test"', 'Protocol="Tls" ConfiguredFqdn="other.contoso.test"');
    expect(onlyItem(await readSynthetic(xml), "topology").accessEdges).toMatchObject(known([{ externalFqdn: { state: "unknown", reason: "unsupported" } }]));
  });
});

const builderFile = `<?xml version="1.0" encoding="utf-8"?>
<TopologyBuilder IsFreeFromChanges="true" FileName="C:\\synthetic.tbxml" xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.TopologyBuilder.2008">
  <NewTopology><PartialTopology IsPublished="false" xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.WritableTopology.2008">
    <InternalDomains DefaultDomain="contoso.test" xmlns="urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008"><InternalDomain Name="contoso.test" /></InternalDomains>
    <CentralSites><CentralSite SiteId="1"><Name>Paris</Name><Clusters>
      <Cluster IsSingleMachineOnly="false" UniqueId="c-1" Fqdn="pool.contoso.test"><Machines><Machine Fqdn="fe1.contoso.test" /></Machines><SqlInstances /></Cluster>
      <Cluster IsSingleMachineOnly="true" UniqueId="c-2" Fqdn="sql.contoso.test"><Machines><Machine /></Machines><SqlInstances><SqlInstance UniqueId="s-1" Name="" /></SqlInstances></Cluster>
    </Clusters><RemoteSites><RemoteSite SiteId="2"><Name>Lyon</Name><Clusters><Cluster UniqueId="c-3" Fqdn="sba.contoso.test"><Machines><Machine Fqdn="sba.contoso.test" /></Machines></Cluster></Clusters></RemoteSite></RemoteSites></CentralSite></CentralSites>
    <Services>
      <Service UniqueId="v-1" RoleName="UserServices" RoleVersion="2" InstalledOn="c-1" ServiceVersion="7"><DependsOn><Dependency ServiceUniqueId="v-2" Usage="Default" /></DependsOn><Ports /></Service>
      <Service UniqueId="v-2" RoleName="UserStore" RoleVersion="1" InstalledOn="s-1" ServiceVersion="7"><DependsOn /><Ports /></Service>
    </Services>
  </PartialTopology></NewTopology>
</TopologyBuilder>`;

describe("Topology Builder file", () => {
  it("is read into the same form and marked as an unpublished design", async () => {
    const input = await readSynthetic(`\ufeff${builderFile}`);
    expect(input).toMatchObject({ format: "tbxml", problems: [{ severity: "warning" }] });
    const topology = onlyItem(input, "topology");
    expect(topology).toMatchObject({ isPublished: known(false), sites: known([{ name: known("Paris") }, { name: known("Lyon"), kind: "remote" }]) });
    expect(topology.pools).toMatchObject(
      known([
        { fqdn: known("pool.contoso.test"), siteId: known("1"), kind: known("enterprise"), services: known([{ serviceId: "v-1", dependsOn: known([{ role: known("UserStore"), poolFqdn: known("sql.contoso.test") }]) }]) },
        { fqdn: known("sql.contoso.test"), machines: known([{ fqdn: known("sql.contoso.test") }]), services: known([{ role: known("UserStore") }]) },
        { fqdn: known("sba.contoso.test"), siteId: known("2") },
      ]),
    );
  });

  it("without a topology in it is malformed", async () => {
    expect(await readSynthetic("<TopologyBuilder/>")).toMatchObject({ format: "tbxml", problems: [{ severity: "error" }], sections: { topology: { state: "unknown", reason: "malformed" } } });
  });
});
