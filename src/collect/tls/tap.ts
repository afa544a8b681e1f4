import type { Socket } from "node:net";
import { Duplex } from "node:stream";

/** A stream over a connected socket that shows every received chunk to `onBytes` first. TLS reads a bare socket below JavaScript, where nobody else can see what the server sent in clear. */
export function tapSocket(socket: Socket, onBytes: (chunk: Buffer) => void): Duplex {
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
    onBytes(chunk);
    if (!tap.push(chunk)) socket.pause();
  });
  socket.once("end", () => tap.push(null));
  socket.once("error", (error) => tap.destroy(error));
  socket.once("close", () => tap.destroy());
  return tap;
}
