import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import type { EndpointRequest } from "../../../src/collect/tls/endpoint-request.ts";
import { makePki } from "./certificates.ts";
import { collect, endpoint, host, identityOf, requestFor } from "./probing.ts";
import { answerSip, closedPort, startTcp, startTls } from "./servers.ts";

const pki = await makePki();
const tls = { cert: pki.server.cert + pki.issuing.cert, key: pki.server.key };
const quick: Pick<EndpointRequest, "limits"> = { limits: { connectTimeoutMs: 300, operationTimeoutMs: 300, targetTimeoutMs: 1_000, parallelEndpoints: 4 } };
const plain = { configured: [endpoint({ transport: "tcp" })] };

function all(reason: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(["speaksTls", "protocol", "cipher", "certificate", "chain", "clientCertificateRequested", "opensslVerdict", "sipStatus", "sipProduct"].map((fact) => [fact, `?${reason}`]));
}

/** Sends the same over and over until the other side goes away. */
function repeat(socket: Socket, bytes: Buffer, everyMs: number): void {
  const timer = setInterval(() => socket.write(bytes), everyMs);
  socket.on("close", () => clearInterval(timer));
}

/** Sends the same as fast as it is taken. */
function flood(socket: Socket, bytes: Buffer): void {
  const pour = (): void => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on("drain", pour);
  pour();
}

describe("an endpoint that is not there", () => {
  it("and refuses is known not to be reachable", async () => {
    const { short, facts, targets } = await collect(requestFor(await closedPort()));
    expect(short).toMatchObject({ ...all("unreachable"), reachable: false, clientCertificateAccepted: "?unreachable" });
    expect(facts["sipStatus"]).toMatchObject({ detail: expect.stringContaining("nothing listens there (127.0.0.1:") });
    expect(targets[0]?.status).toBe("partly-read");
  });

  it("because its name does not resolve is unknown", async () => {
    const lookup: EndpointRequest["lookup"] = (name, _options, done) => done(Object.assign(new Error(`no ${name}`), { code: "ENOTFOUND" }), "", 4);
    const { short, targets } = await collect(requestFor(1, { lookup, connectTo: {} }));
    expect(short).toMatchObject({ ...all("unreachable"), reachable: "?unreachable" });
    expect(targets).toEqual([{ kind: "endpoints", name: "1 endpoint", status: "not-read", problems: [`${host}:5061: the name ${host} does not resolve: no ${host}`] }]);
  });

  it.each([
    ["no address", []],
    ["what is no address", [{ address: "not an address", family: 4 }]],
  ])("because its name gives %s is unknown", async (_case, found) => {
    const { short } = await collect(requestFor(1, { lookup: (_name, _options, done) => done(null, found), connectTo: {} }));
    expect(short["reachable"]).toBe("?unreachable");
  });

  it("because its name is never resolved costs its time only", async () => {
    const { short } = await collect(requestFor(1, { lookup: () => undefined, connectTo: {}, ...quick }));
    expect(short["reachable"]).toBe("?timeout");
  });

  it.each(["a b.test", "x\r\nEvil: 1", "", "-x.test", `${"a".repeat(64)}.test`])("because %j is no host name is not connected to", async (name) => {
    const { short } = await collect(requestFor(1, { configured: [endpoint({ host: name })], connectTo: {} }));
    expect(short["reachable"]).toBe("?malformed");
  });

  it("because it is redirected to nowhere", async () => {
    const { short } = await collect(requestFor(1, { connectTo: { [`${host}:5061`]: "nowhere" } }));
    expect(short["reachable"]).toBe("?malformed");
  });
});

describe("names with several addresses", () => {
  it("are tried in turn", async () => {
    const port = await startTls(tls, answerSip);
    const lookup: EndpointRequest["lookup"] = (_name, _options, done) => done(null, [{ address: "127.0.0.2", family: 4 }, { address: "127.0.0.1", family: 4 }]);
    const { short } = await collect(requestFor(port, { lookup, connectTo: { [`${host}:5061`]: `elsewhere.test:${port}` } }));
    expect(short).toMatchObject({ reachable: true, sipStatus: 200 });
  });
});

describe("a TLS endpoint that", () => {
  it.each([
    ["is silent", (socket: Socket) => void socket.resume(), "?timeout", "timeout"],
    ["closes at once", (socket: Socket) => void socket.end(), "?unreachable", "unreachable"],
    ["resets after our hello", (socket: Socket) => void socket.once("data", () => socket.resetAndDestroy()), "?unreachable", "unreachable"],
    ["answers garbage", (socket: Socket) => void socket.write(Buffer.from("garbage in plenty")), false, "malformed"],
    ["answers SIP in clear", (socket: Socket) => void socket.once("data", () => socket.end("SIP/2.0 400 Bad Request\r\n\r\n")), false, "malformed"],
    ["drips records", (socket: Socket) => repeat(socket, Buffer.from([22]), 20), false, "malformed"],
    ["drips the start of a hello", (socket: Socket) => repeat(socket, Buffer.from([22, 3, 3, 0, 1, 2]), 20), "?malformed", "malformed"],
    ["sends half a record", (socket: Socket) => void socket.write(Buffer.from([22, 3, 3, 64, 0, 2, 0, 0, 70])), "?timeout", "timeout"],
    ["floods with records", (socket: Socket) => flood(socket, Buffer.alloc(9 * 7_000, Buffer.from([22, 3, 3, 0, 4, 0, 0, 0, 0]))), "?malformed", "malformed"],
    ["announces a huge message", (socket: Socket) => flood(socket, Buffer.concat([Buffer.from([22, 3, 3, 0x40, 0, 2, 255, 255, 255]), Buffer.alloc(16_380)])), "?malformed", "malformed"],
  ])("%s", async (_case, serve, speaksTls, reason) => {
    const port = await startTcp(serve);
    const startedAt = performance.now();
    const { short } = await collect(requestFor(port, { identity: identityOf(pki.client), ...quick }));
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(short).toMatchObject({ ...all(reason), reachable: true, speaksTls, clientCertificateAccepted: `?${reason}` });
  });
});

describe("a TLS endpoint that resets at once", () => {
  it("is unreachable, whether the reset comes before or after we learn of the connection", async () => {
    const { short } = await collect(requestFor(await startTcp((socket) => socket.resetAndDestroy()), quick));
    expect([true, "?unreachable"]).toContain(short["reachable"]);
    expect(short).toMatchObject(all("unreachable"));
  });
});

describe("a SIP endpoint", () => {
  it("over plain TCP is asked without TLS", async () => {
    const port = await startTcp((socket) => answerSip(socket, "405 Method Not Allowed", []));
    const { short, targets } = await collect(requestFor(port, plain));
    expect(short).toMatchObject({ reachable: true, sipStatus: 405, sipProduct: "absent", speaksTls: "?not-collected", chain: "?not-collected", clientCertificateAccepted: "?not-collected", opensslVerdict: "?not-collected" });
    expect(targets[0]?.status).toBe("read");
  });

  const answers: readonly (readonly [string, (socket: Socket) => void, string])[] = [
    ["is silent", (socket) => void socket.resume(), "?timeout"],
    ["closes", (socket) => void socket.end(), "?unreachable"],
    ["resets", (socket) => void socket.once("data", () => socket.destroy()), "?unreachable"],
    ["answers HTTP", (socket) => void socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")), "?malformed"],
    ["answers garbage", (socket) => void socket.write(Buffer.alloc(40_000, 0xff)), "?malformed"],
    ["stops in the middle", (socket) => void socket.once("data", () => socket.end("SIP/2.0 200 OK\r\nServer: X")), "?truncated"],
    ["stops in the body", (socket) => void socket.once("data", () => socket.end("SIP/2.0 200 OK\r\nContent-Length: 10\r\n\r\nabc")), "?truncated"],
    ["announces two gigabytes", (socket) => void socket.once("data", () => socket.write("SIP/2.0 200 OK\r\nContent-Length: 2147483647\r\n\r\n")), "?malformed"],
    ["drips", (socket) => repeat(socket, Buffer.from("\r\n"), 10), "?timeout"],
    ["has endless headers", (socket) => flood(socket, Buffer.from(`SIP/2.0 200 OK\r\n${"X: y\r\n".repeat(10_000)}`)), "?malformed"],
    ["sends provisional answers for ever", (socket) => flood(socket, Buffer.from("SIP/2.0 100 Trying\r\nContent-Length: 0\r\n\r\n".repeat(1_500))), "?malformed"],
  ];
  it.each(answers)("over TCP that %s", async (_case, serve, status) => {
    const { short } = await collect(requestFor(await startTcp(serve), { ...plain, ...quick }));
    expect(short).toMatchObject({ reachable: true, sipStatus: status, sipProduct: status });
  });

  it.each(answers)("over TLS that %s", async (_case, serve, status) => {
    const { short } = await collect(requestFor(await startTls(tls, serve), quick));
    expect(short).toMatchObject({ reachable: true, speaksTls: true, protocol: "TLSv1.3", sipStatus: status, sipProduct: status });
  });
});

describe("an interrupted run", () => {
  it("leaves what was not read unknown", async () => {
    const interrupted = new AbortController();
    const port = await startTls(tls, (socket) => {
      socket.resume();
      interrupted.abort(new Error("interrupted"));
    });
    const startedAt = performance.now();
    const { short, facts } = await collect(requestFor(port), interrupted.signal);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(short).toMatchObject({ reachable: true, sipStatus: "?not-collected" });
    expect(facts["sipStatus"]).toMatchObject({ detail: "interrupted: no SIP answer" });
  });

  it("connects to nothing any more", async () => {
    let connections = 0;
    const port = await startTcp(() => {
      connections += 1;
    });
    const { short } = await collect(requestFor(port), AbortSignal.abort(new Error("interrupted")));
    expect(short["reachable"]).toBe("?not-collected");
    expect(connections).toBe(0);
  });
});

describe("many endpoints", () => {
  it("are probed at most so many at once, and all of them", async () => {
    let open = 0;
    let most = 0;
    const port = await startTcp((socket) => {
      open += 1;
      most = Math.max(most, open);
      socket.on("close", () => {
        open -= 1;
      });
      setTimeout(() => answerSip(socket), 10);
    });
    const hosts = Array.from({ length: 12 }, (_unused, index) => `um${index}.fabrikam.test`);
    const request = requestFor(port, {
      configured: hosts.map((name) => endpoint({ host: name, transport: "tcp" })),
      connectTo: Object.fromEntries(hosts.map((name) => [`${name}:5061`, `127.0.0.1:${port}`])),
      limits: { connectTimeoutMs: 1_000, operationTimeoutMs: 1_000, targetTimeoutMs: 5_000, parallelEndpoints: 3 },
    });
    const { store, targets } = await collect(request);
    expect(store.all("endpoint").map(({ facts }) => facts["sipStatus"])).toEqual(hosts.map(() => expect.objectContaining({ value: 200 })));
    expect(store.get("deployment", "deployment")?.facts["endpoints"]).toMatchObject({ state: "known", value: hosts.map((name) => `${name}:5061`) });
    expect(targets[0]).toMatchObject({ name: "12 endpoints", status: "read" });
    expect(most).toBeLessThanOrEqual(4); // a place may be taken again before its server has seen the end of the one before
  });
});
