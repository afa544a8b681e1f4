import { randomInt } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { isIP } from "node:net";
import type { DnsServer } from "./server.ts";
import { errorCode } from "../../model/error-code.ts";

const firstPort = 0x8000;
const portTries = 8;

function bind(family: "udp4" | "udp6", port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(family);
    const onError = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once("error", onError);
    socket.bind({ port, exclusive: true }, () => {
      socket.off("error", onError);
      resolve(socket);
    });
  });
}

/** Not every system chooses unpredictable ports itself (Windows counts up), so the port is drawn here; the system chooses when all draws were taken. */
async function bindRandomPort(family: "udp4" | "udp6"): Promise<Socket> {
  for (let left = portTries; left > 0; left -= 1) {
    try {
      return await bind(family, randomInt(firstPort, 0x1_0000));
    } catch (error) {
      if (!["EADDRINUSE", "EACCES"].includes(errorCode(error) ?? "")) throw error;
    }
  }
  return bind(family, 0);
}

function connect(socket: Socket, server: DnsServer): Promise<Socket> {
  return new Promise((resolve, reject) => {
    try {
      socket.connect(server.port, server.address, (error?: Error) => {
        if (error === undefined || error === null) {
          resolve(socket);
          return;
        }
        socket.close();
        reject(error);
      });
    } catch (error) {
      socket.close();
      reject(error instanceof Error ? error : new Error("connect failed"));
    }
  });
}

/**
 * Opens a socket on a random port (RFC 5452 section 9.2) that does not keep the process alive. A connected one takes datagrams of the server only and hears of a
 * closed port at once; an unconnected one also sees what others send. Rejects with the system's error.
 */
export async function openUdpSocket(server: DnsServer, isConnected: boolean): Promise<Socket> {
  const socket = await bindRandomPort(isIP(server.address) === 6 ? "udp6" : "udp4");
  socket.unref();
  return isConnected ? connect(socket, server) : socket;
}
