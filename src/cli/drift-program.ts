import type { Argv } from "yargs";
import type { CommandContext } from "./context.ts";
import { ownRules } from "./own-rules.ts";
import { fromEnvironment } from "./environment-options.ts";
import { reportOptions } from "./options.ts";

type Finish = (code: Promise<number>) => Promise<void>;

const judging = {
  config: { type: "string", alias: "c", requiresArg: true, description: "Configuration file, for parameters and rule folders where snapshots are judged" },
  ...ownRules,
  at: { type: "string", requiresArg: true, description: "Judge snapshots as of this moment (RFC 3339); each as of its own unless told" },
} as const;

function addCompare(program: Argv, context: CommandContext, finish: Finish): Argv {
  return program.command(
    "compare <before> <after>",
    "What changed between two runs: snapshots, JSON reports or accepted baselines",
    (command) =>
      command
        .positional("before", { type: "string", demandOption: true, description: "Earlier run" })
        .positional("after", { type: "string", demandOption: true, description: "Later run" })
        .options(fromEnvironment({
          ...judging,
          facts: { type: "boolean", default: false, description: "Also which fact of which object changed; for snapshots" },
          still: { type: "boolean", default: false, description: "Also what stands still" },
          format: { choices: ["text", "json"] as const, default: "text" as const, description: "Format" },
          "fail-on": { choices: ["warn", "fail"] as const, default: "fail" as const, description: "Lowest outcome that gives exit code 1 when it is new" },
          "on-unknown": { choices: ["report", "fail", "ignore"] as const, default: "report" as const, description: "What unknown-now gives: exit code 3, exit code 1, or nothing" },
        }, context.environment)),
    (args) => finish(import("./commands/compare.ts").then(({ compareCommand }) => compareCommand(args, context))),
  );
}

function addBaseline(program: Argv, context: CommandContext, finish: Finish): Argv {
  return program.command("baseline", "Accept today's findings, so that only new ones break", (command) =>
    command
      .command(
        "accept <from>",
        "Write the findings of a snapshot or JSON report as the accepted state",
        (sub) =>
          sub.positional("from", { type: "string", demandOption: true, description: "Snapshot or JSON report" }).options({
            ...judging,
            output: { type: "string", alias: "o", requiresArg: true, default: "baseline.json", description: "Baseline file" },
            by: { type: "string", requiresArg: true, description: "Who accepts it" },
            reason: { type: "string", requiresArg: true, description: "Why" },
            unknown: { type: "boolean", default: false, description: "Accept what is unknown, too" },
          }),
        (args) => finish(import("./commands/baseline.ts").then(({ acceptBaselineCommand }) => acceptBaselineCommand(args, context))),
      )
      .demandCommand(1, "Name one of: accept."),
  );
}

function addWaivers(program: Argv, context: CommandContext, finish: Finish): Argv {
  const file = { file: { type: "string", alias: "f", requiresArg: true, default: "waivers.yaml", description: "Waivers file" } } as const;
  const rules = { rules: judging.rules };
  return program.command("waivers", "List, check and add accepted findings", (command) =>
    command
      .command("list", "Every waiver: what it accepts, until when, and who answers for it", (sub) => sub.options({ ...file, json: { type: "boolean", default: false, description: "As JSON" } }), (args) => finish(import("./commands/waivers.ts").then(({ listWaivers }) => listWaivers(args, context))))
      .command("lint", "Waivers that are expired, end soon, are too broad, or name no rule", (sub) => sub.options({ ...file, ...rules }), (args) => finish(import("./commands/waivers.ts").then(({ lintWaiversCommand }) => lintWaiversCommand(args, context))))
      .command(
        "add <rule> <subject>",
        "Add a waiver",
        (sub) =>
          sub
            .positional("rule", { type: "string", demandOption: true, description: "Id of the rule" })
            .positional("subject", { type: "string", demandOption: true, description: "Stable id of the subject, as the JSON report shows it" })
            .options({
              ...file,
              ...rules,
              kind: { type: "string", requiresArg: true, description: "Kind of subject" },
              id: { type: "string", requiresArg: true, description: "Name of the waiver" },
              reason: { type: "string", requiresArg: true, demandOption: true, description: "Why it is accepted" },
              owner: { type: "string", requiresArg: true, demandOption: true, description: "Who accepts it" },
              ticket: { type: "string", requiresArg: true, description: "Number of the change or ticket" },
              expires: { type: "string", requiresArg: true, demandOption: true, description: "Until when: 2026-12-31T00:00:00Z" },
              unknown: { type: "boolean", default: false, description: "Accept it also while it is unknown" },
            }),
        (args) => finish(import("./commands/waivers.ts").then(({ addWaiverCommand }) => addWaiverCommand(args, context))),
      )
      .demandCommand(1, "Name one of: list, lint, add."),
  );
}

function addHistory(program: Argv, context: CommandContext, finish: Finish): Argv {
  const options = fromEnvironment({ history: { type: "string", requiresArg: true, default: "umpreflight-history.db", description: "Database of earlier runs" }, json: { type: "boolean", default: false, description: "As JSON" } }, context.environment);
  const limit = { limit: { type: "number", requiresArg: true, default: 60, description: "How many runs" } } as const;
  return program
    .command("history", "Earlier runs, as a history file keeps them", (command) =>
      command
        .command(["list", "$0"], "The runs, oldest first", (sub) => sub.options({ ...options, ...limit }), (args) => finish(import("./commands/history.ts").then(({ listHistory }) => listHistory(args, context))))
        .command("show <run>", "What changed with one run", (sub) => sub.positional("run", { type: "number", demandOption: true, description: "Number of the run" }).options(options), (args) => finish(import("./commands/history.ts").then(({ showHistory }) => showHistory(args, context))))
        .command("outbox", "Notifications that wait or were given up", (sub) => sub.options(options), (args) => finish(import("./commands/history.ts").then(({ showOutbox }) => showOutbox(args, context)))),
    )
    .command("trend", "How many failures, warnings and unknown checks each run had", (command) => command.options({ ...options, ...limit }), (args) => finish(import("./commands/history.ts").then(({ trendCommand }) => trendCommand(args, context))));
}

function addNotify(program: Argv, context: CommandContext, finish: Finish): Argv {
  const options = fromEnvironment({ config: { type: "string", alias: "c", requiresArg: true, default: "umpreflight.yaml", description: "Configuration file" } }, context.environment);
  return program.command("notify", "Test notification channels, send what waits", (command) =>
    command
      .command("test", "Send a test to every channel", (sub) => sub.options({ ...options, channel: { type: "string", requiresArg: true, description: "Only this channel" } }), (args) => finish(import("./commands/notify.ts").then(({ testNotifications }) => testNotifications(args, context))))
      .command("send", "Send what waits and is due", (sub) => sub.options(options), (args) => finish(import("./commands/notify.ts").then(({ sendNotifications }) => sendNotifications(args, context))))
      .demandCommand(1, "Name one of: test, send."),
  );
}

function addSchedule(program: Argv, context: CommandContext, finish: Finish): Argv {
  const config = { type: "string", alias: "c", requiresArg: true, default: "umpreflight.yaml", description: "Configuration file" } as const;
  const every = { type: "string", requiresArg: true, default: "0 6 * * *", description: "When: five fields of cron, local time" } as const;
  const jitter = { type: "number", requiresArg: true, default: 0, description: "Seconds by which a run may start later, at random" } as const;
  const printing = fromEnvironment(
    {
      for: { choices: ["systemd", "task-scheduler", "cron", "kubernetes"] as const, demandOption: true as const, description: "Scheduler" },
      every, config, jitter,
      name: { type: "string", requiresArg: true, default: "umpreflight", description: "Name of the unit or task" },
      user: { type: "string", requiresArg: true, description: "Account to run under" },
      image: { type: "string", requiresArg: true, default: "umpreflight:latest", description: "Container image, for kubernetes" },
      output: { type: "string", alias: "o", requiresArg: true, description: "Folder to write the files into" },
    },
    context.environment,
  );
  const watching = fromEnvironment(
    {
      every, config, jitter,
      now: { type: "boolean", default: false, description: "Scan at once, too" },
      port: { type: "number", requiresArg: true, description: "Serve /healthz, /metrics and /report on this port of 127.0.0.1" },
      snapshot: { type: "string", requiresArg: true, description: "Keep the last snapshot in this file" },
    },
    context.environment,
  );
  return program
    .command("schedule", "Print what makes systemd, Task Scheduler, cron or Kubernetes scan", (command) =>
      command
        .command("print", "Print the units for a scheduler and this configuration", (sub) => sub.options(printing), (args) => finish(import("./commands/schedule.ts").then(({ printSchedule }) => printSchedule(args, context))))
        .demandCommand(1, "Name one of: print."),
    )
    .command("watch", "Stay in the foreground and scan by a schedule", (command) => reportOptions(command.options(watching), context.environment), (args) => finish(import("./commands/watch.ts").then(({ watchCommand }) => watchCommand(args, context))));
}

/** Adds the commands for drift: what changed, what is accepted, what was, and when to look again. */
export function addDrift(program: Argv, context: CommandContext, finish: Finish): Argv {
  return addNotify(addSchedule(addHistory(addWaivers(addBaseline(addCompare(program, context, finish), context, finish), context, finish), context, finish), context, finish), context, finish);
}
