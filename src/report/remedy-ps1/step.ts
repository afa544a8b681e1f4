import type { Finding } from "../../model/finding.ts";
import { powershellComment, powershellString } from "../escape-powershell.ts";
import { subjectText } from "../finding-text.ts";
import { fingerprintOf } from "../fingerprint.ts";
import { shortened } from "../shorten.ts";
import { commandProblem } from "./command-problem.ts";

/** One finding as a part of the script: what is wrong as comments, its commands behind `Approve-Step`. Commands that are not whole stay comments, with those after and before them. */
export function stepText(finding: Finding, number: number, same: number | undefined): string {
  const { rule, severity, subject, message, remedy } = finding;
  const head = [
    powershellComment(`${number}`, `${rule} (${severity}) on ${shortened(subjectText(subject), 500)}, finding ${fingerprintOf(finding)}`),
    powershellComment("Found", shortened(message, 1000)),
    ...(remedy === undefined || remedy.text === "" ? [] : [powershellComment("Remedy", shortened(remedy.text, 2000))]),
  ].join("");
  const commands = remedy?.commands ?? [];
  if (commands.length === 0) return `${head}# No command: this is done by hand.\n\n`;
  if (same !== undefined) return `${head}# The commands are those of ${same}.\n\n`;
  const variables = new Set<string>();
  const problem = commands.map((command) => commandProblem(command, variables)).find((one) => one !== undefined);
  if (problem !== undefined) return `${head}${powershellComment("Not run", problem)}${commands.map((command) => powershellComment("By hand", shortened(command, 8000))).join("")}\n`;
  const target = powershellString(shortened(subjectText(subject), 200));
  // A variable of an earlier step must not stand in for one whose command was declined: it would, say, assign another server's certificate.
  const resets = [...variables].map((name) => `$${name} = $null\n`).join("");
  return `${head}${resets}${commands.map((command) => `if (Approve-Step ${target} ${powershellString(command)}) {\n    ${command}\n}\n`).join("")}\n`;
}
