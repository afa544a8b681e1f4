import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** Code of the error by which a stream ends whose server has sent more than any honest one. */
export const floodCode = "EMSGSIZE";

/** Bytes of one connection: handshake and answer take some ten thousand. What OpenSSL swallows without a word (empty records, tickets, key updates) counts here. */
const maxBytes = 1024 * 1024;

/** A stream over a connected socket that shows every received chunk to `onBytes` first, and ends where a server sends without end. TLS reads a bare socket below JavaScript, where nobody else can see what the server sent in clear. */
export function tapSocket(socket: Socket, onBytes: (chunk: Buffer) => void): Duplex {
  let received = 0;
  const tap = new Duplex({
    read() {
      socket.resume();
    },
    write(chunk: Buffer, _encoding, done) {
      socket.write(chunk, done);
    },
    final(done) {
      socket.end(done);
    },
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  socket.on("data", (chunk: Buffer) => {
    received += chunk.length;
    if (received > maxBytes) {
      tap.destroy(Object.assign(new Error("the server sends without end"), { code: floodCode }));
      return;
    }
    onBytes(chunk);
    if (!tap.push(chunk)) socket.pause();
  });
  socket.once("end", () => tap.push(null));
  socket.once("error", (error) => tap.destroy(error));
  socket.once("close", () => tap.destroy());
  return tap;
}
