import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../model/errors.ts";
import type { Severity } from "../model/finding.ts";
import { profiles, type ParameterValue, type ProfileName } from "../model/rule.ts";
import schema from "../../reports/schemas/rule-profile.schema.json" with { type: "json" };
import { readYaml } from "./yaml-document.ts";
import { compileSchema, validateYaml } from "./yaml-validate.ts";

type BySetting<T> = Readonly<Record<string, T>>;

/** Which rules run, and how: a profile with those that it extends worked in. */
export interface RuleProfile {
  readonly id: string;
  readonly title: string;
  /** The integration that is checked: the shipped profile that this is or extends. */
  readonly integration: ProfileName;
  /** Globs over rule ids: `*` stands for a part of a name, `**` for anything. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly severities: BySetting<Severity>;
  readonly parameters: BySetting<BySetting<ParameterValue>>;
}

interface ProfileFile {
  readonly id: string;
  readonly title: string;
  readonly extends?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly severity?: BySetting<Severity>;
  readonly parameters?: BySetting<BySetting<ParameterValue>>;
}

const maxExtends = 5;
const idShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/** Loads `<folder>/<id>.yaml` and what it extends. Throws a ConfigError. */
export function loadProfile(folder: string, id: string): RuleProfile {
  const chain: ProfileFile[] = [];
  for (let next: string | undefined = id; next !== undefined; next = chain.at(-1)?.extends) {
    if (chain.length >= maxExtends || chain.some((profile) => profile.id === next)) throw new ConfigError("profile", `The profile ${id} extends too many others, or itself: ${[...chain.map((profile) => profile.id), next].join(" → ")}.`);
    chain.push(readProfile(folder, next));
  }
  const integration = profiles.find((name) => chain.some((profile) => profile.id === name));
  if (integration === undefined) throw new ConfigError("profile", `The profile ${id} extends none of ${profiles.join(", ")}.`, { position: { file: join(folder, `${id}.yaml`) } });
  const whole = chain.reduceRight<RuleProfile>((base, profile) => extended(base, profile), { id, title: id, integration, include: [], exclude: [], severities: {}, parameters: {} });
  if (whole.include.length === 0) throw new ConfigError("profile", `The profile ${id} includes no rules.`, { position: { file: join(folder, `${id}.yaml`) }, hint: 'Write include: ["**"] for all.' });
  return whole;
}

function extended(base: RuleProfile, profile: ProfileFile): RuleProfile {
  const parameters = { ...base.parameters };
  for (const [rule, values] of Object.entries(profile.parameters ?? {})) parameters[rule] = { ...parameters[rule], ...values };
  return {
    id: profile.id,
    title: profile.title,
    integration: base.integration,
    include: profile.include ?? base.include,
    exclude: [...base.exclude, ...(profile.exclude ?? [])],
    severities: { ...base.severities, ...profile.severity },
    parameters,
  };
}

function readProfile(folder: string, id: string): ProfileFile {
  const file = join(folder, `${id}.yaml`);
  // The id becomes part of a path.
  if (!idShape.test(id)) throw new ConfigError("profile", `${id} cannot be the name of a profile.`);
  const document = readYaml(file, readText(file, id));
  const problems = "positions" in document ? validateYaml(file, document, compileSchema(schema)) : document;
  const [first] = problems;
  if (first !== undefined || !("positions" in document)) throw new ConfigError("profile", first?.message ?? "The profile cannot be read.", { position: first?.position ?? { file }, ...(first?.hint === undefined ? {} : { hint: first.hint }) });
  const profile = document.value as ProfileFile;
  if (profile.id !== id) throw new ConfigError("profile", `The profile is ${profile.id}, but its file is ${id}.yaml.`, { position: { file } });
  return profile;
}

function readText(file: string, id: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new ConfigError("profile", `There is no profile ${id}.`, { cause, position: { file } });
  }
}
