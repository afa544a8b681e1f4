import { createServer, type AddressInfo, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from "node:tls";
import { listen } from "../listen.ts";

/** Starts a TCP server for one test; gives its port. */
export function startTcp(serve: (socket: Socket) => void): Promise<number> {
  return listen(createServer(serve));
}

/** Starts a TLS server for one test; gives its port. */
export function startTls(options: TlsOptions, serve: (socket: TLSSocket) => void): Promise<number> {
  const server = createTlsServer({ minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0", ...options }, (socket) => {
    socket.on("error", () => socket.destroy());
    serve(socket);
  });
  return listen(server);
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Answers every OPTIONS request with these lines after the ones that it echoes. */
export function answerSip(socket: Socket, status = "200 OK", more: readonly string[] = ["Server: RTCC/5.0.0.0 MSExchangeUM/15.01.2507.6"]): void {
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    if (!text.endsWith("\r\n\r\n")) return;
    const echoed = text.split("\r\n").filter((line) => /^(Via|From|To|Call-ID|CSeq):/u.test(line));
    text = "";
    socket.write([`SIP/2.0 ${status}`, ...echoed, ...more, "Content-Length: 0", "", ""].join("\r\n"));
  });
}
