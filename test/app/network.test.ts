import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { locateThrough, openViews } from "../../src/app/network.ts";
import { zoneData } from "../../src/lab/dns/zone-data.ts";
import { runDns } from "../../src/lab/running-servers.ts";
import { defaultLimits, type Config, type ForestConfig } from "../../src/model/config.ts";

const records = ["contoso.test", "emea.contoso.test", "litware.test"].map((domain) => ({ view: "inside" as const, name: `_ldap._tcp.dc._msdcs.${domain}`, type: "SRV" as const, data: [`dc1.${domain} 389 0 100`.split(" ")].flat() }));
let server: Awaited<ReturnType<typeof runDns>>;

beforeAll(async () => {
  server = await runDns({ data: zoneData(records, "inside"), faultOf: () => undefined });
});
afterAll(() => server.listener.close());

const forest = (security: ForestConfig["security"]): ForestConfig => ({ name: "contoso.test", roles: ["lync"], security, sendPasswordInClearText: false, credentials: { user: "u", password: { prompt: true } } });

async function located(security: ForestConfig["security"], domain: string) {
  const config = { dns: { inside: { servers: [`127.0.0.1:${server.listener.port}`] } }, limits: defaultLimits } as unknown as Config;
  const view = openViews(config, new AbortController().signal, () => performance.now()).inside;
  const found = await locateThrough(view, [forest(security)], () => 0.5)(domain, "domainController", "contoso.test");
  return found.state === "known" ? found.value : found;
}

describe("domain controllers by DNS", () => {
  it("are asked over what their forest is configured for, also in a tree of its own name", async () => {
    expect(await located("starttls", "emea.contoso.test")).toEqual([{ host: "dc1.emea.contoso.test", port: 389 }]);
    expect(await located("starttls", "litware.test")).toEqual([{ host: "dc1.litware.test", port: 389 }]);
    expect(await located("ldaps", "litware.test")).toEqual([{ host: "dc1.litware.test", port: 636 }]);
  });
});
