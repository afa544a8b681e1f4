import { terminalText } from "../../model/terminal-text.ts";

const single = "'\u2018\u2019\u201a\u201b";
const double = '"\u201c\u201d\u201e';
const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const lengthLimit = 8000;
/** How a command begins: perhaps a variable that takes its result; then a name, a script, a call, a value for a pipe. */
const beginning = /^(?:\$[\p{L}\p{N}_]+\s*=\s*)?(?:[A-Za-z(]|\.\\|& |@\(|['\u2018\u2019\u201a\u201b"$])/u;
/** Addresses that stand for no real one (RFC 5737): the rule wants the reader's own. */
const example = /\b(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d/u;
const automatic = new Set(["_", "true", "false", "null", "psitem", "args", "error", "pwd", "home", "host"]);

/**
 * Why a command cannot stand in a script as it is, or undefined when it can: closed on its own line, whatever its values are. It is not asked what the
 * command does; the rule's author wrote it, and the values in it are quoted.
 * @param variables lower-case names that the commands before it set; those that this one sets are added
 */
export function commandProblem(command: string, variables: Set<string>): string | undefined {
  if (command.trim() === "") return "it is empty";
  if (command.length > lengthLimit) return "it is too long";
  if (terminalText(command) !== command) return "it holds characters that cannot be seen";
  if (!beginning.test(command)) return "it is no command";
  if (example.test(command)) return "it names an example address";
  const pieces = codeOf(command);
  if (typeof pieces === "string") return pieces;
  return unsetVariable(pieces.code, variables);
}

/** The command without its strings, or what is wrong with it. */
function codeOf(command: string): { readonly code: string } | string {
  const open: string[] = [];
  let code = "";
  for (let at = 0; at < command.length; at += 1) {
    const character = command[at] ?? "";
    if (single.includes(character) || double.includes(character)) {
      const end = stringEnd(command, at);
      if (typeof end === "string") return end;
      code += "''";
      at = end;
      continue;
    }
    const problem = problemOf(character, command[at + 1] ?? "", open);
    if (problem !== undefined) return problem;
    code += character;
  }
  if (open.length > 0) return "a bracket is left open";
  return /(^|\s)--%/.test(code) ? "it holds --%" : { code };
}

function problemOf(character: string, next: string, open: string[]): string | undefined {
  const closer = closers[character];
  if (closer !== undefined) open.push(closer);
  else if (")]}".includes(character) && open.pop() !== character) return "its brackets do not match";
  if (character === "<") return "something has to be filled in";
  if (character === "@" && (single + double).includes(next) && next !== "") return "it begins a here-string";
  return "#`>".includes(character) || (character === "$" && (next === "{" || next === "(")) ? `it holds ${character} outside of quotes` : undefined;
}

/** Index of the quote that ends the string, or what is wrong with it. */
function stringEnd(command: string, start: number): number | string {
  const quotes = single.includes(command[start] ?? "") ? single : double;
  for (let at = start + 1; at < command.length; at += 1) {
    const character = command[at] ?? "";
    const next = command[at + 1] ?? "";
    if (quotes === double && (character === "`" || character === "$")) return `it holds ${character} in double quotes`;
    if (!quotes.includes(character)) continue;
    if (next === "" || !quotes.includes(next)) return /^<.+>$/u.test(command.slice(start + 1, at)) ? "something has to be filled in" : at;
    at += 1;
  }
  return "a quote is left open";
}

function unsetVariable(code: string, variables: Set<string>): string | undefined {
  const used = [...code.matchAll(/\$([\p{L}\p{N}_:]+)/gu)].map(([, name = ""]) => name.toLowerCase());
  const set = /^\s*\$([\p{L}\p{N}_]+)\s*=(?!=)/u.exec(code)?.[1]?.toLowerCase();
  const missing = used.find((name) => name !== set && !automatic.has(name) && !variables.has(name) && !name.startsWith("env:"));
  if (missing === undefined && set !== undefined) variables.add(set);
  return missing === undefined ? undefined : `$${missing} has to be set first`;
}
