import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, isIPv6 } from "node:net";
import { connect as connectTls } from "node:tls";
import { lookup } from "node:dns/promises";
import type { Digest } from "../model/digest.ts";
import type { ReadyChannel, SendContext } from "./channel.ts";
import { syslogMessage } from "./syslog-message.ts";

type Syslog = Extract<ReadyChannel, { type: "syslog" }>;

/** Receivers should take 2,048 bytes (RFC 5424, section 6.1); over streams most take far more. */
const datagramBytes = 2_048;
const streamBytes = 64 * 1024;

async function sendDatagram({ host, port }: Syslog, message: Buffer): Promise<void> {
  const { address } = await lookup(host);
  const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.send(message, port, address, (error) => (error === null ? resolve() : reject(error)));
    });
  } finally {
    socket.close();
  }
}

/** Octet counting (RFC 6587, section 3.4.1; RFC 5425, section 4.3). A receiver says nothing: that it took the message is known only as far as TCP knows. */
async function sendStream({ host, port, transport, ca }: Syslog, message: Buffer, signal: AbortSignal): Promise<void> {
  const socket = transport === "tls" ? connectTls({ host, port, servername: host, minVersion: "TLSv1.2", ...(ca === undefined ? {} : { ca: [...ca] }) }) : connect({ host, port });
  // Errors after the one that is waited for are of a socket that is being thrown away.
  socket.on("error", () => undefined);
  try {
    await once(socket, transport === "tls" ? "secureConnect" : "connect", { signal });
    const closed = once(socket, "close", { signal });
    socket.resume();
    socket.end(Buffer.concat([Buffer.from(`${message.length} `), message]));
    await closed;
  } finally {
    socket.destroy();
  }
}

/** Sends a digest as one syslog message. @throws Error where that is known to have failed; datagrams can be lost unseen */
export async function sendSyslog(channel: Syslog, digest: Digest, context: SendContext): Promise<void> {
  const { timeoutMs, signal } = context;
  const message = syslogMessage(digest, channel.facility, context, channel.transport === "udp" ? datagramBytes : streamBytes);
  if (channel.transport === "udp") return sendDatagram(channel, message);
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    await sendStream(channel, message, deadline);
  } catch (error) {
    throw deadline.aborted ? new Error(`no connection within ${timeoutMs} ms`, { cause: error }) : error;
  }
}
