import { ConfigError, describeError } from "../model/errors.ts";
import type { YamlProblem } from "./yaml-document.ts";

/** Refuses a file for what is wrong with it: the only problem as it is, several as one list. */
export function refuseFile(code: string, file: string, problems: readonly YamlProblem[]): never {
  const errors = problems.map(({ message, hint, position }) => new ConfigError(code, message, { position, ...(hint === undefined ? {} : { hint }) }));
  const [first] = errors;
  if (errors.length === 1 && first !== undefined) throw first;
  throw new ConfigError(code, `${file} cannot be used:\n${errors.map(describeError).join("\n")}`);
}
