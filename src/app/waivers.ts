import { rename, rm, writeFile } from "node:fs/promises";
import { addWaiver, type NewWaiver } from "../config/waivers-edit.ts";
import { parseWaivers, readWaiversText, waiverId } from "../config/waivers-file.ts";
import { waiverRules } from "../drift/waiver-findings.ts";
import { AppError, ConfigError, HistoryError } from "../model/errors.ts";
import type { Waiver, WaiverFile } from "../model/waiver.ts";
import { loadedRule, type LoadedRules } from "./load-rules.ts";

const dayMs = 86_400_000;
const longestDays = 400;

function place({ position }: Waiver): string {
  return [position.file, position.line, position.column].filter((part) => part !== undefined).join(":");
}

/** What is doubtful about waivers without looking at a run: sentences with file and line. */
export function lintWaivers({ waivers, soonDays }: WaiverFile, rules: LoadedRules, now: Date): readonly string[] {
  const known = new Set([...rules.rules.map(({ id }) => id), ...Object.keys(waiverRules)]);
  return waivers.flatMap((waiver) => {
    const leftMs = Date.parse(waiver.expires) - now.getTime();
    return [
      ...(known.has(waiver.rule) ? [] : [`there is no rule ${waiver.rule}`]),
      ...(leftMs <= 0 ? [`it expired at ${waiver.expires}`] : leftMs <= soonDays * dayMs ? [`it expires at ${waiver.expires}, within ${soonDays} days`] : []),
      ...(leftMs > longestDays * dayMs ? [`it holds for more than ${longestDays} days: nobody will remember why`] : []),
      ...("glob" in waiver.subject && waiver.atMost === undefined && waiver.subject.glob.replaceAll("*", "").length < 3 ? [`the glob ${waiver.subject.glob} takes in nearly everything; name subjects, or state atMost`] : []),
    ].map((problem) => `${place(waiver)}: ${waiver.id}: ${problem}`);
  });
}

function textOrNothing(file: string): string | undefined {
  try {
    return readWaiversText(file);
  } catch (error) {
    if (error instanceof AppError && error.code === "waivers-missing") return undefined;
    throw error;
  }
}

/**
 * Adds a waiver to a file, which is begun where there is none. Written beside it and renamed, so that it is whole at any moment.
 * @throws UsageError for a rule that does not exist, ConfigError for values that do not fit, HistoryError when it cannot be written
 */
export async function appendWaiver(file: string, waiver: NewWaiver, rules: LoadedRules): Promise<string> {
  loadedRule(rules, waiver.rule);
  const before = textOrNothing(file);
  const id = waiver.id ?? waiverId(waiver.rule, { id: waiver.subject });
  if (before !== undefined && parseWaivers(file, before).waivers.some((one) => one.id === id)) throw new ConfigError("waivers-file", `${file} has the waiver ${id} already`, { hint: "Change that one, or give another --id." });
  const text = addWaiver(file, before, waiver);
  const partial = `${file}.partial`;
  try {
    await writeFile(partial, text);
    await rename(partial, file);
  } catch (cause) {
    await rm(partial, { force: true });
    throw new HistoryError("waivers-write", `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  return id;
}
