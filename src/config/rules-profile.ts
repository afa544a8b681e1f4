import { dirname, join, resolve } from "node:path";
import { errorCode } from "../model/error-code.ts";
import { ConfigError, type SourcePosition } from "../model/errors.ts";
import type { Severity } from "../model/finding.ts";
import { profiles, type ParameterValue, type ProfileName } from "../model/rule.ts";
import { nearestName } from "../model/nearest-name.ts";
import schema from "../../reports/schemas/rule-profile.schema.json" with { type: "json" };
import { readSmallFile } from "./read-small-file.ts";
import { escapePointer, readYaml, type YamlDocument } from "./yaml-document.ts";
import { refuseFile } from "./refuse-file.ts";
import { compileSchema, positionOf, validateYaml } from "./yaml-validate.ts";

type BySetting<T> = Readonly<Record<string, T>>;

/** One profile's part in which rules run. Globs over rule ids: `*` stands for a part of a name, `**` for anything. */
export interface SelectionStep {
  /** Adds rules. */
  readonly include: readonly string[];
  /** Keeps only these of what is chosen so far; undefined: all. */
  readonly only: readonly string[] | undefined;
  /** Takes rules away. */
  readonly exclude: readonly string[];
}

/** A rule, or a glob over ids, that a profile names, with where it stands. */
export interface NamedInProfile {
  readonly text: string;
  /** `include`, `only` and `exclude` hold globs, the others ids. */
  readonly part: "include" | "only" | "exclude" | "severity" | "parameters";
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly position: SourcePosition;
}

/** Which rules run, and how: a profile with those that it extends worked in. */
export interface RuleProfile {
  readonly id: string;
  readonly title: string;
  /** The integration that is checked: the shipped profile that this is or extends. */
  readonly integration: ProfileName;
  /** From the profile at the bottom of the chain to this one. */
  readonly selection: readonly SelectionStep[];
  readonly severities: BySetting<Severity>;
  readonly parameters: BySetting<BySetting<ParameterValue>>;
  /** Everything that the chain names, for finding what does not exist. */
  readonly named: readonly NamedInProfile[];
}

/** A profile that ships, by name, or one of somebody's own, by file. */
export type ProfileSource = { readonly name: string } | { readonly file: string };

interface ProfileFile {
  readonly id: string;
  readonly title: string;
  readonly extends?: string;
  readonly include?: readonly string[];
  readonly only?: readonly string[];
  readonly exclude?: readonly string[];
  readonly severity?: BySetting<Severity>;
  readonly parameters?: BySetting<BySetting<ParameterValue>>;
}

interface LoadedProfile {
  readonly file: string;
  readonly profile: ProfileFile;
  readonly document: YamlDocument;
}

const maxExtends = 5;
const idShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/** Loads a profile and what it extends; `shipped` is the folder of those that ship. @throws ConfigError */
export function loadProfile(shipped: string, source: ProfileSource): RuleProfile {
  const first = "name" in source ? namedFile(shipped, source.name, undefined) : resolve(source.file);
  const chain: LoadedProfile[] = [];
  for (let next: string | undefined = first; next !== undefined; next = extendedBy(shipped, chain)) chain.push(readProfile(next, dirname(next) === resolve(shipped)));
  const [own] = chain;
  if (own === undefined) throw new ConfigError("profile", "There is no profile.");
  const { id, title } = own.profile;
  const integration = profiles.find((name) => chain.some(({ file }) => file === join(resolve(shipped), `${name}.yaml`)));
  if (integration === undefined) throw new ConfigError("profile", `The profile ${id} extends none of ${profiles.join(", ")}.`, { position: { file: own.file }, hint: "Write extends: on-premises, for example." });
  const bottomUp = chain.toReversed();
  if (!bottomUp.some(({ profile }) => (profile.include?.length ?? 0) > 0)) throw new ConfigError("profile", `The profile ${id} includes no rules.`, { position: { file: own.file }, hint: 'Write include: ["**"] for all.' });
  return {
    id,
    title,
    integration,
    selection: bottomUp.map(({ profile }) => ({ include: profile.include ?? [], only: profile.only, exclude: profile.exclude ?? [] })),
    severities: Object.assign({}, ...bottomUp.map(({ profile }) => profile.severity ?? {})) as BySetting<Severity>,
    parameters: bottomUp.reduce<BySetting<BySetting<ParameterValue>>>((base, { profile }) => mergedParameters(base, profile.parameters ?? {}), {}),
    named: bottomUp.flatMap(namedIn),
  };
}

/** Parameters by rule and name, the later over the earlier, one by one. */
export function mergedParameters(earlier: BySetting<BySetting<ParameterValue>>, later: BySetting<BySetting<ParameterValue>>): BySetting<BySetting<ParameterValue>> {
  return Object.fromEntries(Object.keys({ ...earlier, ...later }).map((id) => [id, { ...earlier[id], ...later[id] }]));
}

/** The file that the last of a chain extends. One that is in the chain already would never end. */
function extendedBy(shipped: string, chain: readonly LoadedProfile[]): string | undefined {
  const last = chain.at(-1);
  const name = last?.profile.extends;
  if (last === undefined || name === undefined) return undefined;
  const position = positionOf(last.file, last.document, "/extends");
  const file = name.endsWith(".yaml") ? resolve(dirname(last.file), name) : namedFile(shipped, name, position);
  const ids = [...chain.map(({ profile }) => profile.id), name].join(" → ");
  if (chain.some((one) => one.file === file)) throw new ConfigError("profile", `The profile extends itself: ${ids}.`, { position });
  if (chain.length >= maxExtends) throw new ConfigError("profile", `More than ${maxExtends} profiles extend each other: ${ids}.`, { position });
  return file;
}

function namedFile(shipped: string, name: string, position: SourcePosition | undefined): string {
  const known: readonly string[] = profiles;
  // The name becomes part of a path.
  if (idShape.test(name) && known.includes(name)) return join(resolve(shipped), `${name}.yaml`);
  const nearest = nearestName(name, known);
  throw new ConfigError("profile", `There is no profile ${name}.`, { hint: nearest === undefined ? `There are ${known.join(", ")}; one of your own is named by its file: ./strict.yaml.` : `Did you mean ${nearest}?`, ...(position === undefined ? {} : { position }) });
}

function readProfile(file: string, ships: boolean): LoadedProfile {
  const document = readYaml(file, readText(file));
  if (!("positions" in document)) return refuseFile("profile", file, document);
  const problems = validateYaml(file, document, compileSchema(schema));
  if (problems.length > 0) return refuseFile("profile", file, problems);
  const profile = document.value as ProfileFile;
  const known: readonly string[] = profiles;
  if (!ships && known.includes(profile.id)) throw new ConfigError("profile", `${profile.id} is the name of a profile that ships.`, { position: positionOf(file, document, "/id"), hint: "Give yours a name of its own." });
  return { file, profile, document };
}

function namedIn({ file, profile, document }: LoadedProfile): readonly NamedInProfile[] {
  const globs = (["include", "only", "exclude"] as const).flatMap((part) => (profile[part] ?? []).map((text, at) => ({ text, part, parameters: {}, position: positionOf(file, document, `/${part}/${at}`) })));
  const ids = (["severity", "parameters"] as const).flatMap((part) =>
    Object.keys(profile[part] ?? {}).map((text) => ({ text, part, parameters: part === "parameters" ? (profile.parameters?.[text] ?? {}) : {}, position: positionOf(file, document, `/${part}/${escapePointer(text)}`) })),
  );
  return [...globs, ...ids];
}

function readText(file: string): string {
  try {
    return readSmallFile(file);
  } catch (cause) {
    throw new ConfigError("profile", errorCode(cause) === "ENOENT" ? `There is no profile ${file}.` : `The profile ${file} cannot be read (${errorCode(cause) ?? "an error"}).`, { cause, position: { file } });
  }
}
