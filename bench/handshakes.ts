import "reflect-metadata";
import { execFile, fork } from "node:child_process";
import { createServer } from "node:tls";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { connectTcp } from "../src/collect/tls/connect-tcp.ts";
import { makeHandshake } from "../src/collect/tls/handshake.ts";
import { judgingContexts } from "../src/collect/tls/tls-contexts.ts";
import { known } from "../src/model/observation.ts";
import { make } from "../test/collect/tls/certificates.ts";
import { median } from "./median.ts";

// node bench/handshakes.ts: full TLS 1.2 handshakes per second with the chain as sent, beside `openssl s_time`, one after the other against a server in a process of its own, in turns.

const seconds = 3;
const rounds = 3;
const run = promisify(execFile);

function serve(cert: string, key: string): void {
  const server = createServer({ cert, key, minVersion: "TLSv1.2", maxVersion: "TLSv1.2" }, (socket) => {
    socket.on("error", () => socket.destroy());
    socket.on("end", () => socket.end());
    socket.resume();
  });
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
}

/** Handshakes per second, each with its whole chain, as the endpoint collector makes them. */
async function ours(port: number, root: Buffer): Promise<number> {
  const anchors = known([root], "bench");
  const { exchange } = judgingContexts(undefined, { lync: anchors, exchange: anchors, public: anchors });
  const { signal } = new AbortController();
  const now = (): number => performance.now();
  const start = now();
  let made = 0;
  while (now() - start < seconds * 1000) {
    const tcp = await connectTcp({ addresses: ["127.0.0.1"], port }, { signal, timeoutMs: 2000 }, now);
    if (tcp.outcome !== "connected") throw new Error("no connection");
    const result = await makeHandshake(tcp.socket, "um1.fabrikam.test", exchange, { signal, timeoutMs: 2000 }, "bench");
    if (!result.made || result.handshake.chain.length !== 2 || result.handshake.verdict !== "ok") throw new Error("not the handshake that was expected");
    result.handshake.socket.destroy();
    tcp.socket.destroy();
    made += 1;
  }
  return made / ((now() - start) / 1000);
}

/** Handshakes per second of wall-clock time by `openssl s_time`, which verifies the chain too. */
async function openssl(port: number, rootFile: string): Promise<number> {
  const { stdout } = await run("openssl", ["s_time", "-new", "-tls1_2", "-verify", "3", "-CAfile", rootFile, "-connect", `127.0.0.1:${port}`, "-time", String(seconds)]);
  const [, count, real] = /(\d+) connections in (\d+) real seconds/u.exec(stdout) ?? [];
  if (count === undefined || Number(count) === 0) throw new Error(`openssl s_time said: ${stdout}`);
  return Number(count) / Number(real);
}

async function compare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "umpreflight-bench-"));
  const root = await make({ name: "Root", ca: true, type: "rsa" });
  const issuing = await make({ name: "Issuing", ca: true, type: "rsa", issuer: root });
  const leaf = await make({ name: "um1.fabrikam.test", issuer: issuing, type: "rsa" });
  const server = fork(import.meta.filename, ["serve"]);
  try {
    const rootFile = join(folder, "root.pem");
    await writeFile(rootFile, root.cert);
    server.send({ cert: leaf.cert + issuing.cert, key: leaf.key });
    const port = await new Promise<number>((resolve) => { server.once("message", (found) => resolve(Number(found))); });
    const rates: { ours: number; openssl: number }[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const rate = { ours: await ours(port, root.der), openssl: await openssl(port, rootFile) };
      if (round > 0) rates.push(rate); // the first warms up
    }
    console.log(`ours ${Math.round(median(rates.map((rate) => rate.ours)))} handshakes/s, openssl s_time ${Math.round(median(rates.map((rate) => rate.openssl)))} (RSA 2048, TLS 1.2, medians of ${rounds} rounds of ${seconds} s)`);
  } finally {
    server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === "serve") process.once("message", ({ cert, key }: { cert: string; key: string }) => serve(cert, key));
else await compare();
