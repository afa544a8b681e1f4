import { fork } from "node:child_process";
import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { encode } from "dns-packet";
import { createView } from "../src/collect/dns/resolver.ts";
import { median } from "./median.ts";

// node bench/dns.ts: our resolver beside the c-ares of node:dns, both against a local server in a process of its own, in turns. Ratios count, not rates.

const warmUps = 3;
const rounds = 7;
const questionsPerRound = 4000;
const inFlight = 50;

/** Answers every question with two SRV records, as cheaply as can be: the part after the question is always the same bytes. */
function serve(): void {
  const name = "x.bench.test";
  const whole = encode({
    type: "response", id: 0, flags: 0x8580, questions: [{ name, type: "SRV" }],
    answers: ["a", "b"].map((host) => ({ name, type: "SRV", ttl: 300, data: { priority: 10, weight: 50, port: 5061, target: `${host}.bench.test` } })),
  });
  // The codec does not compress: each record starts with the name, which becomes a pointer to the question.
  const questionEnd = 12 + name.length + 2 + 4;
  const recordBytes = (whole.length - questionEnd) / 2;
  const pointer = Buffer.from([0xc0, 12]);
  const records = [0, 1].map((index) => whole.subarray(questionEnd + index * recordBytes + name.length + 2, questionEnd + (index + 1) * recordBytes));
  const tail = Buffer.concat(records.flatMap((record) => [pointer, record]));
  const socket = createSocket({ type: "udp4", recvBufferSize: 1 << 20 });
  socket.on("message", (query, { address, port }) => {
    let end = 12;
    while ((query[end] ?? 0) !== 0) end += (query[end] ?? 0) + 1;
    const reply = Buffer.concat([query.subarray(0, end + 5), tail]);
    whole.copy(reply, 2, 2, 12); // the header but for the id: flags and counts
    socket.send(reply, port, address);
  });
  socket.bind(0, "127.0.0.1", () => process.send?.(socket.address().port));
}

interface Measured {
  readonly perSecond: number;
  readonly cpuMicrosPerQuestion: number;
}

/** Asks fresh names, `inFlight` at once; a wrong answer ends the benchmark. */
async function measure(prefix: string, ask: (name: string) => Promise<number>): Promise<Measured> {
  let next = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const worker = async (): Promise<void> => {
    while (next < questionsPerRound) {
      next += 1;
      const found = await ask(`${prefix}-${next}.bench.test`);
      if (found !== 2) throw new Error(`${found} records instead of 2`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: questionsPerRound / seconds, cpuMicrosPerQuestion: (user + system) / questionsPerRound };
}

async function compare(port: number): Promise<void> {
  const view = createView({ name: "bench", servers: [{ address: "127.0.0.1", port }], concurrency: inFlight });
  const cares = new Resolver({ timeout: 2000, tries: 2 });
  cares.setServers([`127.0.0.1:${port}`]);
  const askOurs = async (name: string): Promise<number> => {
    const answer = await view.lookup(name, "SRV");
    return answer.outcome === "answer" ? answer.records.length : 0;
  };
  const askCares = async (name: string): Promise<number> => (await cares.resolveSrv(name)).length;
  const ours: Measured[] = [];
  const theirs: Measured[] = [];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const pair = [await measure(`o${round}`, askOurs), await measure(`c${round}`, askCares)] as const;
    if (round < warmUps) continue;
    ours.push(pair[0]);
    theirs.push(pair[1]);
  }
  const ratios = ours.map(({ perSecond }, index) => perSecond / (theirs[index]?.perSecond ?? Number.NaN));
  const line = (label: string, measured: readonly Measured[]): string =>
    `${label.padEnd(10)} ${Math.round(median(measured.map(({ perSecond }) => perSecond)))} questions/s, ${Math.round(median(measured.map(({ cpuMicrosPerQuestion }) => cpuMicrosPerQuestion)))} us CPU each`;
  console.log(`${rounds} rounds of ${questionsPerRound} SRV questions, ${inFlight} in flight, medians`);
  console.log(line("ours", ours));
  console.log(line("c-ares", theirs));
  console.log(`ours / c-ares: ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}); ${JSON.stringify(view.counters())}`);
}

if (process.argv[2] === "serve") {
  serve();
} else {
  const server = fork(import.meta.filename, ["serve"]);
  try {
    await compare(await new Promise<number>((resolve) => { server.once("message", (port) => resolve(Number(port))); }));
  } finally {
    server.kill();
  }
}
