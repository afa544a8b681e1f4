import { once } from "node:events";
import process from "node:process";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { ReportError } from "../model/errors.ts";
import { terminalText } from "../model/terminal-text.ts";

/** The program's side of the terminal. */
export interface Terminal {
  /** Writes to the standard output; resolves when there is room for more. */
  readonly write: (chunk: string) => Promise<void>;
  /** Says something on stderr. */
  readonly say: (line: string) => void;
  /** Shows how far things are, on stderr, where that is a terminal. */
  readonly progress: (message: string) => void;
  /** Takes the progress line away. */
  readonly clearProgress: () => void;
  readonly columns: number | undefined;
  readonly color: boolean;
  /** Asks without echo; undefined without a terminal. */
  readonly prompt: ((question: string) => Promise<string>) | undefined;
}

const progressIntervalMs = 100;
/** 256 colours: reports use the fixed ones among them. */
const colorBits = 8;

/** Names in messages are somebody else's text; the line breaks are our own. */
function visible(text: string): string {
  return text.split("\n").map(terminalText).join("\n");
}

async function ask(question: string): Promise<string> {
  process.stderr.write(visible(question));
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      reader.once("line", resolve);
      reader.once("SIGINT", () => reject(new ReportError("prompt", "interrupted")));
      reader.once("close", () => resolve(""));
    });
  } finally {
    reader.close();
    process.stderr.write("\n");
  }
}

/** The terminal of this process. A reader that goes away (a closed pipe) is an error of the report, not a crash. */
export function openTerminal(environment: Readonly<Record<string, string | undefined>>): Terminal {
  const { stdout, stderr, stdin } = process;
  let failure: Error | undefined;
  stdout.on("error", (error: Error) => (failure ??= error));
  stderr.on("error", () => undefined);
  const showsProgress = stderr.isTTY && environment["TERM"] !== "dumb";
  let shownAt = 0;
  const clearProgress = (): void => {
    if (shownAt !== 0) stderr.write("\r\u001b[2K");
    shownAt = 0;
  };
  return {
    async write(chunk) {
      if (failure === undefined && !stdout.write(chunk)) await once(stdout, "drain").catch(() => undefined);
      if (failure !== undefined) throw new ReportError("report-write", `cannot write to the standard output: ${failure.message}`, { cause: failure });
    },
    say(line) {
      clearProgress();
      stderr.write(`${visible(line)}\n`);
    },
    progress(message) {
      const now = performance.now();
      if (!showsProgress || now - shownAt < progressIntervalMs) return;
      shownAt = now;
      stderr.write(`\r\u001b[2K${visible(message).slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}`);
    },
    clearProgress,
    columns: stdout.isTTY ? stdout.columns : undefined,
    color: stdout.isTTY && (environment["NO_COLOR"] ?? "") === "" && environment["TERM"] !== "dumb" && stdout.getColorDepth({ ...environment }) >= colorBits,
    prompt: stdin.isTTY && stderr.isTTY ? ask : undefined,
  };
}
