import { UsageError } from "../model/errors.ts";

/** A number of the command line that must be whole and within bounds. yargs makes NaN of what is none. @throws UsageError */
export function wholeNumber(option: string, value: number, { from, to }: { readonly from: number; readonly to: number }): number {
  if (!Number.isInteger(value) || value < from || value > to) throw new UsageError("number", `--${option} must be a whole number from ${from} to ${to}`);
  return value;
}
