import { detectedProducts } from "../derive/detected-products.ts";
import { rulesFor } from "../engine/select-rules.ts";
import { singletonId } from "../model/ids.ts";
import type { DetectedProduct, ProcessPhase, ProcessView } from "../model/overview.ts";
import type { PhaseDefinition, ProcessDefinition } from "../model/process.ts";
import type { ProfileName, RuleDefinition } from "../model/rule.ts";
import type { Language } from "../model/language.ts";
import type { SubjectIndex } from "../model/subject.ts";
import { wordsOf } from "../report/words.ts";
import type { Words } from "../report/words/words.ts";
import type { ProfileRules } from "./load-rules.ts";

type PlacedRule = Pick<RuleDefinition, "id" | "requirements">;

function phaseOf({ requirements, rules: named, ...phase }: PhaseDefinition, rules: readonly PlacedRule[]): ProcessPhase {
  const behind = rules.filter((rule) => named.includes(rule.id) || rule.requirements.some((key) => requirements.includes(key)));
  const covered = new Set(behind.flatMap((rule) => rule.requirements));
  return { ...phase, rules: behind.map(({ id }) => id), notObservable: requirements.filter((key) => !covered.has(key)) };
}

/** Rules of the user's own that no phase names: they are part of the run, so they are part of the process. */
function furtherPhase(rules: readonly PlacedRule[], { process }: Words): readonly ProcessPhase[] {
  if (rules.length === 0) return [];
  return [{ id: "further-rules", title: process.furtherTitle, summary: process.furtherSummary, who: [], rules: rules.map(({ id }) => id), notObservable: [], references: [] }];
}

/** The phases of a process with the rules of a run behind each. */
export function phasesOf({ phases }: ProcessDefinition, rules: readonly PlacedRule[], words: Words = wordsOf("en")): readonly ProcessPhase[] {
  const placed = phases.map((phase) => phaseOf(phase, rules));
  const known = new Set(placed.flatMap((phase) => phase.rules));
  return [...placed, ...furtherPhase(rules.filter(({ id }) => !known.has(id)), words)];
}

/** A report is held in memory but for its findings. */
const detectedLimit = 2000;

function boundedDetected(detected: readonly DetectedProduct[]): readonly DetectedProduct[] {
  const leftOut = detected.length - detectedLimit;
  const deployment = { kind: "deployment", id: singletonId.deployment, name: "the deployment" } as const;
  return leftOut <= 0 ? detected : [...detected.slice(0, detectedLimit), { product: "Further products", subject: deployment, detail: `${leftOut} more are not listed` }];
}

/** The process of a run: its phases with the rules that run in this integration, and the products that were found. `subjects` have their derived facts. */
export function processView({ process, rules }: Pick<ProfileRules, "process" | "rules">, profile: ProfileName, subjects: SubjectIndex, language: Language = "en"): ProcessView {
  const definition = process();
  return { title: definition.title, detected: boundedDetected(detectedProducts(subjects)), phases: phasesOf(definition, rulesFor(rules, profile).map(({ document }) => document.rule), wordsOf(language)) };
}
