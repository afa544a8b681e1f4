/** What a schema level stands for. Many stand for several products: the level says what a forest was prepared for, never what is installed in it. */
export interface SchemaLevel {
  readonly version?: string;
  /** What the level alone cannot tell. */
  readonly detail: string;
}

const prepared = "it tells what the forest was prepared for, not which servers there are";

/** rangeUpper of ms-Exch-Schema-Version-Pt. */
const exchange: Readonly<Record<number, string>> = {
  10637: "Exchange 2007 RTM",
  11116: "Exchange 2007 SP1",
  14622: "Exchange 2007 SP2 or Exchange 2010 RTM",
  14625: "Exchange 2007 SP3",
  14726: "Exchange 2010 SP1",
  14732: "Exchange 2010 SP2",
  14734: "Exchange 2010 SP3",
  15137: "Exchange 2013 RTM",
  15254: "Exchange 2013 CU1",
  15281: "Exchange 2013 CU2",
  15283: "Exchange 2013 CU3",
  15292: "Exchange 2013 SP1 (CU4)",
  15300: "Exchange 2013 CU5",
  15303: "Exchange 2013 CU6",
  15312: "Exchange 2013 CU7 to CU23",
  15313: "Exchange 2013 CU23 with a later security update",
  15317: "Exchange 2016 RTM",
  15323: "Exchange 2016 CU1",
  15325: "Exchange 2016 CU2",
  15326: "Exchange 2016 CU3 to CU5",
  15330: "Exchange 2016 CU6",
  15332: "Exchange 2016 CU7 to CU18",
  15333: "Exchange 2016 CU19 or CU20",
  15334: "Exchange 2016 CU21 or later",
  17000: "Exchange 2019 RTM or CU1",
  17001: "Exchange 2019 CU2 to CU7",
  17002: "Exchange 2019 CU8 or CU9",
  17003: "Exchange 2019 CU10 or later, or Exchange SE",
};

/** rangeUpper of ms-RTC-SIP-SchemaVersion. */
const lync: Readonly<Record<number, string>> = {
  1006: "Live Communications Server 2005",
  1007: "Office Communications Server 2007",
  1008: "Office Communications Server 2007 R2",
  1100: "Lync Server 2010",
  1150: "Lync Server 2013, Skype for Business Server 2015 or 2019",
};

function levelOf(known: Readonly<Record<number, string>>, attribute: string, level: number): SchemaLevel {
  const version = known[level];
  return version === undefined ? { detail: `schema level ${level} (${attribute}) is none that is known` } : { version, detail: `schema level ${level} (${attribute}); ${prepared}` };
}

/** The Exchange schema of a forest. */
export function exchangeSchema(level: number): SchemaLevel {
  return levelOf(exchange, "ms-Exch-Schema-Version-Pt", level);
}

/** The Lync schema of a forest. */
export function lyncSchema(level: number): SchemaLevel {
  return levelOf(lync, "ms-RTC-SIP-SchemaVersion", level);
}
