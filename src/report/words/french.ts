import { frenchReasons } from "../../model/finding-words.ts";
import { frenchSentence } from "../../model/french-sentences.ts";
import { counted, grouped, more } from "./french-numbers.ts";
import { pageFrench } from "./page-french.ts";
import type { ChangeWords, CountedWords, Labels, MatrixWords, ProcessWords, RuleLabels, Sentences, VerdictWords, Words } from "./words.ts";

/** Between sources that one value was read from; sources of one kind have commas of their own. */
const sources = /, (?=(?:directory|DNS|Lync configuration|TLS|SIP|TCP) )/u;

const count: CountedWords = {
  checks: (n) => counted(n, "contrôle"),
  rules: (n) => counted(n, "règle"),
  subjects: (n) => counted(n, "objet"),
  failures: (n) => counted(n, "échec"),
  warnings: (n) => counted(n, "avertissement"),
  problems: (n) => counted(n, "problème"),
  causes: (n) => counted(n, "cause"),
  moreChecks: (n) => more(n, "contrôle"),
  moreProblems: (n) => more(n, "problème"),
  moreCauses: (n) => more(n, "cause"),
  moreFindings: (n) => more(n, "constat"),
  moreValues: (n) => more(n, "valeur"),
  moreCommands: (n) => more(n, "commande"),
  more: (n) => `et ${grouped(n)} de plus`,
  moreTargets: (n) => more(n, "cible"),
  moreReasons: (n) => more(n, "raison"),
};

const label: Labels = {
  seen: "Relevé",
  stated: "Déclaré",
  remedy: "Solution",
  see: "Voir",
  notRead: "Non lu",
  summary: "Résumé",
  changes: "Changements",
  subject: "Objet",
  message: "Message",
  rule: "Règle",
  state: "État",
  outcome: "Résultat",
  cause: "Cause",
  checksItCosts: "Contrôles empêchés",
  run: "Exécution",
  empty: "(vide)",
  workedOut: "déduit",
  and: "et",
};

const say: Sentences = {
  startedBy: (tool, profile, time) => `${tool}, profil ${profile}, démarré le ${time}`,
  planned: (titles) => `PRÉVU, non constaté\u00a0: ${titles.join("\u00a0; ")}. Les constats sont ceux d’un état qui serait, non d’un état qui est.`,
  profileOfRun: (profile, time, tool) => `Profil ${profile}, démarré le ${time}, ${tool}`,
  thisRunIncomplete: "Cette exécution est incomplète.",
  incompleteAbove: "Cette exécution est INCOMPLÈTE\u00a0: les raisons sont indiquées à la fin.",
  complete: "L’exécution est complète.",
  incomplete: (reason) => `INCOMPLÈTE\u00a0: ${reason}`,
  incompleteRun: (reason) => `L’exécution est incomplète\u00a0: ${reason}`,
  noReason: "aucune raison n’a été indiquée",
  otherwise: (outcome) => `, sinon ${outcome}`,
  ofThisRule: (said, verbose) => `${said} de cette règle\u00a0; ${verbose ? "" : "--verbose en montre davantage, "}le rapport json contient tout`,
  ofRule: (said, rule) => `${said} de ${rule}`,
  likewise: (n) => `et de même pour ${grouped(n)} de plus`,
  alike: (names) => `et de même ${names}`,
  jsonHasAll: (said) => `${said}\u00a0; le rapport json contient tout`,
  costs: (checks) => `empêche ${checks}`,
  otherReasons: (checks) => `, et ${checks} pour d’autres raisons encore`,
  checksOfRules: (checks, rules) => `${checks} de ${rules}`,
  decided: ({ decided, total, percent, unknown, waived }) => `${grouped(decided)} sur ${counted(total, "contrôle")} ${decided === 1 || total === 1 ? "a" : "ont"} abouti (${percent}\u00a0%)\u00a0; ${counted(unknown, "inconnu")}${waived === 0 ? "" : ` (dont ${counted(waived, "accepté")})`}`,
  nothingDecided: "Aucun contrôle n’a abouti.",
  counts: (summary) =>
    [counted(summary.fail, "échec"), counted(summary.unknown, "inconnu"), counted(summary.warn, "avertissement"), counted(summary.pass, "conforme"), `${grouped(summary["not-applicable"])} sans objet`, counted(summary.waived, "accepté")].join(", "),
  unread: (facts, why) => `non lu\u00a0: ${facts}${why === "" ? "" : ` - ${why}`}`,
  seeCauses: (numbers) => `voir ${numbers}`,
  listAndMore: (list) => `${list} et d’autres`,
  leftOutOfComment: (rules, checks) => `${counted(rules, "autre règle", "autres règles")} avec ${counted(checks, "contrôle")} ${rules < 2 ? "est omise" : "sont omises"}\u00a0: un commentaire n’en contient pas plus. Le rapport json contient tout.`,
  since: (name) => `Depuis ${name}`,
  nothingWorse: "Rien ne s’est aggravé.",
  note: (text) => `Remarque\u00a0: ${text}`,
  commandsInScript: (n) => `${more(n, "commande")}\u00a0; le rapport remedy-ps1 les contient toutes`,
  accepted: "Accepté par une dérogation.",
  acceptedBy: (waiver, details, reason) => `Accepté par ${waiver === undefined ? "la ligne de base" : `la dérogation ${waiver}`} (${details})\u00a0: ${reason}`,
  until: (date) => `jusqu’au ${date}`,
  allThatPass: "tous ceux qui sont conformes",
};

const verdict: VerdictWords = {
  notReady: (failures) => `Pas prêt\u00a0: ${failures.join(" et ")}.`,
  checksUndecided: (n) => `${counted(n, "contrôle")} ${n < 2 ? "n’a pas pu aboutir" : "n’ont pas pu aboutir"}.`,
  undecided: (why) => `Indéterminé\u00a0: aucun échec, mais ${why}`,
  runIncomplete: "l’exécution est incomplète.",
  nothingChecked: "Indéterminé\u00a0: rien n’a été vérifié.",
  ready: "Prêt.",
  readyWith: (warnings) => `Prêt, avec ${warnings}.`,
};

const change: ChangeWords = {
  marks: { new: "NOUVEAU", changed: "MODIFIÉ", "unknown-now": "INCONNU", fixed: "RÉSOLU", gone: "DISPARU", still: "INCHANGÉ", renamed: "RENOMMÉ" },
  states: { new: "nouveaux", changed: "modifiés", "unknown-now": "inconnus à présent", fixed: "résolus", gone: "disparus", still: "inchangés" },
  nothing: "aucun changement",
  still: (n) => `${n} inchangés`,
  renamed: (n) => `${n} renommés`,
  waived: "accepté",
  was: (outcome) => `était ${outcome}`,
  unreadToday: "illisible aujourd’hui",
  since: (time) => `depuis ${time}`,
  allWell: (checks) => `(${checks}, tout allait bien avant)`,
  against: (after, before) => `${after} par rapport à ${before}`,
  isNow: (from, to) => `${from} s’appelle désormais ${to}`,
  formatHasAll: (said) => `${said}\u00a0; le format json contient tout`,
};

const process: ProcessWords = {
  heading: (title) => `Processus\u00a0: ${title}`,
  nothingMark: "AUCUN",
  nothing: "rien ne peut être vérifié",
  doesNotApply: "sans objet",
  part: (outcome, n) => {
    const nouns = { fail: "échec", unknown: "inconnu", warn: "avert.", pass: "conforme", "not-applicable": "sans objet", waived: "accepté" } as const;
    return outcome === "warn" || outcome === "not-applicable" ? `${grouped(n)} ${nouns[outcome]}` : counted(n, nouns[outcome]);
  },
  rulesNotRun: (n) => counted(n, "règle non exécutée", "règles non exécutées"),
  notRunMark: "non exé.",
  found: "Trouvé",
  noProduct: "aucun produit",
  versionNotKnown: "version inconnue",
  who: "Qui",
  checks: "Bilan",
  unseen: "Non vu",
  noRuleChecks: (keys) => `aucune règle ne vérifie ${keys}`,
  moreRules: (n) => `${more(n, "règle")}\u00a0; --verbose les montre toutes`,
  incomplete: "L’exécution est INCOMPLÈTE\u00a0: les phases peuvent être meilleures ou pires qu’elles ne le paraissent.",
  phase: "Phase",
  whoMayDoIt: "Qui peut le faire",
  furtherTitle: "Autres règles",
  furtherSummary: "Règles qui ne font pas partie du processus documenté, telles que les vôtres.",
  tally: ({ phases, failed, unknown }) => `sur ${counted(phases, "phase")}, ${counted(failed, "échec")} et ${counted(unknown, "inconnue")}`,
};

const ruleLabel: RuleLabels = {
  requirements: "Exigences",
  judges: "Vérifie",
  each: (kind, where) => `chaque ${kind}${where === undefined ? "" : ` pour lequel ${where}`}`,
  profiles: "Profils",
  all: "tous",
  mendedBy: "Équipe",
  file: "Fichier",
  parameter: "Paramètre",
  when: (outcome, condition) => `${outcome} si ${condition}`,
  otherwise: (outcome) => `sinon ${outcome}`,
};

const matrix: MatrixWords = {
  heading: "Passerelles des pools dans les plans de numérotation SIP",
  poolHead: "Pool",
  pool: (name) => `Pool ${name}`,
  heads: { dialPlan: "Plan de numérotation", gateway: "Passerelle", huntGroups: "Groupe de recherche (pilote)", status: "État", outcalls: "Sortants", messageWaiting: "MWI" },
  yes: "oui",
  no: "non",
  none: "aucun",
  noPilot: "sans pilote",
  notRead: "non lu",
  othersNotRead: "d’autres non lus",
  nothing: "Aucun pool ni plan de numérotation SIP lu ne donne de ligne.",
};

/** Words of reports in French. */
export const french: Words = {
  language: "fr",
  marks: { fail: "ÉCHEC", unknown: "INCONNU", warn: "AVERT.", pass: "CONFORME", "not-applicable": "S.O.", waived: "ACCEPTÉ" },
  outcomes: { fail: "échec", unknown: "inconnu", warn: "avertissement", pass: "conforme", "not-applicable": "sans objet", waived: "accepté" },
  severities: { blocker: "bloquant", major: "majeur", advice: "conseil" },
  teams: { exchange: "exchange", lync: "lync", directory: "annuaire", network: "réseau" },
  reasons: frenchReasons,
  targetStates: { read: "lu", "partly-read": "lu en partie", "not-read": "non lu" },
  grouped,
  of: (part, whole) => `${part} (${whole})`,
  from: (source) => `lu\u00a0: ${source.split(sources).map((part) => frenchSentence(part)).join(", ")}`,
  colon: (first, text) => `${first}\u00a0: ${text}`,
  text: (text) => frenchSentence(text),
  absent: "absent",
  none: "aucun",
  notRead: (why) => `non lu\u00a0: ${why}`,
  label,
  count,
  say,
  verdict,
  change,
  process,
  ruleLabel,
  matrix,
  page: pageFrench,
};
