import { frenchSentence } from "./french-sentences.ts";
import { sourceLanguage, type Language } from "./language.ts";
import type { UnknownReason } from "./observation.ts";

/** What the program itself says in findings, beside the texts of rules. */
export interface FindingWords {
  readonly absent: string;
  /** An empty list. */
  readonly none: string;
  readonly noDate: string;
  /** In place of a value in a message. */
  readonly notRead: string;
  /** The end of a list that was cut. */
  readonly more: (count: number) => string;
  /** A value that is text: one of the program's own sentences in the language, anything else as it is. */
  readonly text: (value: string) => string;
  /** The message of an unknown finding: how many facts, and some of them. */
  readonly notDecided: (facts: number, said: readonly string[]) => string;
  /** One fact that was not read. */
  readonly unread: (subject: string, fact: string, reason: UnknownReason, detail: string) => string;
  readonly mayBeMore: string;
  readonly nothingToCheck: (kind: string) => string;
  readonly passed: (count: number) => string;
  readonly notListed: (count: number) => string;
  readonly leftOut: (command: string, why: string) => string;
  readonly valueNotRead: (expression: string) => string;
  readonly valueUnfit: (expression: string) => string;
  readonly certificate: (subject: string, issuer: string, until: string, thumbprint: string) => string;
}

const english: FindingWords = {
  absent: "absent",
  none: "none",
  noDate: "no date",
  notRead: "«not read»",
  more: (count) => `… and ${count} more`,
  text: (value) => value,
  notDecided: (facts, said) => `Not decided, because ${facts === 1 ? "a fact was" : `${facts} facts were`} not read: ${said.join("; ")}${facts > said.length ? `; and ${facts - said.length} more` : ""}.`,
  unread: (subject, fact, reason, detail) => `${subject}: ${fact} (${reason}: ${detail})`,
  mayBeMore: "There may be more to check.",
  nothingToCheck: (kind) => `Nothing to check: ${kind}.`,
  passed: (count) => `${count} pass.`,
  notListed: (count) => `Not listed: ${count} more.`,
  leftOut: (command, why) => `The command ${command} is left out: ${why}.`,
  valueNotRead: (expression) => `${expression} was not read`,
  valueUnfit: (expression) => `${expression} is absent or holds characters that cannot be written in a command`,
  certificate: (subject, issuer, until, thumbprint) => `${subject} of ${issuer}, until ${until}, thumbprint ${thumbprint}`,
};

/** Why a fact was not read, in French. */
export const frenchReasons: Readonly<Record<UnknownReason, string>> = {
  unreachable: "injoignable",
  timeout: "délai dépassé",
  denied: "accès refusé",
  truncated: "réponse tronquée",
  malformed: "contenu incompréhensible",
  unsupported: "non pris en charge",
  "not-collected": "non collecté",
  "collector-error": "erreur du collecteur",
};

const french: FindingWords = {
  absent: "absent",
  none: "aucun",
  noDate: "aucune date",
  notRead: "«\u00a0non lu\u00a0»",
  more: (count) => `… et ${count} de plus`,
  text: (value) => frenchSentence(value),
  notDecided: (facts, said) => `Indéterminé, car ${facts === 1 ? "une information n’a pas été lue" : `${facts} informations n’ont pas été lues`}\u00a0: ${said.join(" ; ")}${facts > said.length ? `\u00a0; et ${facts - said.length} de plus` : ""}.`,
  unread: (subject, fact, reason, detail) => `${subject}\u00a0: ${fact} (${frenchReasons[reason]}\u00a0: ${frenchSentence(detail)})`,
  mayBeMore: "Il reste peut-être d’autres éléments à vérifier.",
  nothingToCheck: (kind) => `Rien à vérifier\u00a0: ${kind}.`,
  passed: (count) => `${count} ${count === 1 ? "conforme" : "conformes"}.`,
  notListed: (count) => `Non listés\u00a0: ${count} de plus.`,
  leftOut: (command, why) => `La commande ${command} est omise\u00a0: ${why}.`,
  valueNotRead: (expression) => `${expression} n’a pas été lu`,
  valueUnfit: (expression) => `${expression} est absent ou contient des caractères qui ne peuvent pas figurer dans une commande`,
  certificate: (subject, issuer, until, thumbprint) => `${subject} émis par ${issuer}, jusqu’au ${until}, empreinte ${thumbprint}`,
};

const all: Readonly<Record<Language, FindingWords>> = { en: english, fr: french };

/** The words of findings in a language. */
export function findingWords(language: Language = sourceLanguage): FindingWords {
  return all[language];
}
