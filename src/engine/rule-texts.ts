import type { RuleDefinition, RuleRemedy } from "../model/rule.ts";

/** Gives each text of a rule that people read another wording; `pointer` says where it stands in the rule's file. Commands and expressions stay. */
export function mapTexts(rule: RuleDefinition, map: (pointer: string, text: string) => string): RuleDefinition {
  const remedyTexts = (pointer: string, remedy: RuleRemedy): RuleRemedy => ({ ...remedy, text: map(`${pointer}/text`, remedy.text) });
  const { parameters, remedy, subject } = rule;
  const { none } = subject;
  return {
    ...rule,
    title: map("/title", rule.title),
    why: map("/why", rule.why),
    ...(parameters === undefined ? {} : { parameters: Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, { ...parameter, description: map(`/parameters/${name}/description`, parameter.description) }])) }),
    subject: none === undefined ? subject : { ...subject, none: { ...none, message: map(`/subject/none/${none.outcome}`, none.message) } },
    outcomes: rule.outcomes.map((stated, index) => ({
      ...stated,
      message: map(`/outcomes/${index}/message`, stated.message),
      ...(stated.remedy === undefined ? {} : { remedy: remedyTexts(`/outcomes/${index}/remedy`, stated.remedy) }),
    })),
    pass: map("/pass", rule.pass),
    ...(remedy === undefined ? {} : { remedy: remedyTexts("/remedy", remedy) }),
  };
}

/** Texts of a rule or a process in the order in which they stand there, each once, with where they stand first. */
export type TextList = ReadonlyMap<string, string>;

/** The texts that a walk meets: text to pointer. `walk` is one that gives texts another wording, such as {@link mapTexts}. */
export function textsMet(walk: (map: (pointer: string, text: string) => string) => unknown): TextList {
  const texts = new Map<string, string>();
  walk((pointer, text) => {
    if (!texts.has(text)) texts.set(text, pointer);
    return text;
  });
  return texts;
}

/** The texts of a rule that people read: text to pointer. */
export function textsOf(rule: RuleDefinition): TextList {
  return textsMet((map) => mapTexts(rule, map));
}
