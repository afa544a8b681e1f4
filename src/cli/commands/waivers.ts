import { loadRules, ruleSources } from "../../app/load-rules.ts";
import { appendWaiver, lintWaivers } from "../../app/waivers.ts";
import { loadWaivers } from "../../config/waivers-file.ts";
import { UsageError } from "../../model/errors.ts";
import type { CommandContext } from "../context.ts";

/** Options of all `waivers` commands. */
export interface WaiverOptions {
  readonly file: string;
}

/** Options of `waivers add`. */
export interface AddWaiverOptions extends WaiverOptions {
  readonly rule: string;
  readonly subject: string;
  readonly kind: string | undefined;
  readonly id: string | undefined;
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string | undefined;
  readonly expires: string;
  readonly unknown: boolean;
  readonly rules: readonly string[];
}

/** `waivers list`: every waiver with what it accepts, until when, and who answers for it. */
export async function listWaivers(options: WaiverOptions & { readonly json: boolean }, { terminal }: CommandContext): Promise<number> {
  const { waivers } = loadWaivers(options.file);
  if (options.json) {
    await terminal.write(`${JSON.stringify(waivers, undefined, 2)}\n`);
    return 0;
  }
  for (const { id, rule, subject, owner, ticket, expires, reason, unknown } of waivers) {
    const expired = Date.parse(expires) <= Date.now() ? " EXPIRED" : "";
    const extra = [ticket, unknown ? "also unknown" : undefined].filter((part) => part !== undefined).map((part) => `, ${part}`).join("");
    await terminal.write(`${id}  ${rule}  ${"id" in subject ? subject.id : `glob ${subject.glob}`}\n    until ${expires}${expired}, ${owner}${extra}: ${reason.replaceAll(/\s+/g, " ")}\n`);
  }
  await terminal.write(`${waivers.length} ${waivers.length === 1 ? "waiver" : "waivers"}\n`);
  return 0;
}

/** `waivers lint`: exit code 1 where a waiver is doubtful, 2 where the file cannot be used. */
export async function lintWaiversCommand(options: WaiverOptions & { readonly rules: readonly string[] }, { terminal, packageRoot }: CommandContext): Promise<number> {
  const problems = lintWaivers(loadWaivers(options.file), loadRules(packageRoot, ruleSources(undefined, options)), new Date());
  for (const problem of problems) await terminal.write(`${problem}\n`);
  await terminal.write(`${problems.length} ${problems.length === 1 ? "problem" : "problems"}\n`);
  return problems.length > 0 ? 1 : 0;
}

/** `waivers add`: adds one, keeping what stands in the file. */
export async function addWaiverCommand(options: AddWaiverOptions, { terminal, packageRoot }: CommandContext): Promise<number> {
  const { file, rules, rule, subject, kind, id, reason, owner, ticket, expires, unknown } = options;
  if (Date.parse(expires) <= Date.now()) throw new UsageError("expires", `--expires ${expires} is past: the waiver would accept nothing`);
  const defined = { ...(id === undefined ? {} : { id }), ...(kind === undefined ? {} : { kind }), ...(ticket === undefined ? {} : { ticket }), ...(unknown ? { unknown: true as const } : {}) };
  const added = await appendWaiver(file, { rule, subject, reason, owner, expires, ...defined }, loadRules(packageRoot, ruleSources(undefined, { rules })));
  await terminal.write(`${added} added to ${file}\n`);
  return 0;
}
