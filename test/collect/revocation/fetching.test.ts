import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createFetcher } from "../../../src/collect/revocation/fetcher.ts";
import { rootCa, server } from "../../x509/issue.ts";
import { crl } from "../../x509/revoke.ts";
import { host, listUrl, makePki, requestFor } from "./collecting.ts";
import { redirect, startTcp, startWeb, type Web } from "./web.ts";

const { ca } = makePki();
const list = crl(ca);

async function fetch(web: Web | undefined, url = listUrl, given: Parameters<typeof requestFor>[1] = {}, signal: AbortSignal = new AbortController().signal) {
  const fetched = await createFetcher(requestFor(web, given), signal).fetch(url);
  return fetched.outcome === "fetched" ? { outcome: "fetched", lists: fetched.crls.length, problem: fetched.problem } : { outcome: fetched.outcome, reason: fetched.reason, detail: fetched.detail };
}

describe("what is asked", () => {
  it("is a plain GET that says who we are and sends nothing else", async () => {
    const web = await startWeb({ "/ca.crl?a=b": list });
    expect(await fetch(web, `${listUrl}?a=b`)).toMatchObject({ outcome: "fetched", lists: 1 });
    expect(web.requests).toHaveLength(1);
    expect(web.requests[0]).toMatchObject({ method: "GET", headers: { host, "user-agent": "umpreflight", "accept-encoding": "identity" } });
    expect(Object.keys(web.requests[0]?.headers ?? {}).toSorted()).toEqual(["accept", "accept-encoding", "connection", "host", "user-agent"]);
  });
  it("is asked once, however many certificates name it at a time", async () => {
    const web = await startWeb({ "/ca.crl": list });
    const fetcher = createFetcher(requestFor(web), new AbortController().signal);
    await Promise.all([fetcher.fetch(listUrl), fetcher.fetch(listUrl), fetcher.fetch(listUrl)]);
    expect(web.requests).toHaveLength(1);
  });
  it("is found through the lookup of the run", async () => {
    const web = await startWeb({ "/ca.crl": list });
    const url = `http://other.test:${web.port}/ca.crl`;
    const lookup: ReturnType<typeof requestFor>["lookup"] = (_name, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]);
    expect(await fetch(undefined, url, { lookup })).toMatchObject({ outcome: "fetched" });
    expect(await fetch(undefined, url)).toEqual({ outcome: "failed", reason: "unreachable", detail: "other.test does not resolve (ENOTFOUND)" });
  });
});

describe("https", () => {
  it("is followed, whatever certificate the web server has: what it publishes is signed", async () => {
    const self = server(rootCa("CN=Web"), [], {});
    const web = createServer({ cert: `-----BEGIN CERTIFICATE-----\n${self.der.toString("base64")}\n-----END CERTIFICATE-----\n`, key: self.key.privateKey.export({ type: "pkcs8", format: "pem" }) }, (_request, response) => response.end(list));
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void web.close());
    const { port } = web.address() as AddressInfo;
    expect(await fetch(undefined, "https://pki.test/ca.crl", { connectTo: { "pki.test:443": `127.0.0.1:${port}` } })).toMatchObject({ outcome: "fetched", lists: 1 });
    expect(await fetch(undefined, "https://pki.test/ca.crl", { connectTo: { "pki.test:443": "nonsense" } })).toEqual({ outcome: "failed", reason: "malformed", detail: "connectTo of pki.test:443 is not address:port" });
  });
  it("to a server that does not speak TLS fails", async () => {
    const web = await startWeb({ "/ca.crl": list });
    expect(await fetch(undefined, "https://pki.test/ca.crl", { connectTo: { "pki.test:443": `127.0.0.1:${web.port}` } })).toMatchObject({ outcome: "failed" });
  });
});

describe("several addresses of a host", () => {
  it("are tried in turn, those that may not be asked left out", async () => {
    const web = await startWeb({ "/ca.crl": list });
    const lookup: ReturnType<typeof requestFor>["lookup"] = (_name, _options, callback) => callback(null, [{ address: "169.254.1.1", family: 4 }, { address: "::1", family: 6 }, { address: "127.0.0.1", family: 4 }]);
    expect(await fetch(undefined, `http://many.test:${web.port}/ca.crl`, { lookup })).toMatchObject({ outcome: "fetched" });
  });
});

describe("redirects", () => {
  it("are followed three times", async () => {
    const web = await startWeb({ "/1": redirect("/2", 301), "/2": redirect(`http://${host}/3`, 307), "/3": redirect("ca.crl", 308), "/ca.crl": list });
    expect(await fetch(web, `http://${host}/1`)).toMatchObject({ outcome: "fetched" });
  });
  it("and not a fourth time, nor in circles", async () => {
    const web = await startWeb({ "/0": redirect("/1"), "/1": redirect("/2"), "/2": redirect("/3"), "/3": redirect("/ca.crl"), "/ca.crl": list, "/loop": redirect("/loop") });
    expect(await fetch(web, `http://${host}/0`)).toMatchObject({ outcome: "failed", reason: "unsupported" });
    expect(await fetch(web, `http://${host}/loop`)).toMatchObject({ outcome: "failed", detail: "pki.test leads elsewhere more than 3 times" });
    expect(web.requests).toHaveLength(8);
  });
  it.each(["file:///etc/passwd", "ldap:///CN=a,DC=b?cACertificate", "http://user:secret@pki.test/ca.crl", "javascript:1", "http://["])("to %s are refused", async (to) => {
    const web = await startWeb({ "/ca.crl": redirect(to) });
    expect(await fetch(web)).toMatchObject({ outcome: "refused" });
  });
  it("to this link are refused", async () => {
    const web = await startWeb({ "/ca.crl": redirect("http://169.254.169.254/latest/meta-data/") });
    expect(await fetch(web)).toMatchObject({ outcome: "refused", detail: expect.stringContaining("169.254.169.254") });
  });
});

describe("addresses of this machine", () => {
  it.each([
    ["by connectTo", listUrl],
    ["as a literal", "http://127.0.0.1:PORT/ca.crl"],
    ["as a number", "http://2130706433:PORT/ca.crl"],
    ["in an IPv6 literal", "http://[::ffff:127.0.0.1]:PORT/ca.crl"],
    ["by name", "http://inside.test:PORT/ca.crl"],
  ])("are not even connected to: %s", async (_how, url) => {
    const web = await startWeb({ "/ca.crl": list });
    const lookup: ReturnType<typeof requestFor>["lookup"] = (_name, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }, { address: "::1", family: 6 }]);
    expect(await fetch(web, url.replace("PORT", String(web.port)), { lookup, fetch: { enabled: true, allowLoopback: false } })).toMatchObject({ outcome: "refused", reason: "not-collected" });
    expect(web.connections()).toBe(0);
  });
});

describe("servers that do not serve", () => {
  it.each([
    [404, "not-found", "unreachable"],
    [410, "not-found", "unreachable"],
    [401, "failed", "denied"],
    [403, "failed", "denied"],
    [500, "failed", "unreachable"],
    [206, "failed", "unreachable"],
    [302, "failed", "unreachable"],
  ])("status %i", async (status, outcome, reason) => {
    const web = await startWeb({ "/ca.crl": (_request, response) => response.writeHead(status).end("x") });
    expect(await fetch(web)).toEqual({ outcome, reason, detail: `pki.test answered with the status ${status}` });
  });
  it("nothing listens", async () => {
    const web = await startTcp(() => undefined);
    expect(await fetch({ ...web, port: 1 })).toMatchObject({ outcome: "failed", reason: "unreachable", detail: "pki.test refused the connection: nothing listens there" });
  });
  it("no HTTP", async () => {
    expect(await fetch(await startTcp((socket) => socket.end("220 mail.test ESMTP\r\n")))).toMatchObject({ outcome: "failed", reason: "malformed" });
  });
  it("endless headers", async () => {
    const web = await startTcp((socket) => socket.write(`HTTP/1.1 200 OK\r\n${"X-Header: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(2000)}`));
    expect(await fetch(web)).toMatchObject({ outcome: "failed", reason: "malformed" });
  });
  it("half an answer", async () => {
    const web = await startTcp((socket) => socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nabc")));
    expect(await fetch(web)).toMatchObject({ outcome: "failed", reason: "truncated", detail: "pki.test cut its answer off" });
  });
  it("an encoding that was not asked for", async () => {
    const web = await startWeb({ "/ca.crl": (_request, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end(list) });
    expect(await fetch(web)).toMatchObject({ outcome: "failed", reason: "unsupported" });
  });
  it("something else", async () => {
    const web = await startWeb({ "/ca.crl": Buffer.from("<html>welcome</html>") });
    expect(await fetch(web)).toMatchObject({ outcome: "fetched", lists: 0, problem: expect.any(String) });
  });
});

describe("servers that do not end", () => {
  it("cost the time of one fetch: silence, and single bytes", async () => {
    const silent = await startTcp(() => undefined);
    const slow = await startWeb({
      "/ca.crl": (_request, response) => {
        response.writeHead(200, { "Content-Length": 1_000_000 });
        const timer = setInterval(() => response.write("a"), 20);
        response.on("close", () => clearInterval(timer));
      },
    });
    const limits = { connectTimeoutMs: 1_000, operationTimeoutMs: 300, targetTimeoutMs: 10_000 };
    const startedAt = performance.now();
    expect(await fetch(silent, listUrl, { limits })).toMatchObject({ outcome: "failed", reason: "timeout" });
    expect(await fetch(slow, listUrl, { limits })).toMatchObject({ outcome: "failed", reason: "timeout" });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
  it("are cut off at 20 MB, announced or not", async () => {
    const announced = await startWeb({ "/ca.crl": (_request, response) => response.writeHead(200, { "Content-Length": 30_000_000 }).write("a") });
    let sent = 0;
    const endless = await startWeb({
      "/ca.crl": (_request, response) => {
        const chunk = Buffer.alloc(1_000_000);
        const more = (): void => {
          sent += chunk.length;
          if (!response.destroyed) response.write(chunk, () => setImmediate(more));
        };
        more();
      },
    });
    const tooLong = { outcome: "failed", reason: "truncated", detail: "pki.test sends more than 20971520 bytes" };
    expect(await fetch(announced)).toEqual(tooLong);
    expect(await fetch(endless)).toEqual(tooLong);
    expect(sent).toBeLessThan(60_000_000);
  });
  it("end with the run, and nothing is asked after it", async () => {
    const web = await startTcp(() => undefined);
    const run = new AbortController();
    const waiting = fetch(web, listUrl, {}, run.signal);
    setTimeout(() => run.abort(), 50);
    expect(await waiting).toEqual({ outcome: "failed", reason: "not-collected", detail: "interrupted before pki.test had answered" });
    expect(await fetch(web, listUrl, {}, run.signal)).toMatchObject({ reason: "not-collected" });
    expect(web.connections()).toBe(1);
  });
  it("are not asked more than 500 times in all", async () => {
    const fetcher = createFetcher(requestFor(undefined), new AbortController().signal);
    const fetched = await Promise.all(Array.from({ length: 501 }, (_, index) => fetcher.fetch(`http://h${index}.test/`)));
    expect(fetched.map(({ outcome }) => outcome).filter((outcome) => outcome === "refused")).toHaveLength(1);
  });
});
