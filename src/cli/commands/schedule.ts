import process from "node:process";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { scheduleFor, writeSchedule, type Scheduler } from "../../app/schedule.ts";
import { loadConfig } from "../../config/config-file.ts";
import type { CommandContext } from "../context.ts";
import { wholeNumber } from "../whole-number.ts";

/** Options of `schedule print`. */
export interface ScheduleOptions {
  readonly for: Scheduler;
  readonly every: string;
  readonly config: string;
  readonly name: string;
  readonly jitter: number;
  readonly user: string | undefined;
  readonly image: string;
  readonly output: string | undefined;
}

const containerFolder = "/var/lib/umpreflight";

function argvOf({ for: scheduler, config }: ScheduleOptions, packageRoot: URL): readonly [string, ...(readonly string[])] {
  if (scheduler === "kubernetes") return ["umpreflight", "scan", "--config", "/etc/umpreflight/umpreflight.yaml", "--history", join(containerFolder, "history.db"), "--reporter", "table"];
  return [process.execPath, fileURLToPath(new URL("bin/umpreflight.js", packageRoot)), "scan", "--config", resolve(config), "--quiet"];
}

/** `schedule print`: the units for a scheduler, on the standard output or into a folder. What to do with them is said on stderr. */
export async function printSchedule(options: ScheduleOptions, { terminal, packageRoot }: CommandContext): Promise<number> {
  const inside = options.for === "kubernetes";
  const config = inside ? undefined : loadConfig(options.config);
  const limitSeconds = Math.ceil((config?.limits.runTimeoutMs ?? 3_600_000) / 1000) + 600;
  const folder = inside ? containerFolder : dirname(resolve(options.config));
  const schedule = scheduleFor(options.for, { name: options.name, description: "umpreflight drift check", argv: argvOf(options, packageRoot), folder, every: options.every, jitterSeconds: wholeNumber("jitter", options.jitter, { from: 0, to: 86_400 }), limitSeconds, user: options.user, image: options.image });
  if (config !== undefined && config.drift.history === undefined) terminal.say("The configuration names no history: runs will not be compared with each other. Add `history: { file: umpreflight-history.db }`.");
  if (options.output !== undefined) {
    for (const path of await writeSchedule(schedule, options.output)) await terminal.write(`${path}\n`);
  } else {
    for (const { name, text } of schedule.files) await terminal.write(`${schedule.files.length > 1 ? `# ${name}\n` : ""}${text}${schedule.files.length > 1 ? "\n" : ""}`);
  }
  for (const note of schedule.notes) terminal.say(note);
  return 0;
}
