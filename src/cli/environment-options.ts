import type { Options } from "yargs";
import { UsageError } from "../model/errors.ts";

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Name of the environment variable of an option: `fail-on` → `UMPREFLIGHT_FAIL_ON`. */
function variableOf(option: string): string {
  return `UMPREFLIGHT_${option.toUpperCase().replaceAll("-", "_")}`;
}

function valueOf(variable: string, text: string, { type, array, choices }: Options): unknown {
  if (choices !== undefined && !choices.some((choice) => choice === text)) throw new UsageError("environment", `${variable} is ${JSON.stringify(text)}`, { hint: `Write ${choices.join(" or ")}.` });
  if (type === "number" && !/^\d+$/.test(text)) throw new UsageError("environment", `${variable} is ${JSON.stringify(text)}`, { hint: "Write a whole number." });
  if (type === "number") return Number(text);
  if (array === true) return text.split(",").map((item) => item.trim()).filter((item) => item !== "");
  if (type !== "boolean") return text;
  if (/^(1|true|yes)$/i.test(text)) return true;
  if (/^(0|false|no)$/i.test(text)) return false;
  throw new UsageError("environment", `${variable} is ${JSON.stringify(text)}`, { hint: "Write true or false." });
}

/**
 * Options with defaults from `UMPREFLIGHT_*`. Only a command's own options are looked for, so that one environment serves all commands and a password may stand
 * in it too. Options that may be repeated are separated by commas there. @throws UsageError, which names the variable, for a value that the
 * option does not take
 */
export function fromEnvironment<const T extends Readonly<Record<string, Options>>>(options: T, environment: Environment): T {
  const entries = Object.entries(options).map(([name, definition]) => {
    const text = environment[variableOf(name)];
    return [name, text === undefined || text === "" ? definition : { ...definition, default: valueOf(variableOf(name), text, definition) }] as const;
  });
  return Object.fromEntries(entries) as T;
}
