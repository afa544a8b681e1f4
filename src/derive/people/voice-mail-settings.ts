/** What msExchUCVoiceMailSettings says. */
export interface VoiceMailSettings {
  readonly exchange: boolean | undefined;
  readonly lync: boolean | undefined;
  /** Values that are none of the four known ones, and known ones of which there are several of one author. */
  readonly odd: readonly string[];
  readonly route: "unset" | "hosted" | "not-hosted" | "conflicting";
}

const authors = { exchange: "exchangehostedvoicemail", lync: "cshostedvoicemail" } as const;

function said(values: readonly string[], author: string): { readonly values: readonly string[]; readonly verdicts: ReadonlySet<boolean> } {
  const own = values.filter((value) => [`${author}=0`, `${author}=1`].includes(value.trim().toLowerCase()));
  return { values: own, verdicts: new Set(own.map((value) => value.trim().endsWith("1"))) };
}

/** The one verdict, or none where there is none or two. */
function single(verdicts: ReadonlySet<boolean>): boolean | undefined {
  const [one] = verdicts;
  return verdicts.size === 1 ? one : undefined;
}

/** Reads the values; names are compared without their case, since the documents spell CsHostedVoiceMail in two ways. */
export function voiceMailSettings(values: readonly string[]): VoiceMailSettings {
  const [exchange, lync] = [said(values, authors.exchange), said(values, authors.lync)];
  const verdicts = new Set([...exchange.verdicts, ...lync.verdicts]);
  const foreign = values.filter((value) => !exchange.values.includes(value) && !lync.values.includes(value));
  const repeated = [exchange, lync].flatMap(({ values: own }) => (own.length > 1 ? own : []));
  const route = verdicts.size === 0 ? "unset" : verdicts.size > 1 ? "conflicting" : verdicts.has(true) ? "hosted" : "not-hosted";
  return { exchange: single(exchange.verdicts), lync: single(lync.verdicts), odd: [...foreign, ...repeated], route };
}
