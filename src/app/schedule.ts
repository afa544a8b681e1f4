import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HistoryError, UsageError } from "../model/errors.ts";
import { parseCron } from "../schedule/cron.ts";
import { cronLine } from "../schedule/cron-line.ts";
import type { Job, Schedule } from "../schedule/job.ts";
import { kubernetesCronJob } from "../schedule/kubernetes.ts";
import { systemdUnits } from "../schedule/systemd.ts";
import { taskSchedulerTask } from "../schedule/task-scheduler.ts";

/** Schedulers that units can be printed for. */
export type Scheduler = "systemd" | "task-scheduler" | "cron" | "kubernetes";

/** A job whose schedule is still a text. */
export interface ScheduleRequest extends Omit<Job, "cron"> {
  readonly every: string;
  readonly image: string;
}

/** The files of a schedule. @throws UsageError for a schedule or name that cannot be had */
export function scheduleFor(scheduler: Scheduler, { every, image, ...job }: ScheduleRequest): Schedule {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,50}[a-z0-9])?$/.test(job.name)) throw new UsageError("schedule", `${JSON.stringify(job.name)} cannot be the name of a unit`, { hint: "Use lower-case letters, digits and hyphens, at most 52." });
  const whole: Job = { ...job, cron: parseCron(every) };
  switch (scheduler) {
    case "systemd":
      return systemdUnits(whole);
    case "task-scheduler":
      return taskSchedulerTask(whole);
    case "cron":
      return cronLine(whole);
    case "kubernetes":
      return kubernetesCronJob(whole, { image });
  }
}

/** The bytes of a schedule's file: the Task Scheduler reads UTF-16 with a byte order mark. */
export function bytesOf(name: string, text: string): Buffer {
  return name.endsWith(".xml") ? Buffer.from(`\ufeff${text.replaceAll("\n", "\r\n")}`, "utf16le") : Buffer.from(text, "utf8");
}

/** Writes the files of a schedule into a folder and returns their paths. @throws HistoryError when that cannot be done */
export async function writeSchedule({ files }: Schedule, folder: string): Promise<readonly string[]> {
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, text } of files) await writeFile(join(folder, name), bytesOf(name, text));
    return files.map(({ name }) => join(folder, name));
  } catch (cause) {
    throw new HistoryError("schedule-write", `cannot write into ${folder}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
