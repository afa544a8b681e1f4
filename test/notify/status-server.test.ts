import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { startStatusServer, type StatusServer } from "../../src/notify/status-server.ts";

let server: StatusServer;
afterEach(() => server.close());

async function ask(path: string, options: { readonly method?: string; readonly host?: string } = {}): Promise<readonly [number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: server.port, host: "127.0.0.1", path, method: options.method ?? "GET", headers: { host: options.host ?? `localhost:${server.port}` }, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk)).on("end", () => resolve([response.statusCode, body]));
    });
    asked.on("error", reject).end();
  });
}

async function start(): Promise<StatusServer> {
  return startStatusServer(0, async (path) => (path === "/healthz" ? { status: 503, contentType: "text/plain", body: ["b", "ad"] } : path === "/crash" ? Promise.reject(new Error("x")) : undefined));
}

describe("the status pages", () => {
  it("are served to this machine, and to no web page that had its name resolved here", async () => {
    server = await start();
    expect(await ask("/healthz?x=1")).toEqual([503, "bad"]);
    expect(await ask("/healthz", { host: "evil.example" })).toEqual([421, "This server answers to localhost only.\n"]);
    expect(await ask("/healthz", { method: "POST" })).toEqual([405, "Only GET and HEAD.\n"]);
    expect((await ask("/../etc/passwd"))[0]).toBe(404);
    expect(await ask("/healthz", { method: "HEAD" })).toEqual([503, ""]);
  });

  it("that crash take nothing along", async () => {
    server = await start();
    await expect(ask("/crash")).rejects.toThrow(/hang up|ECONNRESET/);
    expect((await ask("/healthz"))[0]).toBe(503);
  });

  it("say when the port is taken", async () => {
    server = await start();
    await expect(startStatusServer(server.port, async () => undefined)).rejects.toThrow(/EADDRINUSE/);
  });
});
