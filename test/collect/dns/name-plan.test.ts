import { describe, expect, it } from "vitest";
import { planNames } from "../../../src/collect/dns/name-plan.ts";
import { missing, subject, worldOf } from "../../derive/world-of.ts";

const subjects = worldOf(
  subject("lyncConfiguration", "lync-configuration", { configuredSipDomains: ["contoso.test"] }),
  subject("lyncDeployment", "rtc", { sipDomains: ["Contoso.test", "litware.test"], edgePools: missing }),
  subject("topologyPool", "edge", { fqdn: "edge.contoso.test", machines: [], accessEdgeFqdn: "access.contoso.test" }),
  subject("pstnGateway", "g1", { fqdn: "gw.contoso.test" }),
  subject("pstnGateway", "g2", { fqdn: "10.0.0.9" }),
  subject("simpleUrl", "meet", { host: "meet.contoso.test" }),
  subject("simpleUrl", "odd", { host: missing }),
);

describe("names to look up", () => {
  it("are inside those of servers, gateways and sign-in, but no addresses", () => {
    const { hosts, services } = planNames(subjects, "inside");
    expect([...hosts].filter((host) => host.endsWith("contoso.test")).sort()).toEqual(["edge.contoso.test", "gw.contoso.test", "lyncdiscover.contoso.test", "lyncdiscoverinternal.contoso.test", "meet.contoso.test", "sip.contoso.test", "sipinternal.contoso.test", "ucupdates-r2.contoso.test"]);
    expect(hosts).toContain("sip.litware.test");
    expect(hosts).not.toContain("10.0.0.9");
    expect(services).toEqual(new Set(["contoso.test", "litware.test"].flatMap((domain) => ["_sipinternaltls._tcp", "_sip._tls", "_sipfederationtls._tcp", "_ntp._udp"].map((service) => `${service}.${domain}`))));
  });

  it("are outside those of the Edge, of sign-in and of what should be gone", () => {
    const { hosts, services, reverse } = planNames(subjects, "outside");
    expect([...hosts].filter((host) => host.endsWith("contoso.test")).sort()).toEqual(["access.contoso.test", "lyncdiscover.contoso.test", "lyncdiscoverinternal.contoso.test", "meet.contoso.test", "sip.contoso.test", "sipexternal.contoso.test"]);
    expect([...services].filter((service) => service.endsWith("contoso.test"))).toEqual(["_sip._tls.contoso.test", "_sipfederationtls._tcp.contoso.test", "_xmpp-server._tcp.contoso.test"]);
    expect(reverse.size).toBe(0);
  });
});
