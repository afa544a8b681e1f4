import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RuleError, type SourcePosition } from "../model/errors.ts";
import type { Reference } from "../model/finding.ts";
import type { PhaseDefinition, ProcessDefinition } from "../model/process.ts";
import schema from "../../reports/schemas/process.schema.json" with { type: "json" };
import { prebuiltKey, type Prebuilt } from "./rules-prebuilt.ts";
import { readYaml } from "./yaml-document.ts";
import { compileSchema, positionOf, validateYaml } from "./yaml-validate.ts";

type PhaseFile = Omit<PhaseDefinition, "rules" | "references"> & Partial<Pick<PhaseDefinition, "rules" | "references">>;
type ProcessFile = Omit<ProcessDefinition, "phases"> & { readonly phases: readonly PhaseFile[]; readonly references: readonly Reference[] };

/** Loads `<folder>/<id>.yaml`; one that the build has read before is not read as YAML again. @throws RuleError */
export function loadProcess(folder: string, id: string, prebuilt: Prebuilt<ProcessDefinition> = new Map()): ProcessDefinition {
  const file = join(folder, `${id}.yaml`);
  const text = readText(file, id);
  return prebuilt.get(prebuiltKey(file, text)) ?? parseProcess(file, text, id);
}

function readText(file: string, id: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new RuleError("process", `There is no process ${id}.`, { cause, position: { file } });
  }
}

/** The process of a file. A phase without references has those of the process. @throws RuleError */
export function parseProcess(file: string, text: string, id: string): ProcessDefinition {
  const document = readYaml(file, text);
  const [problem] = "positions" in document ? validateYaml(file, document, compileSchema(schema)) : document;
  if (problem !== undefined || !("positions" in document)) throw refusal(problem?.message ?? "The process cannot be read.", problem?.position ?? { file }, problem?.hint);
  const { title, phases, references, ...rest } = document.value as ProcessFile;
  if (rest.id !== id) throw refusal(`The process is ${rest.id}, but its file is ${id}.yaml.`, positionOf(file, document, "/id"));
  const twice = phases.findIndex((phase, index) => phases.findIndex((other) => other.id === phase.id) < index);
  if (twice !== -1) throw refusal(`There are two phases ${phases[twice]?.id ?? ""}.`, positionOf(file, document, `/phases/${twice}/id`));
  return { id, title, phases: phases.map((phase) => ({ ...phase, rules: phase.rules ?? [], references: phase.references ?? references })) };
}

function refusal(message: string, position: SourcePosition, hint?: string): RuleError {
  return new RuleError("process", message, hint === undefined ? { position } : { position, hint });
}
