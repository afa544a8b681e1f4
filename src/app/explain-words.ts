import type { Outcome } from "../model/finding.ts";
import type { Language } from "../model/language.ts";

/** What `explain` says beside facts, values and conditions. */
export interface ExplainWords {
  readonly on: (rule: string, subject: string, outcome: string) => string;
  readonly notJudged: string;
  readonly conditions: string;
  readonly factsRead: (time: string) => string;
  readonly what: (fact: string, subject: string, observation: string) => string;
  readonly notRead: (reason: string, detail: string | undefined) => string;
  readonly notDecided: (reasons: string) => string;
  readonly more: (count: number) => string;
  readonly would: Readonly<Record<Outcome | "not-judged", string>>;
  readonly wouldIf: (sentence: { readonly begins: string; readonly fact: string; readonly subject: string; readonly values: readonly string[]; readonly more: number; readonly now: string; readonly derived: boolean }) => string;
  readonly tried: (count: number, cut: boolean) => string;
  readonly noChange: (tried: string) => string;
  readonly whatWouldChange: string;
  readonly path: (verdict: { readonly ok: boolean; readonly purpose: string; readonly by: string; readonly path: string; readonly failedAt: string | undefined; readonly problems: readonly string[] }) => string;
  readonly problem: (severity: string, code: string, certificate: string, message: string) => string;
  readonly nothing: string;
}

const english: ExplainWords = {
  on: (rule, subject, outcome) => `${rule} on ${subject}: ${outcome}`,
  notJudged: "not judged (where does not hold)",
  conditions: "Conditions",
  factsRead: (time) => `Facts, read ${time}`,
  what: (fact, subject, observation) => `${fact} of ${subject}: ${observation}`,
  notRead: (reason, detail) => `not read: ${reason}${detail === undefined ? "" : `, ${detail}`}`,
  notDecided: (reasons) => `not decided: ${reasons}`,
  more: (count) => `… and ${count} more`,
  would: { pass: "would pass", warn: "would warn", fail: "would fail", unknown: "would be unknown", "not-applicable": "would not apply", "not-judged": "would not be judged" },
  wouldIf: ({ begins, fact, subject, values, more, now, derived }) => `${begins} if ${fact} of ${subject} were ${values.join(" or ")}${more > 0 ? ` (or ${more} other ${more === 1 ? "value" : "values"})` : ""}; it is ${now}${derived ? ", which is worked out from others" : ""}`,
  tried: (count, cut) => `${count} ${count === 1 ? "change" : "changes"} of single facts ${count === 1 ? "was" : "were"} tried${cut ? "; there are more" : ""}`,
  noChange: (tried) => `No single change found that would change the outcome: ${tried}.`,
  whatWouldChange: "What would change it",
  path: ({ ok, purpose, by, path, failedAt, problems }) => `${ok ? "valid" : "NOT VALID"} as ${purpose} by ${by}. Path: ${path}.${failedAt === undefined ? "" : ` Fails at ${failedAt}.`}${problems.length === 0 ? "" : ` ${problems.join("; ")}`}`,
  problem: (severity, code, certificate, message) => `${severity} ${code}${certificate === "" ? "" : ` at ${certificate}`}: ${message}`,
  nothing: "The snapshot has nothing that this rule judges.",
};

const french: ExplainWords = {
  on: (rule, subject, outcome) => `${rule} sur ${subject}\u00a0: ${outcome}`,
  notJudged: "non jugé (where n’est pas vérifié)",
  conditions: "Conditions",
  factsRead: (time) => `Informations, lues le ${time}`,
  what: (fact, subject, observation) => `${fact} (${subject})\u00a0: ${observation}`,
  notRead: (reason, detail) => `non lu\u00a0: ${reason}${detail === undefined ? "" : `, ${detail}`}`,
  notDecided: (reasons) => `indéterminé\u00a0: ${reasons}`,
  more: (count) => `… et ${count} de plus`,
  would: { pass: "serait conforme", warn: "donnerait un avertissement", fail: "donnerait un échec", unknown: "serait inconnu", "not-applicable": "serait sans objet", "not-judged": "ne serait pas jugé" },
  wouldIf: ({ begins, fact, subject, values, more, now, derived }) => `${begins} si ${fact} (${subject}) était ${values.join(" ou ")}${more > 0 ? ` (ou ${more} ${more === 1 ? "autre valeur" : "autres valeurs"})` : ""}\u00a0; la valeur est ${now}${derived ? ", déduite d’autres informations" : ""}`,
  tried: (count, cut) => `${count} ${count < 2 ? "changement d’une seule information essayé" : "changements d’une seule information essayés"}${cut ? "\u00a0; il en existe d’autres" : ""}`,
  noChange: (tried) => `Aucun changement unique ne modifierait le résultat\u00a0: ${tried}.`,
  whatWouldChange: "Ce qui le changerait",
  path: ({ ok, purpose, by, path, failedAt, problems }) => `${ok ? "valide" : "NON VALIDE"} comme ${purpose} d’après ${by}. Chemin\u00a0: ${path}.${failedAt === undefined ? "" : ` Échec à ${failedAt}.`}${problems.length === 0 ? "" : ` ${problems.join("\u00a0; ")}`}`,
  problem: (severity, code, certificate, message) => `${severity} ${code}${certificate === "" ? "" : ` (${certificate})`}\u00a0: ${message}`,
  nothing: "L’instantané ne contient rien que cette règle juge.",
};

const all: Readonly<Record<Language, ExplainWords>> = { en: english, fr: french };

/** The words of `explain` in a language. */
export function explainWords(language: Language): ExplainWords {
  return all[language];
}
