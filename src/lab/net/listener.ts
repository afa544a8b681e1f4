import { once } from "node:events";
import { type AddressInfo, type Server, type Socket, createServer } from "node:net";
import { type Fault, garbage } from "./fault.ts";

/** The only address that the lab listens on. */
export const loopback = "127.0.0.1";

const idleMs = 120_000;

/** A TCP port of the lab that can be told to misbehave while it runs. */
export interface Listener {
  readonly port: number;
  readonly fault: () => Fault | undefined;
  /** Sets or ends a misbehaviour; `refuse` closes the port and every connection until it ends. */
  readonly misbehave: (fault: Fault | undefined) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Handles a connection whose fault, if any, does not begin with it. */
export type Serve = (socket: Socket, fault: () => Fault | undefined) => void;

function misbehaveAtOnce(socket: Socket, fault: Fault): boolean {
  if (fault.after !== undefined) return false;
  switch (fault.how) {
    case "stall":
      socket.resume();
      return true;
    case "reset":
      socket.once("data", () => socket.resetAndDestroy());
      return true;
    case "garbage":
      socket.once("data", () => socket.end(garbage));
      return true;
    case "refuse":
      socket.resetAndDestroy();
      return true;
    case "truncate":
    case "oversize":
      return false; // these need an answer to cut or to lie about
    default:
      return fault.how satisfies never;
  }
}

async function open(server: Server, port: number): Promise<number> {
  server.listen({ host: loopback, port, exclusive: true });
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function shut(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  if (!server.listening) return;
  server.close();
  await once(server, "close");
}

/** Listens on a port, by default one that the system chooses. */
export async function listen(serve: Serve, wantedPort = 0): Promise<Listener> {
  const sockets = new Set<Socket>();
  let fault: Fault | undefined;
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.setTimeout(idleMs, () => socket.destroy());
    if (fault !== undefined && misbehaveAtOnce(socket, fault)) return;
    serve(socket, () => fault);
  });
  const port = await open(server, wantedPort);
  return {
    port,
    fault: () => fault,
    misbehave: async (next) => {
      fault = next;
      if (next?.how === "refuse") await shut(server, sockets);
      else if (!server.listening) await open(server, port);
    },
    close: () => shut(server, sockets),
  };
}
