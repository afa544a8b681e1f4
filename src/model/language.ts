/** Languages of rule texts and reports. The first is the one in which rules are written. */
export const languages = ["en", "fr"] as const;
/** One of {@link languages}. */
export type Language = (typeof languages)[number];

/** The language in which rules are written, and which stands in where a translation is missing. */
export const sourceLanguage = "en" satisfies Language;

/** Languages that catalogues translate into. */
export const translatedLanguages: readonly Language[] = languages.filter((language) => language !== sourceLanguage);

/** The language that a name stands for: `fr`, or a locale of it such as `fr_CA.UTF-8` or `fr-FR`; undefined for others. */
export function languageNamed(name: string): Language | undefined {
  const [first = ""] = name.toLowerCase().split(/[-_.@]/u);
  return languages.find((language) => language === first);
}
