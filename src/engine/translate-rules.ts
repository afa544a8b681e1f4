import type { ProcessDefinition } from "../model/process.ts";
import type { FoundTranslation, RuleDocument } from "../model/rule.ts";
import type { Catalogue } from "../model/translation.ts";
import { mapTexts, textsMet, type TextList } from "./rule-texts.ts";

/** Rules with their texts in the language of a catalogue; a text that has no translation stays as it is. */
export function translateRules(documents: readonly RuleDocument[], catalogue: Catalogue): readonly RuleDocument[] {
  return documents.map((document) => {
    const translationOf = catalogue(document.rule.id);
    const translated: Record<string, FoundTranslation> = {};
    const rule = mapTexts(document.rule, (pointer, text) => {
      const found = translationOf(text);
      if (found !== undefined) translated[pointer] = found;
      return found?.text ?? text;
    });
    return { ...document, rule, translated, originalTitle: document.rule.title };
  });
}

/** Id of a process in a catalogue. */
export function processTextId({ id }: Pick<ProcessDefinition, "id">): string {
  return `process/${id}`;
}

function mapProcess(process: ProcessDefinition, map: (pointer: string, text: string) => string): ProcessDefinition {
  const phases = process.phases.map((phase, index) => ({
    ...phase,
    title: map(`/phases/${index}/title`, phase.title),
    summary: map(`/phases/${index}/summary`, phase.summary),
    who: phase.who.map((one, at) => map(`/phases/${index}/who/${at}`, one)),
  }));
  return { ...process, title: map("/title", process.title), phases };
}

/** A process with its texts in the language of a catalogue. */
export function translateProcess(process: ProcessDefinition, catalogue: Catalogue): ProcessDefinition {
  const translationOf = catalogue(processTextId(process));
  return mapProcess(process, (_, text) => translationOf(text)?.text ?? text);
}

/** The texts of a process that people read: text to pointer. */
export function processTexts(process: ProcessDefinition): TextList {
  return textsMet((map) => mapProcess(process, map));
}
