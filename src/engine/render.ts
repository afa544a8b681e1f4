import type { Template } from "../expression/template.ts";
import { valueText } from "../expression/value-text.ts";
import type { Remedy } from "../model/finding.ts";
import type { Subject } from "../model/subject.ts";
import type { CompiledRemedy } from "./compiled-rule.ts";
import type { Variables } from "./gate.ts";
import { powershellArgument } from "./powershell.ts";
import { workOut, type Run } from "./run-state.ts";

const maxValueLength = 500;

/** A message with its values; what was not read shows as «not read». */
export function renderText(run: Run, template: Template, variables: Variables, subject: Subject): string {
  const parts = template.parts.map((part) => {
    if (typeof part === "string") return part;
    const worked = workOut(run, part, variables, subject, "message");
    if (!worked.done) return run.words.notRead;
    const text = valueText(worked.value, run.words);
    return text.length > maxValueLength ? `${text.slice(0, maxValueLength)}…` : text;
  });
  return parts.join("");
}

/** A remedy with its commands complete. A command is left out when one of its values was not read, is absent or cannot be written safely, and the text says so. */
export function renderRemedy(run: Run, remedy: CompiledRemedy, variables: Variables, subject: Subject): Remedy {
  const text = renderText(run, remedy.text, variables, subject);
  const commands: string[] = [];
  const notes: string[] = [];
  for (const template of remedy.commands) {
    const command = renderCommand(run, template, variables, subject);
    if (command.complete) commands.push(command.text);
    else notes.push(run.words.leftOut(template.text, command.why));
  }
  return { text: [text, ...notes].join(" "), commands };
}

type Command = { readonly complete: true; readonly text: string } | { readonly complete: false; readonly why: string };

function renderCommand(run: Run, template: Template, variables: Variables, subject: Subject): Command {
  let text = "";
  for (const part of template.parts) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    const worked = workOut(run, part, variables, subject, "command");
    if (!worked.done) return { complete: false, why: run.words.valueNotRead(part.text) };
    const argument = powershellArgument(worked.value);
    if (argument === undefined) return { complete: false, why: run.words.valueUnfit(part.text) };
    text += argument;
  }
  return { complete: true, text };
}
