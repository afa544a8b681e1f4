/**
 * What a terminal would act on, or not show: controls, format characters (bidi, zero-width, tags), fillers, lone surrogates, separators, and every space but the plain one.
 * A no-break space stays where French typography puts it: before `: ; ? ! » %`, after `«` and between groups of digits.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! |\u00a0[:;?!»%]|(?<=«)\u00a0|(?<=\d)\u00a0\d{3})\p{Zs}/gu;

/** Foreign text made safe for one line of a terminal: everything that is not plainly visible becomes a visible escape such as `\u{1b}`, a line break too. */
export function terminalText(foreign: string): string {
  return foreign.replace(unsafe, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
