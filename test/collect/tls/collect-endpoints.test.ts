import { describe, expect, it } from "vitest";
import { absent, known, unknown } from "../../../src/model/observation.ts";
import { createStore } from "../../../src/snapshot/store.ts";
import { collectEndpoints } from "../../../src/collect/tls/collect-endpoints.ts";
import { makePki } from "./certificates.ts";
import { collect, endpoint, host, requestFor } from "./probing.ts";
import { answerSip, closedPort, startTcp, startTls } from "./servers.ts";

const pki = await makePki();

describe("trust anchors", () => {
  it("are described for each side", async () => {
    const anchors = { lync: known([pki.root.der, pki.otherRoot.der], "configuration"), exchange: known([], "configuration"), public: absent("configuration") };
    const { store } = await collect(requestFor(1, { configured: [], anchors }));
    expect(store.get("trustAnchorSet", "lync")?.facts).toMatchObject({ side: { value: "lync" }, certificates: { state: "known", source: "configuration", value: [{ subject: "CN=Test Root" }, { subject: "CN=Other Root" }] } });
    expect(store.get("trustAnchorSet", "exchange")?.facts).toMatchObject({ side: { value: "exchange" }, certificates: { state: "known", value: [] } });
  });

  it("that are not configured are unknown", async () => {
    const why = unknown("denied", "not readable");
    const { store } = await collect(requestFor(1, { configured: [], anchors: { lync: absent("configuration"), exchange: why, public: absent("configuration") } }));
    expect(store.get("trustAnchorSet", "lync")?.facts["certificates"]).toEqual(unknown("not-collected", "no trust anchors of the lync side are configured"));
    expect(store.get("trustAnchorSet", "exchange")?.facts["certificates"]).toEqual(why);
  });

  it("that are public are told where something outside is to be judged, and only those that could judge it", async () => {
    const port = await startTls({ cert: pki.server.cert + pki.issuing.cert, key: pki.server.key }, answerSip);
    const anchors = { lync: known([], "configuration"), exchange: known([], "configuration"), public: known([pki.otherRoot.der, pki.root.der], "roots of the test") };
    const outer = await collect(requestFor(port, { anchors, configured: [endpoint({ side: "edge-external", role: "access-edge" })] }));
    expect(outer.store.get("trustAnchorSet", "public")?.facts).toMatchObject({ side: { value: "public" }, certificates: { state: "known", source: "roots of the test", value: [{ subject: "CN=Test Root" }] } });
    expect(outer.facts["opensslVerdict"]).toMatchObject({ value: "ok", source: "OpenSSL, by public roots" });
    const inner = await collect(requestFor(port, { anchors, configured: [endpoint({ side: "edge-internal", role: "edge-internal" })] }));
    expect(inner.store.get("trustAnchorSet", "public")).toBeUndefined();
    expect(inner.short["opensslVerdict"]).not.toBe("ok");
  });

  it("that cannot be read are unknown, and keep nothing from being probed", async () => {
    const port = await startTls({ cert: pki.server.cert + pki.issuing.cert, key: pki.server.key }, answerSip);
    const broken = known([Buffer.from("no certificate"), pki.root.der], "configuration");
    const { store, short } = await collect(requestFor(port, { anchors: { lync: broken, exchange: broken, public: broken } }));
    expect(store.get("trustAnchorSet", "lync")?.facts["certificates"]).toMatchObject({ state: "unknown", reason: "malformed" });
    expect(short).toMatchObject({ sipStatus: 200, opensslVerdict: "ok" });
  });
});

describe("what is planned", () => {
  it("is stated where nothing is to be probed", async () => {
    const { store, targets } = await collect(requestFor(1, { configured: [] }));
    expect(store.get("deployment", "deployment")?.facts["endpoints"]).toMatchObject({ state: "known", value: [] });
    expect(targets).toEqual([{ kind: "endpoints", name: "0 endpoints", status: "read", problems: [] }]);
  });

  it("is told to be incomplete, and owners with it, where the directory was not read", async () => {
    const store = createStore(() => Promise.resolve());
    const unread = unknown("unreachable", "fabrikam.test was not read");
    store.subject({ kind: "forest", id: "fabrikam.test", name: "fabrikam.test" });
    store.observe("forest", "fabrikam.test", "roles", known(["exchange"], "configuration"));
    store.observe("forest", "fabrikam.test", "exchangeOrganization", unread);
    const port = await startTcp(answerSip);
    const context = { signal: new AbortController().signal, now: () => 0, subjects: store, observer: store, progress: () => undefined };
    const targets = await collectEndpoints(requestFor(port, { configured: [endpoint({ transport: "tcp" })] }), context);
    expect(store.get("deployment", "deployment")?.facts["endpoints"]).toEqual(unread);
    expect(store.get("endpoint", `${host}:5061`)?.facts).toMatchObject({ server: unread, pool: unread, assignedThumbprint: unread, sipStatus: { value: 200 } });
    expect(targets).toEqual([{ kind: "endpoints", name: "1 endpoint", status: "partly-read", problems: ["fabrikam.test was not read"] }]);
  });
});

describe("a SIP request", () => {
  it.each([["lyncpool.contoso.test", "lyncpool.contoso.test"], ["x>\r\nEvil: 1", "anonymous.invalid"], ["*.contoso.test", "anonymous.invalid"]])("of %j is sent by %s", async (sipIdentity, sender) => {
    let text = "";
    const port = await startTcp((socket) => {
      socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
      answerSip(socket);
    });
    await collect(requestFor(port, { configured: [endpoint({ transport: "tcp" })], sipIdentity }));
    expect(text).toMatch(new RegExp(`^OPTIONS sip:${host}:5061;transport=tcp SIP/2\\.0\r\nVia: SIP/2\\.0/TCP ${sender};branch=z9hG4bK[0-9a-f]{24};rport\r\n`, "u"));
    expect(text).not.toContain("Evil");
  });
});

describe("a caller who is sent on", () => {
  const contacts = (...targets: readonly string[]): readonly string[] => targets.map((target) => `Contact: <${target}>`);
  const router = endpoint({ port: 5060, role: "um-call-router", transport: "tcp" });

  it("is followed to other ports of servers that are known, and from there, once", async () => {
    const worker = await startTcp((socket) => answerSip(socket, "302 Moved Temporarily", contacts(`sip:${host}:5060;transport=tcp`, `sip:${host}:5065;transport=tcp`)));
    const service = await startTcp((socket) => answerSip(socket, "302 Moved Temporarily", contacts(`sip:${host}:5065;transport=tcp`)));
    const port = await startTcp((socket) => answerSip(socket, "302 Moved Temporarily", contacts(`sip:100@${host.toUpperCase()}:5062;transport=TCP`, "sip:elsewhere.test:5062", "sip:127.0.0.1:22")));
    const connectTo = { [`${host}:5060`]: `127.0.0.1:${port}`, [`${host}:5062`]: `127.0.0.1:${service}`, [`${host}:5065`]: `127.0.0.1:${worker}` };
    const { store, facts } = await collect(requestFor(port, { configured: [router], connectTo }));
    expect(facts["sipRedirectTargets"]).toMatchObject({ state: "known", value: [`sip:${host}:5062;transport=tcp`, "sip:elsewhere.test:5062;transport=tcp", "sip:127.0.0.1:22;transport=tcp"] });
    expect(store.get("deployment", "deployment")?.facts["endpoints"]).toMatchObject({ value: [`${host}:5060`, `${host}:5062`, `${host}:5065`] });
    expect(store.get("endpoint", `${host}:5062`)?.facts).toMatchObject({ role: { value: "um-service", source: `${host}:5060, which sends callers there` }, reachable: { value: true }, assignedThumbprint: { state: "unknown" } });
    expect(store.get("endpoint", `${host}:5065`)?.facts).toMatchObject({ sipStatus: { value: 302 } });
  });

  it("finds a port that refuses connections", async () => {
    const port = await startTcp((socket) => answerSip(socket, "302 Moved Temporarily", contacts(`sip:${host}:5062`)));
    const connectTo = { [`${host}:5060`]: `127.0.0.1:${port}`, [`${host}:5062`]: `127.0.0.1:${await closedPort()}` };
    const { store } = await collect(requestFor(port, { configured: [router], connectTo }));
    expect(store.get("endpoint", `${host}:5062`)?.facts["reachable"]).toMatchObject({ state: "known", value: false });
  });

  it.each([22, 443, 5059, 5069, 65_535])("is not followed to port %s, which is none of UM", async (other) => {
    const port = await startTcp((socket) => answerSip(socket, "302 Moved Temporarily", contacts(`sip:${host}:${other}`)));
    const { store } = await collect(requestFor(port, { configured: [router], connectTo: { [`${host}:5060`]: `127.0.0.1:${port}` } }));
    expect(store.all("endpoint").map(({ id }) => id)).toEqual([`${host}:5060`]);
  });

  it.each(["gateway", "lync", "edge-external"] as const)("is not followed where the server is one of the side %s", async (side) => {
    const port = await startTcp((socket) => answerSip(socket, "302 Moved Temporarily", contacts(`sip:${host}:5062`)));
    const { store, facts } = await collect(requestFor(port, { configured: [{ ...router, side }], connectTo: { [`${host}:5060`]: `127.0.0.1:${port}` } }));
    expect(facts["sipRedirectTargets"]).toMatchObject({ state: "known" });
    expect(store.all("endpoint")).toHaveLength(1);
  });

  it("is tried at nine ports of a server at most, however many it is sent to", async () => {
    const all = Array.from({ length: 60 }, (_, at) => `sip:${host}:${5050 + (at % 30)};transport=tcp`);
    const port = await startTcp((socket) => answerSip(socket, "302 Moved Temporarily", contacts(...all)));
    const { store } = await collect(requestFor(port, { configured: [router], connectTo: Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`${host}:${5050 + at}`, `127.0.0.1:${port}`])) }));
    expect(store.all("endpoint").length).toBeGreaterThan(1);
    expect(store.all("endpoint").length).toBeLessThanOrEqual(9);
  });

  it("is not sent on by Contacts of other answers", async () => {
    const port = await startTcp((socket) => answerSip(socket, "200 OK", contacts(`sip:${host}:5062`)));
    const { store, short } = await collect(requestFor(port, { configured: [router], connectTo: { [`${host}:5060`]: `127.0.0.1:${port}` } }));
    expect(short).toMatchObject({ sipStatus: 200, sipRedirectTargets: "absent" });
    expect(store.all("endpoint")).toHaveLength(1);
  });
});
