import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** One page. */
export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: Iterable<string> | AsyncIterable<string>;
}

/** A server that runs. */
export interface StatusServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Names under which this machine asks itself. Any other is a web page that had its name resolved to this address. */
const ownNames = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

async function answer(request: IncomingMessage, response: ServerResponse, page: (path: string) => Promise<Page | undefined>): Promise<void> {
  const refuse = (status: number, text: string): void => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
    response.end(`${text}\n`);
  };
  if (!ownNames.test(request.headers.host ?? "")) return refuse(421, "This server answers to localhost only.");
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "Only GET and HEAD.");
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const found = await page(path);
  if (found === undefined) return refuse(404, "Pages: /healthz /metrics /report /report.json");
  response.writeHead(found.status, { "content-type": found.contentType, "cache-control": "no-store", "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:" });
  if (request.method === "GET") await pipeline(Readable.from(found.body), response);
  else response.end();
}

/**
 * Serves pages on the loopback address only.
 * @throws Error when the port is taken
 */
export async function startStatusServer(port: number, page: (path: string) => Promise<Page | undefined>): Promise<StatusServer> {
  const server: Server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000, maxHeaderSize: 16_384 }, (request, response) => {
    answer(request, response, page).catch(() => response.destroy());
  });
  server.maxConnections = 50;
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
