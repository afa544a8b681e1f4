import { UsageError } from "../model/errors.ts";
import type { Job, Schedule } from "./job.ts";

/** A word for /bin/sh: in single quotes nothing is read but the quote itself. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A line for crontab(5). There a `%` ends the command, even within quotes, and the backslash before it is taken away. */
export function cronLine({ argv, folder, cron, jitterSeconds, description, name, user }: Job): Schedule {
  if ([...argv, folder].some((text) => /[\0\n\r]/.test(text))) throw new UsageError("schedule", "a path or argument holds a line break, which a crontab cannot");
  const sleep = jitterSeconds > 0 ? `sleep $(( $$ % ${jitterSeconds + 1} )) && ` : "";
  const command = `cd ${shellWord(folder)} && ${sleep}exec ${argv.map(shellWord).join(" ")}`.replaceAll("%", "\\%");
  const text = [`# ${description.replaceAll(/\s+/g, " ")}`, "SHELL=/bin/sh", `${cron.text}${user === undefined ? "" : ` ${user}`} ${command}`, ""].join("\n");
  return {
    files: [{ name: `${name}.cron`, text }],
    notes: [user === undefined ? "Add it with crontab -e." : `Put it into /etc/cron.d/${name}, where the sixth field is the account.`, "cron mails what the program says; the exit codes 1 and 3 tell of findings and of what is unknown."],
  };
}
