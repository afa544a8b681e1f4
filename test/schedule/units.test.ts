import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { bytesOf, scheduleFor, type Scheduler } from "../../src/app/schedule.ts";
import { windowsArgument } from "../../src/schedule/task-scheduler.ts";
import { schemaProblems } from "../xml-schema.ts";

const nasty = `a b "c" 'd' $HOME %h \\ ; & | * \`id\` é`;

function schedule(scheduler: Scheduler, every = "0 6 * * 1-5", changes: { readonly argv?: readonly [string, ...string[]]; readonly folder?: string; readonly jitterSeconds?: number; readonly user?: string } = {}) {
  return scheduleFor(scheduler, { name: "umpreflight", description: "umpreflight drift check", argv: changes.argv ?? ["/opt/node js/node", "/opt/um preflight/bin.js", "scan", "--config", nasty], folder: changes.folder ?? "/etc/um preflight", every, jitterSeconds: changes.jitterSeconds ?? 90, limitSeconds: 4_200, user: changes.user, image: "registry/umpreflight:1" });
}

const hasSystemd = existsSync("/usr/bin/systemd-analyze");

describe("systemd", () => {
  it.runIf(hasSystemd)("verifies the units, and reads each calendar", () => {
    for (const every of ["0 6 * * 1-5", "*/15 6-18 * * *", "0 0 1,15 * mon", "30 2 29 2 *", "@hourly"]) {
      const folder = mkdtempSync(join(tmpdir(), "umpreflight units-"));
      const program = join(folder, "pro gram");
      writeFileSync(program, "#!/bin/sh\n");
      chmodSync(program, 0o755);
      const { files } = schedule("systemd", every, { argv: [program, "scan", "--config", nasty], folder });
      for (const { name, text } of files) writeFileSync(join(folder, name), text);
      const { status, stderr } = spawnSync("systemd-analyze", ["verify", ...files.map(({ name }) => join(folder, name))], { encoding: "utf8" });
      expect([every, status, stderr]).toEqual([every, 0, ""]);
      for (const [, calendar = ""] of (files[1]?.text ?? "").matchAll(/^OnCalendar=(.*)$/gm)) expect(spawnSync("systemd-analyze", ["calendar", calendar]).status).toBe(0);
    }
  });

  it("doubles what a unit would expand, and quotes the rest", () => {
    const line = schedule("systemd").files[0]?.text.split("\n").find((one) => one.startsWith("ExecStart="));
    expect(line).toBe(`ExecStart="/opt/node js/node" "/opt/um preflight/bin.js" scan --config "a b \\"c\\" 'd' $$HOME %%h \\\\ ; & | * \`id\` é"`);
  });

  it("makes two calendars of days that are either-or", () => expect(schedule("systemd", "0 6 1 * mon").files[1]?.text).toContain("OnCalendar=Mon *-*-* 06:00:00\nOnCalendar=*-*-01 06:00:00\n"));
  it("takes findings for results", () => expect(schedule("systemd").files[0]?.text).toContain("SuccessExitStatus=1 3"));
  it("refuses line breaks", () => expect(() => schedule("systemd", "@daily", { argv: ["/bin/x", "a\nExecStart=/bin/evil"] })).toThrow(/line break/));
});

describe("cron", () => {
  it("gives the program its arguments as they are", () => {
    const folder = mkdtempSync(join(tmpdir(), "umpreflight cron's-"));
    mkdirSync(join(folder, "in side"));
    const out = join(folder, "out");
    const { files } = schedule("cron", "0 6 * * *", { argv: [process.execPath, "-e", "require('node:fs').writeFileSync(process.argv[1],JSON.stringify([process.cwd(),...process.argv.slice(2)]))", out, nasty], folder: join(folder, "in side"), jitterSeconds: 0 });
    const line = (files[0]?.text.split("\n")[2] ?? "").replace("0 6 * * * ", "");
    // cron(8) takes the backslash before a % away and hands the rest to the shell.
    execFileSync("/bin/sh", ["-c", line.replaceAll("\\%", "%")]);
    expect(JSON.parse(readFileSync(out, "utf8"))).toEqual([join(folder, "in side"), nasty]);
    expect(line.replaceAll("\\%", "")).not.toContain("%");
  });
  it("has the account as its sixth field where one is named", () => expect(schedule("cron", "@daily", { user: "svc" }).files[0]?.text).toMatch(/^0 0 \* \* \* svc cd /m));
});

interface Element { readonly name: string; readonly children: Element[]; text: string }
function elements(xml: string): Element {
  const root: Element = { name: "", children: [], text: "" };
  const path = [root];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name }) => {
    const element: Element = { name, children: [], text: "" };
    path.at(-1)?.children.push(element);
    path.push(element);
  });
  parser.on("text", (text) => void ((path.at(-1) ?? root).text += text));
  parser.on("closetag", () => void path.pop());
  parser.on("error", (error) => { throw error; });
  parser.write(xml).close();
  return root;
}
const at = (element: Element | undefined, ...names: string[]): Element | undefined => names.reduce<Element | undefined>((one, name) => one?.children.find((child) => child.name === name), element);
const childNames = (element: Element | undefined): string[] => element?.children.map(({ name }) => name) ?? [];

describe("the Task Scheduler", () => {
  const task = (every: string, user?: string): Element | undefined => at(elements(schedule("task-scheduler", every, user === undefined ? {} : { user }).files[0]?.text ?? ""), "Task");

  /** The text without its encoding, which is UTF-16 in the file and UTF-8 here. */
  const text = (every: string, changes: Parameters<typeof schedule>[2] = {}): string => (schedule("task-scheduler", every, changes).files[0]?.text ?? "").replace(' encoding="UTF-16"', "");
  const grammar = new URL("task.xsd", import.meta.url);

  it("is given what its schema asks for", async () => {
    const all = ["0 6 * * 1-5", "*/15 * * * *", "7,37 * * * *", "0 6,18 1,15 * *", "0 6 * jan mon", "0 6 1 * mon", "0 6 * 3 *", "0 6 29 2 *", "@hourly", "@daily", "@weekly", "@monthly", "0 6 31 * *"];
    const accounts = all.map((every) => text(every, { user: `CONTOSO\\svc & ${nasty}`, jitterSeconds: 0 }));
    expect(await schemaProblems(grammar, ...all.map((every) => text(every)), ...accounts)).toEqual([]);
  });

  it.each([
    ["elements in another order", (good: string) => good.replace(/(<Enabled>true<\/Enabled>)(<StartBoundary>[^<]*<\/StartBoundary>)/u, "$2$1"), /Enabled/],
    ["no action", (good: string) => good.replace(/<Exec>.*<\/Exec>/u, ""), /Exec/],
    ["a context that no principal has", (good: string) => good.replace('Context="Author"', 'Context="Other"'), /Other|contexts/],
    ["a path that is too long", (good: string) => good.replace(/<Command>[^<]*/u, `<Command>${"x".repeat(261)}`), /260/],
    ["more than 48 triggers", (good: string) => good.replace(/( *<CalendarTrigger>.*)/u, Array.from({ length: 49 }, () => "$1").join("")), /CalendarTrigger/],
    ["an interval of seconds", (good: string) => good.replace("<Interval>PT15M", "<Interval>PT15S"), /PT15S|PT1M/],
  ])("whose schema refuses %s", async (_what, spoil, complaint) => {
    const good = text("*/15 * * * *");
    expect(spoil(good)).not.toBe(good);
    expect((await schemaProblems(grammar, spoil(good))).join("\n")).toMatch(complaint);
  });

  it("runs on the days that are meant", () => {
    expect(childNames(at(task("0 6 * * 1-5"), "Triggers", "CalendarTrigger", "ScheduleByWeek", "DaysOfWeek"))).toEqual(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]);
    expect(at(task("0 6 1,15 * *"), "Triggers", "CalendarTrigger", "ScheduleByMonth", "DaysOfMonth")?.children.map(({ text }) => text)).toEqual(["1", "15"]);
    expect(childNames(at(task("0 6 * 3 *"), "Triggers", "CalendarTrigger", "ScheduleByMonth", "Months"))).toEqual(["March"]);
    expect(at(task("*/15 * * * *"), "Triggers", "CalendarTrigger", "Repetition", "Interval")?.text).toBe("PT15M");
    expect(at(task("0 6 1 * mon"), "Triggers")?.children).toHaveLength(2);
    expect(at(task("0 6,18 * * *"), "Triggers")?.children.map((trigger) => at(trigger, "StartBoundary")?.text.slice(11, 16))).toEqual(["06:00", "18:00"]);
  });

  it("refuses what it cannot, with a remedy", () => {
    expect(() => task("*/7 * * * *")).toThrow(/48/);
    expect(() => task("0 6 */2 * mon")).toThrow(/Use one of the two|cannot/);
    expect(() => schedule("task-scheduler", "@daily", { folder: `C:\\${"x".repeat(260)}` })).toThrow(/263 characters/);
  });

  it("keeps arguments whole through XML and the C runtime", () => {
    expect(at(task("@daily"), "Actions", "Exec", "Command")?.text).toBe("/opt/node js/node");
    expect(at(task("@daily"), "Actions", "Exec", "Arguments")?.text).toBe(["/opt/um preflight/bin.js", "scan", "--config", nasty].map(windowsArgument).join(" "));
  });

  it.each([
    ["plain", "plain"],
    ["", '""'],
    ["a b", '"a b"'],
    ['a"b', '"a\\"b"'],
    ["C:\\Program Files\\x\\", '"C:\\Program Files\\x\\\\"'],
    ["C:\\x\\", "C:\\x\\"],
    ['a\\"b', '"a\\\\\\"b"'],
  ])("argument %j is written %j", (argument, expected) => expect(windowsArgument(argument)).toBe(expected));

  it("is written as UTF-16 with a byte order mark, as its declaration says", () => {
    const bytes = bytesOf("umpreflight.xml", '<?xml version="1.0" encoding="UTF-16"?>\n');
    expect([bytes[0], bytes[1], bytes[2], bytes[3]]).toEqual([0xff, 0xfe, 0x3c, 0]);
  });
});

describe("Kubernetes", () => {
  const job = parse(schedule("kubernetes").files[0]?.text ?? "") as Record<string, never>;
  it("is a CronJob of batch/v1 that never overlaps and is not tried again", () => {
    expect(job).toMatchObject({
      apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "umpreflight" },
      spec: { schedule: "0 6 * * 1-5", concurrencyPolicy: "Forbid", jobTemplate: { spec: { backoffLimit: 0, template: { spec: { restartPolicy: "Never", containers: [{ name: "umpreflight", image: "registry/umpreflight:1", command: ["/opt/node js/node", "/opt/um preflight/bin.js", "scan", "--config", nasty] }] } } } } },
    });
  });
  it("mounts only volumes that it has", () => {
    const { containers, volumes } = (job as unknown as { spec: { jobTemplate: { spec: { template: { spec: { containers: { volumeMounts: { name: string; mountPath: string }[] }[]; volumes: { name: string }[] } } } } } }).spec.jobTemplate.spec.template.spec;
    expect(containers[0]?.volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
  });
});

it.each(["Bad Name", "", "-x", "a".repeat(60), "../x"])("%j is no name of a unit", (name) => expect(() => scheduleFor("systemd", { name, description: "", argv: ["/x"], folder: "/", every: "@daily", jitterSeconds: 0, limitSeconds: 1, user: undefined, image: "" })).toThrow(/cannot be the name/));
