import { UsageError } from "../model/errors.ts";
import type { Cron } from "./cron.ts";
import type { Job, Schedule } from "./job.ts";

const dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** A word of a command line: quoted, with C escapes; `%` is a specifier and `$` a variable there, so both stand doubled (systemd.service(5), "Command lines"). */
function word(text: string): string {
  if (/[\0\n\r]/.test(text)) throw new UsageError("schedule", `${JSON.stringify(text)} holds a line break, which a unit file cannot`);
  const escaped = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("%", "%%").replaceAll("$", "$$$$");
  return /^[A-Za-z0-9_@%+=:,./$-]+$/.test(escaped) && text !== "" ? escaped : `"${escaped}"`;
}

/** A path outside command lines: only specifiers are read there, and quotes would be taken literally. */
function path(text: string): string {
  if (/[\0\n\r]/.test(text) || text.trim() !== text || text.endsWith("\\")) throw new UsageError("schedule", `${JSON.stringify(text)} cannot stand in a unit file`);
  return text.replaceAll("%", "%%");
}

function list(values: readonly number[], all: number): string {
  return values.length === all ? "*" : values.map((value) => String(value).padStart(2, "0")).join(",");
}

/** Times for OnCalendar= (systemd.time(7)). Two days that exclude each other there are either-or in cron, so they become two lines. */
function calendars({ minutes, hours, daysOfMonth, months, daysOfWeek, restrictsDayOfMonth, restrictsDayOfWeek }: Cron): readonly string[] {
  const time = `${list(hours, 24)}:${list(minutes, 60)}:00`;
  const week = daysOfWeek.length === 7 ? "" : `${daysOfWeek.map((day) => dayNames[day]).join(",")} `;
  const month = list(months, 12);
  const day = list(daysOfMonth, 31);
  if (restrictsDayOfMonth && restrictsDayOfWeek && week !== "" && day !== "*") return [`${week}*-${month}-* ${time}`, `*-${month}-${day} ${time}`];
  return [`${week}*-${month}-${day} ${time}`];
}

/** A service and its timer. */
export function systemdUnits({ name, description, argv, folder, cron, jitterSeconds, limitSeconds, user }: Job): Schedule {
  const service = [
    "[Unit]", `Description=${path(description)}`, "Wants=network-online.target", "After=network-online.target", "",
    "[Service]", "Type=oneshot", `WorkingDirectory=${path(folder)}`, `ExecStart=${argv.map(word).join(" ")}`,
    // Findings and unknown are results, not failures of the service.
    "SuccessExitStatus=1 3",
    ...(user === undefined ? [] : [`User=${path(user)}`]),
    `TimeoutStartSec=${limitSeconds}`, "TimeoutStopSec=60", "KillSignal=SIGTERM", "UMask=0077", "NoNewPrivileges=yes",
    // What lies there would be out of sight.
    ...([...argv, folder].some((one) => /^\/(?:var\/)?tmp\//.test(one)) ? [] : ["PrivateTmp=yes"]),
    "ProtectSystem=full", "",
  ];
  const timer = ["[Unit]", `Description=${path(description)} (timer)`, "", "[Timer]", ...calendars(cron).map((calendar) => `OnCalendar=${calendar}`), ...(jitterSeconds > 0 ? [`RandomizedDelaySec=${jitterSeconds}`] : []), "AccuracySec=1s", "Persistent=true", "", "[Install]", "WantedBy=timers.target", ""];
  return {
    files: [{ name: `${name}.service`, text: service.join("\n") }, { name: `${name}.timer`, text: timer.join("\n") }],
    notes: [`Put both files into /etc/systemd/system, then: systemctl daemon-reload && systemctl enable --now ${name}.timer`, "Passwords by environment variable: name a file with EnvironmentFile= in the service, readable by root only.", `What a run says: journalctl -u ${name}`],
  };
}
