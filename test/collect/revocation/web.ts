import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { listen } from "../listen.ts";

/** A server of one test. */
export interface Web {
  readonly port: number;
  /** Method, path and headers of each request so far. */
  readonly requests: { readonly method: string; readonly path: string; readonly headers: IncomingMessage["headers"]; readonly body: Buffer }[];
  /** Connections so far. */
  readonly connections: () => number;
}

type Answer = Buffer | ((request: IncomingMessage, response: ServerResponse, body: Buffer) => void);

/** Starts a web server with an answer for each path; other paths are 404. */
export async function startWeb(routes: Readonly<Record<string, Answer>>): Promise<Web> {
  const requests: Web["requests"] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const path = request.url ?? "";
      requests.push({ method: request.method ?? "", path, headers: request.headers, body });
      const found = Object.entries(routes).find(([route]) => route === path || (route.endsWith("*") && path.startsWith(route.slice(0, -1))));
      if (found === undefined) response.writeHead(404).end();
      else if (Buffer.isBuffer(found[1])) response.writeHead(200, { "Content-Length": found[1].length }).end(found[1]);
      else found[1](request, response, body);
    });
  });
  const port = await listen(server, () => (connections += 1));
  return { port, requests, connections: () => connections };
}

/** Starts a bare TCP server. */
export async function startTcp(serve: (socket: Socket) => void): Promise<Web> {
  let connections = 0;
  const port = await listen(createTcpServer(serve), () => (connections += 1));
  return { port, requests: [], connections: () => connections };
}

/** Sends to another address. */
export function redirect(to: string, status = 302): Answer {
  return (_request, response) => response.writeHead(status, { Location: to }).end();
}
