import { describe, expect, it } from "vitest";
import { detectedProducts } from "../../src/derive/detected-products.ts";
import type { Subject } from "../../src/model/subject.ts";
import { missing, subject, worldOf } from "./world-of.ts";

const version = (major: number, minor: number, build: number, revision = 0) => ({ major, minor, build, revision });
const told = (...world: readonly Subject[]) => detectedProducts(worldOf(...world)).map(({ product, subject: { name }, version: text, detail }) => [product, name, text, detail]);

describe("the products of a deployment", () => {
  it("are Exchange servers by their server objects, with the update where the build is known", () => {
    const server = (name: string, product: "Exchange2007SP1" | "Exchange2010SP3" | "Exchange2013" | "Exchange2016" | "Exchange2019", ...number: readonly [number, number, number, number]) => subject("exchangeServer", name, { product, version: version(...number) });
    expect(
      told(
        server("ex07", "Exchange2007SP1", 8, 1, 240, 6),
        server("ex10", "Exchange2010SP3", 14, 3, 123, 4),
        server("ex13", "Exchange2013", 15, 0, 1497, 2),
        server("ex13rtm", "Exchange2013", 15, 0, 516, 32),
        server("ex13odd", "Exchange2013", 15, 0, 1500, 1),
        server("ex16", "Exchange2016", 15, 1, 2507, 6),
        server("ex19", "Exchange2019", 15, 2, 1748, 10),
        server("exse", "Exchange2019", 15, 2, 2562, 17),
        subject("exchangeServer", "silent", { product: missing, version: missing }),
      ),
    ).toEqual([
      ["Exchange Server", "ex07", "Exchange 2007 SP1 (8.1.240.6)", "server object, test"],
      ["Exchange Server", "ex10", "Exchange 2010 SP3 (14.3.123.4)", "server object, test"],
      ["Exchange Server", "ex13", "Exchange 2013 CU23 (15.0.1497.2)", "server object, test"],
      ["Exchange Server", "ex13rtm", "Exchange 2013 RTM (15.0.516.32)", "server object, test"],
      ["Exchange Server", "ex13odd", "Exchange 2013 (15.0.1500.1)", "server object, test"],
      ["Exchange Server", "ex16", "Exchange 2016 CU23 (15.1.2507.6)", "server object, test"],
      ["Exchange Server", "ex19", "Exchange 2019 CU15 (15.2.1748.10)", "server object, test"],
      ["Exchange Server", "exse", "Exchange SE (15.2.2562.17)", "server object, test"],
      ["Exchange Server", "silent", undefined, "not read: not read in the test"],
    ]);
  });

  it("are pools by the topology, else as far as the directory tells", () => {
    const pool = (name: string, number: number, more = {}) => subject("lyncPool", name, { version: number, branch: false, director: false, topologyPool: undefined, ...more });
    const topologyPool = (name: string, serviceVersion: number | typeof missing, roles: readonly string[], director = false) => subject("topologyPool", name, { serviceVersion, roles, director });
    expect(
      told(
        pool("fe", 5, { topologyPool: "t-fe" }),
        pool("old", 4),
        pool("alone", 6, { branch: true }),
        pool("lost", 5, { topologyPool: missing }),
        topologyPool("t-fe", 7, ["Registrar", "MediationServer"]),
        topologyPool("t-dir", 8, ["Registrar"], true),
        topologyPool("t-edge", 6, ["EdgeServer"]),
        topologyPool("t-med", 9, ["MediationServer"]),
        topologyPool("t-unread", missing, ["EdgeServer"]),
        topologyPool("t-sql", 7, ["UserStore"]),
      ),
    ).toEqual([
      ["Front End pool", "fe", "Skype for Business Server 2015", "ServiceVersion 7 of the topology, test"],
      ["Front End pool", "old", "Office Communications Server 2007 R2", "msRTCSIP-PoolVersion 4, test"],
      ["Branch pool", "alone", "Lync Server 2010 or later", "msRTCSIP-PoolVersion 6, test; only the topology tells Lync Server 2010, 2013 and Skype for Business Server apart"],
      ["Front End pool", "lost", "Lync Server 2010 or later", "msRTCSIP-PoolVersion 5, test; only the topology tells Lync Server 2010, 2013 and Skype for Business Server apart"],
      ["Director pool", "t-dir", "Skype for Business Server 2019", "ServiceVersion 8 of the topology, test"],
      ["Edge pool", "t-edge", "Lync Server 2013", "ServiceVersion 6 of the topology, test"],
      ["Mediation pool", "t-med", undefined, "ServiceVersion 9 of the topology, test, is none that is known"],
      ["Edge pool", "t-unread", undefined, "not read: not read in the test"],
    ]);
  });

  it("are told from schema levels only as far as these go", () => {
    const forest = (name: string, exchangeSchemaLevel: number | undefined | typeof missing, lyncSchemaLevel: number | undefined) => subject("forest", name, { roles: [], exchangeSchemaLevel, lyncSchemaLevel });
    const prepared = "it tells what the forest was prepared for, not which servers there are";
    expect(told(forest("a.test", 14622, 1150), forest("b.test", 15999, undefined), forest("c.test", missing, 1100))).toEqual([
      ["Exchange schema", "a.test", "Exchange 2007 SP2 or Exchange 2010 RTM", `schema level 14622 (ms-Exch-Schema-Version-Pt); ${prepared}`],
      ["Lync schema", "a.test", "Lync Server 2013, Skype for Business Server 2015 or 2019", `schema level 1150 (ms-RTC-SIP-SchemaVersion); ${prepared}`],
      ["Exchange schema", "b.test", undefined, "schema level 15999 (ms-Exch-Schema-Version-Pt) is none that is known"],
      ["Exchange schema", "c.test", undefined, "not read: not read in the test"],
      ["Lync schema", "c.test", "Lync Server 2010", `schema level 1100 (ms-RTC-SIP-SchemaVersion); ${prepared}`],
    ]);
  });

  it("are not thought complete where a list was not read", () => {
    expect(
      told(
        subject("forest", "a.test", { roles: ["exchange", "lync"], exchangeOrganization: missing, lyncDeployment: missing, exchangeSchemaLevel: undefined, lyncSchemaLevel: undefined }),
        subject("exchangeOrganization", "Contoso", { servers: missing }),
        subject("lyncDeployment", "RTC", { pools: missing }),
        subject("lyncConfiguration", "lync-configuration", { topologyPools: missing }),
      ),
    ).toEqual([
      ["Exchange servers", "a.test", undefined, "the list was not read: not read in the test"],
      ["Lync pools", "a.test", undefined, "the list was not read: not read in the test"],
      ["Exchange servers", "Contoso", undefined, "the list was not read: not read in the test"],
      ["Lync pools", "RTC", undefined, "the list was not read: not read in the test"],
      ["Pools of the topology", "lync-configuration", undefined, "the list was not read: not read in the test"],
    ]);
  });
});
