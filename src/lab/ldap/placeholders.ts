/** What placeholders stand for; all of a deployment, whichever forest they are used in. */
export interface Placeholders {
  /** SID text of an account of a forest; undefined for a forest that is not there. */
  readonly sidOf: (forest: string, account: string) => string | undefined;
  /** Thumbprint (upper-case hexadecimal SHA-1) of a certificate by its id. */
  readonly thumbprintOf: (certificate: string) => string | undefined;
}

/** Fills `{forest:account}` with a SID and `{thumbprint:certificate-id}` with a thumbprint; anything else in braces stays as it is. */
export function fillPlaceholders(text: string, placeholders: Placeholders): string {
  if (!text.includes("{")) return text;
  return text.replaceAll(/\{([\w-]+):([^{}]+)\}/gu, (whole: string, kind: string, name: string) =>
    (kind === "thumbprint" ? placeholders.thumbprintOf(name) : placeholders.sidOf(kind, name)) ?? whole,
  );
}
