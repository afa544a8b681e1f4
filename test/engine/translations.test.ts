import { describe, expect, it } from "vitest";
import { createTranslationsLoader } from "../../src/config/translations-file.ts";
import { caseWorld } from "../../src/engine/case-world.ts";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { evaluate } from "../../src/engine/evaluate.ts";
import { lintTranslations } from "../../src/engine/lint-translations.ts";
import { textsOf } from "../../src/engine/rule-texts.ts";
import { translateRules } from "../../src/engine/translate-rules.ts";
import { describeError } from "../../src/model/errors.ts";
import { catalogueOf, type TranslationDocument } from "../../src/model/translation.ts";
import { now, ruleDocument } from "./rule-fixture.ts";

const document = ruleDocument({
  evidence: ["plan.name"],
  parameters: { days: { type: "int", default: 3, description: "Some days" } },
  subject: { each: "umDialPlan", as: "plan", none: { outcome: "warn", message: "There is none." } },
  outcomes: [{ outcome: "fail", condition: "plan.faxEnabled", message: "{plan.name} fails after {parameters.days}", remedy: { text: "Mend {plan.name}.", commands: ["Set-UMDialPlan {plan.name}"] } }],
  remedy: { text: "Title" },
});

function catalogue(text: string): TranslationDocument {
  const loaded = createTranslationsLoader("fr")("fr/area.yaml", text);
  if (!("texts" in loaded)) throw new Error(loaded.map(describeError).join("\n"));
  return loaded;
}

const whole = catalogue(`area/name:
  - { en: Title, fr: Titre }
  - { en: Why, fr: Pourquoi }
  - { en: Some days, fr: Quelques jours }
  - { en: There is none., fr: Il n’y en a pas. }
  - { en: "{plan.name} fails after {parameters.days}", fr: "Après {parameters.days} jours, {plan.name} échoue" }
  - { en: "Mend {plan.name}.", fr: "Corrigez {plan.name}." }
  - { en: "{plan.name} passes", fr: "{plan.name} est conforme" }
`);
const wanted = [{ id: "area/name", file: document.file, texts: textsOf(document.rule) }];
const lint = (...documents: TranslationDocument[]) => {
  const { problems, notes } = lintTranslations(wanted, documents, "fr");
  return { problems: problems.map(describeError), notes: notes.map(describeError) };
};

describe("translated rules", () => {
  it("have every text in the language, and the commands and conditions as they were", () => {
    const [translated] = translateRules([document], catalogueOf([whole]));
    expect(translated?.rule).toEqual({
      ...document.rule,
      title: "Titre",
      why: "Pourquoi",
      parameters: { days: { type: "int", default: 3, description: "Quelques jours" } },
      subject: { each: "umDialPlan", as: "plan", none: { outcome: "warn", message: "Il n’y en a pas." } },
      outcomes: [{ outcome: "fail", condition: "plan.faxEnabled", message: "Après {parameters.days} jours, {plan.name} échoue", remedy: { text: "Corrigez {plan.name}.", commands: ["Set-UMDialPlan {plan.name}"] } }],
      pass: "{plan.name} est conforme",
      remedy: { text: "Titre" },
    });
    expect(translated?.originalTitle).toBe("Title");
  });

  it("are judged like the rule itself: the same subjects and outcomes, the same commands", () => {
    const { world } = caseWorld({ umDialPlan: { hq: { name: "HQ", faxEnabled: true }, lab: { name: "Lab", faxEnabled: false }, old: { name: "Old", faxEnabled: { $unknown: "denied" } } } });
    const judged = (language: "en" | "fr", catalogues: TranslationDocument[]) => evaluate(world, compileRules(translateRules([document], catalogueOf(catalogues))), { now, profile: "on-premises", language }).findings;
    const [english, french] = [judged("en", []), judged("fr", [whole])];
    expect(french.map(({ message }) => message)).toEqual(["Après 3 jours, HQ échoue", "Lab est conforme", expect.stringMatching(/^Indéterminé, car une information n’a pas été lue\u00a0: Old\u00a0: faxEnabled \(accès refusé\u00a0: /u)]);
    const same = english.map(({ rule, subject, outcome, remedy, evidence }) => ({ rule, subject, outcome, commands: remedy?.commands, evidence }));
    expect(french.map(({ rule, subject, outcome, remedy, evidence }) => ({ rule, subject, outcome, commands: remedy?.commands, evidence }))).toEqual(same);
  });

  it("keep the English text where a translation is missing", () => {
    const [translated] = translateRules([document], catalogueOf([catalogue("area/name:\n  - { en: Title, fr: Titre }\n  - { en: Why }\n")]));
    expect(translated?.rule).toMatchObject({ title: "Titre", why: "Why", pass: "{plan.name} passes" });
  });

  it("do not compile with an unknown fact; the error stands where the translation stands", () => {
    const wrong = catalogue('area/name:\n  - en: "{plan.name} passes"\n    fr: "Le plan {plan.nmae} est conforme"\n');
    const { errors } = compileRules(translateRules([document], catalogueOf([wrong])));
    expect(errors.map(describeError)).toEqual([expect.stringMatching(/^fr\/area\.yaml:3:24: area\/name: .*no fact nmae/u)]);
  });

  it("take the texts of a later catalogue", () => {
    const [translated] = translateRules([document], catalogueOf([whole, catalogue("area/name:\n  - { en: Title, fr: Notre titre }\n")]));
    expect(translated?.rule).toMatchObject({ title: "Notre titre", why: "Pourquoi" });
  });
});

describe("lint of translations", () => {
  it("has nothing to say of a whole catalogue", () => {
    expect(lint(whole)).toEqual({ problems: [], notes: [] });
  });

  it("notes what is missing and what is outdated", () => {
    const old = catalogue("area/name:\n  - { en: Title, fr: Titre }\n  - { en: Why it was, fr: Pourquoi }\narea/gone:\n  - { en: A, fr: B }\n");
    expect(lint(old)).toEqual({
      problems: [],
      notes: [
        "rules/area/name.yaml: area/name: fr: not translated: why, parameters.days.description, subject.none.warn, outcomes.0.message, outcomes.0.remedy.text, pass.",
        "fr/area.yaml:3:11: area/name: fr: this English text is not in the rule any more.",
        "fr/area.yaml:5:3: area/gone: fr: there is no such rule or process.",
      ],
    });
    expect(lint().notes).toEqual(["rules/area/name.yaml: area/name: fr: nothing is translated."]);
  });

  it("lets texts inside an expression be translated", () => {
    const joined = catalogue(`area/name:\n  - { en: '{plan.name + " has fax"}', fr: '{plan.name == "HQ" ? "le siège" : plan.name + " offre la télécopie"}' }\n`);
    expect(lint(joined).problems).toEqual([]);
  });

  it("leaves functions and the variables that they bind aside, not the facts", () => {
    const listed = (fr: string) => lint(catalogue(`area/name:\n  - { en: '{plan.gateways.map(g, g.name).join(", ")}', fr: '${fr}' }\n`)).problems.length;
    expect(listed('{plan.gateways.map(p, "la passerelle " + p.name)}')).toBe(0);
    expect(listed("{plan.gateways.map(g, g.address)}")).toBe(1);
    expect(listed("{plan.servers.map(g, g.name)}")).toBe(1);
  });

  it("refuses other placeholders than those of the English text", () => {
    const wrong = catalogue('area/name:\n  - { en: "{plan.name} passes", fr: "{plan.dn} est conforme" }\n');
    expect(lint(wrong).problems).toEqual(["fr/area.yaml:2:38: area/name: the translation lacks plan.name and has plan.dn, which the English text has not."]);
  });
});
