import { createServer as createHttp, type IncomingHttpHeaders } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** An HTTP server that answers with the statuses it is given, the last one for ever; `undefined` never answers. */
export async function webhookServer(statuses: readonly (number | undefined)[]) {
  const received: Received[] = [];
  const server = createHttp((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      const status = statuses[Math.min(received.length, statuses.length) - 1];
      if (status === undefined) return;
      response.writeHead(status, status >= 300 && status < 400 ? { location: "http://127.0.0.1:1/" } : {});
      response.end("x".repeat(100_000));
    });
  });
  const port = await listening(server);
  return { url: `http://127.0.0.1:${port}/hook/secret-token`, received, close: () => { server.closeAllConnections(); server.close(); } };
}

/** A TCP server that keeps what it is sent. */
export async function streamServer() {
  const texts: string[] = [];
  const server = createServer((socket) => {
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk)).on("end", () => { texts.push(text); socket.end(); }).on("error", () => undefined);
  });
  return { port: await listening(server), texts, close: () => server.close() };
}
