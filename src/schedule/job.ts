import type { Cron } from "./cron.ts";

/** What is to be run, and when. */
export interface Job {
  /** Name of the unit or task: letters, digits and hyphens. */
  readonly name: string;
  readonly description: string;
  /** Absolute path of the program, and its arguments. */
  readonly argv: readonly [string, ...(readonly string[])];
  /** Absolute path of the folder to run in. */
  readonly folder: string;
  readonly cron: Cron;
  /** Up to how many seconds a run starts later, at random. */
  readonly jitterSeconds: number;
  /** After how many seconds a run is ended. */
  readonly limitSeconds: number;
  /** Account to run under; undefined: that of the scheduler. */
  readonly user: string | undefined;
}

/** One file of a schedule. */
export interface ScheduleFile {
  readonly name: string;
  readonly text: string;
}

/** What is printed: the files, and how to put them in place. */
export interface Schedule {
  readonly files: readonly ScheduleFile[];
  /** Sentences and commands for people. */
  readonly notes: readonly string[];
}
