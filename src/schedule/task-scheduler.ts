import { UsageError } from "../model/errors.ts";
import type { Cron } from "./cron.ts";
import type { Job, Schedule } from "./job.ts";

const dayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const monthNames = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
/** A task has at most 48 triggers ([MS-TSCH] 2.5.1). */
const mostTriggers = 48;
/** A program or folder is at most so long ([MS-TSCH] 2.5.1.4). */
const longestPath = 260;

function xml(text: string): string {
  // eslint-disable-next-line no-control-regex -- XML 1.0 has no way to write these
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) throw new UsageError("schedule", `${JSON.stringify(text)} holds a character that XML cannot`);
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  return text.toWellFormed().replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}

/**
 * An argument as CommandLineToArgvW and the C runtime take it apart (learn.microsoft.com, "Parsing C command-line arguments"): backslashes count only before a quote.
 */
export function windowsArgument(text: string): string {
  if (text !== "" && !/[\s"]/.test(text)) return text;
  return `"${text.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;
}

function byMonth(element: string, months: readonly number[]): string {
  return `<${element}>${months.map((month) => `<${monthNames[month - 1]} />`).join("")}</${element}>`;
}

/** When a trigger fires: one element for the days, two where cron has either-or. */
function daySchedules({ text, daysOfMonth, months, daysOfWeek, restrictsDayOfMonth, restrictsDayOfWeek }: Cron): readonly string[] {
  const week = daysOfWeek.map((day) => `<${dayNames[day]} />`).join("");
  const everyMonth = months.length === 12;
  const ofWeek = everyMonth
    ? `<ScheduleByWeek><DaysOfWeek>${week}</DaysOfWeek><WeeksInterval>1</WeeksInterval></ScheduleByWeek>`
    : `<ScheduleByMonthDayOfWeek><Weeks>${[1, 2, 3, 4, "Last"].map((one) => `<Week>${one}</Week>`).join("")}</Weeks><DaysOfWeek>${week}</DaysOfWeek>${byMonth("Months", months)}</ScheduleByMonthDayOfWeek>`;
  const ofMonth = `<ScheduleByMonth><DaysOfMonth>${daysOfMonth.map((day) => `<Day>${day}</Day>`).join("")}</DaysOfMonth>${byMonth("Months", months)}</ScheduleByMonth>`;
  if (restrictsDayOfMonth && restrictsDayOfWeek) return [ofMonth, ofWeek];
  if (daysOfMonth.length < 31 && daysOfWeek.length < 7) throw new UsageError("schedule", `${JSON.stringify(text)} asks for days of the month that are also days of the week, which the Task Scheduler cannot`, { hint: "Use one of the two." });
  if (daysOfMonth.length < 31) return [ofMonth];
  if (daysOfWeek.length < 7) return [ofWeek];
  return [everyMonth ? "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>" : ofMonth];
}

/** The step of evenly spaced values that fill their range, such as minutes 0, 15, 30, 45. */
function evenStep(values: readonly number[], size: number): number | undefined {
  const [first = 0, second] = values;
  const step = second === undefined ? size : second - first;
  return size % step === 0 && first < step && values.length === size / step && values.every((value, index) => value === first + index * step) ? step : undefined;
}

interface Start {
  readonly hour: number;
  readonly minute: number;
  readonly repetition: string;
}

/** Starts of the day. What is evenly spaced over all hours is one start with a repetition. */
function starts({ hours, minutes }: Cron): readonly Start[] {
  const step = evenStep(minutes, 60);
  if (hours.length === 24 && step !== undefined) return [{ hour: 0, minute: minutes[0] ?? 0, repetition: `<Repetition><Interval>PT${step}M</Interval><Duration>P1D</Duration><StopAtDurationEnd>false</StopAtDurationEnd></Repetition>` }];
  return hours.flatMap((hour) => minutes.map((minute) => ({ hour, minute, repetition: "" })));
}

function triggers(cron: Cron, jitterSeconds: number): readonly string[] {
  const two = (value: number): string => String(value).padStart(2, "0");
  // The first day is a Monday long past: a boundary without a zone is local time.
  return starts(cron).flatMap(({ hour, minute, repetition }) => daySchedules(cron).map((days) => `<CalendarTrigger><Enabled>true</Enabled><StartBoundary>2024-01-01T${two(hour)}:${two(minute)}:00</StartBoundary>${repetition}${jitterSeconds > 0 ? `<RandomDelay>PT${jitterSeconds}S</RandomDelay>` : ""}${days}</CalendarTrigger>`));
}

/** A task for `schtasks /Create /XML`, as [MS-TSCH] 2.5 describes it: elements in the order of the schema. */
export function taskSchedulerTask({ name, description, argv, folder, cron, jitterSeconds, limitSeconds, user }: Job): Schedule {
  const all = triggers(cron, jitterSeconds);
  if (all.length > mostTriggers) throw new UsageError("schedule", `${JSON.stringify(cron.text)} would need ${all.length} triggers; the Task Scheduler takes ${mostTriggers}`, { hint: "Use steps that divide the hour, such as */15 * * * *, or fewer times a day." });
  const [program, ...args] = argv;
  const long = [program, folder].find((path) => path.length > longestPath);
  if (long !== undefined) throw new UsageError("schedule", `${JSON.stringify(long)} has ${long.length} characters; the Task Scheduler takes ${longestPath} for a program or folder`, { hint: "Put the program or the configuration into a folder with a shorter path." });
  const principal = user === undefined ? "<UserId>S-1-5-18</UserId><RunLevel>LeastPrivilege</RunLevel>" : `<UserId>${xml(user)}</UserId><LogonType>Password</LogonType><RunLevel>LeastPrivilege</RunLevel>`;
  const text = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Author>umpreflight</Author><Description>${xml(description)}</Description></RegistrationInfo>
  <Triggers>
${all.map((trigger) => `    ${trigger}`).join("\n")}
  </Triggers>
  <Principals><Principal id="Author">${principal}</Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT${limitSeconds}S</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec><Command>${xml(program)}</Command><Arguments>${xml(args.map(windowsArgument).join(" "))}</Arguments><WorkingDirectory>${xml(folder)}</WorkingDirectory></Exec>
  </Actions>
</Task>
`;
  return {
    files: [{ name: `${name}.xml`, text }],
    notes: [`schtasks /Create /TN ${windowsArgument(name)} /XML ${windowsArgument(`${name}.xml`)}${user === undefined ? "" : ` /RU ${windowsArgument(user)} /RP *`}`, "The file must be UTF-16 with a byte order mark; `--output` writes it so.", ...(user === undefined ? ["It runs as SYSTEM; give --user for an account of its own."] : [])],
  };
}
