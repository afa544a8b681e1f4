import { createDecipheriv, createHmac } from "node:crypto";
import { connect as connectTcp } from "node:net";
import { connect } from "node:tls";
import { expect, it } from "vitest";
import type { RecordValue } from "../../../src/model/kinds.ts";
import { watchHandshake } from "../../../src/collect/tls/clear-handshake.ts";
import { tapSocket } from "../../../src/collect/tls/tap.ts";
import { make, makePki, type Made } from "./certificates.ts";
import { collect, requestFor, trusting } from "./probing.ts";
import { answerSip, startTls } from "./servers.ts";

const pki = await makePki();
const stranger = await make({ name: "stranger.test" });
const { server, issuing, root } = pki;

const orders: readonly (readonly [string, readonly Made[]])[] = [
  ["leaf and issuer", [server, issuing]],
  ["the root as well", [server, issuing, root]],
  ["a wrong order", [server, root, issuing]],
  ["an unrelated certificate", [server, stranger, issuing]],
  ["the same certificates twice", [server, issuing, issuing, server]],
];

/** HKDF-Expand-Label (RFC 8446 section 7.1) where one block is enough. */
function expandLabel(secret: Buffer, label: string, length: number): Buffer {
  const text = `tls13 ${label}`;
  const info = Buffer.concat([Buffer.from([0, length, text.length]), Buffer.from(text), Buffer.from([0, 1])]);
  return createHmac(secret.length === 48 ? "sha384" : "sha256", secret).update(info).digest().subarray(0, length);
}

/** Decrypts the server's handshake records (RFC 8446 section 5.2) of TLS_AES_256_GCM_SHA384 and joins their messages. */
function decryptHandshake(wire: Buffer, secret: Buffer): Buffer {
  const [key, iv] = [expandLabel(secret, "key", 32), expandLabel(secret, "iv", 12)];
  const messages: Buffer[] = [];
  let sequence = 0;
  for (let at = 0; at + 5 <= wire.length; at += 5 + wire.readUInt16BE(at + 3)) {
    if (wire[at] !== 23) continue;
    const record = wire.subarray(at, at + 5 + wire.readUInt16BE(at + 3));
    const nonce = Buffer.from(iv);
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8);
    const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAAD(record.subarray(0, 5)).setAuthTag(record.subarray(-16));
    const plain = Buffer.concat([decipher.update(record.subarray(5, -16)), decipher.final()]);
    if (plain.at(-1) !== 22) break;
    messages.push(plain.subarray(0, -1));
    sequence += 1;
    if (Buffer.concat(messages).includes(Buffer.from([20, 0, 0, 48]))) break; // Finished: other keys follow
  }
  return Buffer.concat(messages);
}

/** The list of a TLS 1.3 Certificate message, which has a context and extensions (RFC 8446 section 4.4.2). */
function certificatesOf(messages: Buffer): readonly string[] {
  for (let at = 0; at < messages.length; at += 4 + messages.readUIntBE(at + 1, 3)) {
    if (messages[at] !== 11) continue;
    const body = messages.subarray(at + 4, at + 4 + messages.readUIntBE(at + 1, 3));
    const found: string[] = [];
    for (let entry = 4; entry < body.length; ) {
      const end = entry + 3 + body.readUIntBE(entry, 3);
      found.push(body.subarray(entry + 3, end).toString("base64"));
      entry = end + 2 + body.readUInt16BE(end);
    }
    return found;
  }
  return [];
}

/** Reads the Certificate message of a connection of our own, off the wire. */
async function onTheWire(port: number, maxVersion: "TLSv1.2" | "TLSv1.3"): Promise<readonly string[]> {
  const watcher = watchHandshake();
  const chunks: Buffer[] = [];
  let secret: Buffer | undefined;
  const tap = tapSocket(connectTcp(port, "127.0.0.1"), (chunk) => {
    chunks.push(chunk);
    watcher.watch(chunk);
  });
  const socket = connect({ socket: tap, rejectUnauthorized: false, maxVersion, ciphers: "TLS_AES_256_GCM_SHA384:ECDHE-ECDSA-AES256-GCM-SHA384" });
  socket.on("keylog", (line: Buffer) => {
    const [label, , hex] = line.toString("latin1").trim().split(" ");
    if (label === "SERVER_HANDSHAKE_TRAFFIC_SECRET") secret = Buffer.from(hex ?? "", "hex");
  });
  await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
  socket.destroy();
  if (maxVersion === "TLSv1.2") return (watcher.seen.certificates ?? []).map((der) => der.toString("base64"));
  return certificatesOf(decryptHandshake(Buffer.concat(chunks), secret ?? Buffer.alloc(0)));
}

for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
  it.each(orders)(`${maxVersion}: %s is reported as sent`, async (_case, sent) => {
    const port = await startTls({ cert: sent.map(({ cert }) => cert).join(""), key: server.key, maxVersion }, answerSip);
    const expected = sent.map(({ der }) => der.toString("base64"));
    expect(await onTheWire(port, maxVersion)).toEqual(expected);
    // Anchors are where a rebuilt chain would take its certificates from.
    const { short } = await collect(requestFor(port, trusting(root, issuing)));
    expect((short["chain"] as readonly RecordValue<"Certificate">[]).map(({ der }) => der)).toEqual(expected);
  });
}

it("a certificate that is not sent is not made up", async () => {
  // With the issuer in its own store, OpenSSL would complete the chain that it sends; without, it sends the leaf alone.
  const port = await startTls({ cert: server.cert, key: server.key, ca: [] }, answerSip);
  const { short } = await collect(requestFor(port, trusting(root, issuing)));
  expect(short["chain"]).toHaveLength(1);
});
