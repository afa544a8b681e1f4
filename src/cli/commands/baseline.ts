import { acceptBaseline } from "../../app/accept-baseline.ts";
import { loadBaseline } from "../../app/baseline.ts";
import type { Outcome } from "../../model/finding.ts";
import type { CommandContext } from "../context.ts";
import { judgingOf } from "./compare.ts";

/** Options of `baseline accept`. */
export interface AcceptOptions {
  readonly from: string;
  readonly output: string;
  readonly by: string | undefined;
  readonly reason: string | undefined;
  readonly unknown: boolean;
  readonly config: string | undefined;
  readonly rules: readonly string[];
  readonly at: string | undefined;
}

/** `baseline accept`: makes the findings of a snapshot or report the accepted state, so that only what is new breaks. */
export async function acceptBaselineCommand(options: AcceptOptions, context: CommandContext): Promise<number> {
  const { by, reason, unknown } = options;
  const run = await loadBaseline(options.from, judgingOf({ ...options, failOn: "fail", onUnknown: "report" }, context));
  const acceptance = { acceptedAt: new Date().toISOString(), ...(by === undefined ? {} : { acceptedBy: by }), ...(reason === undefined ? {} : { reason }), acceptsUnknown: unknown };
  await acceptBaseline(run, options.output, acceptance);
  const open: Record<Outcome, number> = { pass: 0, warn: 0, fail: 0, unknown: 0, "not-applicable": 0 };
  for (const { outcome, disposition } of run.findings) if (disposition === "open") open[outcome] += 1;
  context.terminal.clearProgress();
  await context.terminal.write(`${options.output}: ${open.fail} failures and ${open.warn} warnings accepted; ${open.unknown} unknown ${unknown ? "accepted" : "not accepted"}\n`);
  return 0;
}
