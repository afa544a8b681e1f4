/** A family of metrics as read back: value by name and sorted labels. */
export interface ReadFamily {
  readonly type: string;
  readonly unit: string | undefined;
  readonly help: string;
  readonly samples: Map<string, number>;
}

const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const sample = new RegExp(`^(${name})(?:\\{(.*)\\})? (-?[0-9]+(?:\\.[0-9]+)?)$`, "u");
const metadata = new RegExp(`^# (TYPE|UNIT|HELP) (${name}) (.+)$`, "u");
const label = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/u;

/**
 * Parses gauges strictly after OpenMetrics 1.0: metadata before samples and each once, families not interleaved, units as suffixes, legal escapes,
 * no set of labels twice, one `# EOF` at the end. Throws on anything else.
 */
export function readOpenmetrics(text: string): ReadonlyMap<string, ReadFamily> {
  if (!text.endsWith("\n# EOF\n") && text !== "# EOF\n") throw new Error("no # EOF at the end");
  const families = new Map<string, ReadFamily>();
  let current: { readonly name: string; type?: string; unit?: string; help?: string } | undefined;
  for (const line of text.split("\n").slice(0, -2)) {
    const meta = metadata.exec(line);
    if (meta !== null) {
      const [, keyword = "", family = "", value = ""] = meta;
      if (current?.name !== family) current = { name: family };
      if (families.has(family)) throw new Error(`metadata after samples, or a family twice: ${line}`);
      const key = keyword.toLowerCase() as "type" | "unit" | "help";
      if (current[key] !== undefined) throw new Error(`twice: ${line}`);
      current[key] = value;
      continue;
    }
    const [, family = "", inside, value] = sample.exec(line) ?? [];
    if (value === undefined || current?.name !== family || current.type !== "gauge" || current.help === undefined) throw new Error(`no sample of the family before it: ${line}`);
    if (current.unit !== undefined && !family.endsWith(`_${current.unit}`)) throw new Error(`the name does not end in its unit: ${line}`);
    const read = families.get(family) ?? { type: current.type, unit: current.unit, help: current.help, samples: new Map() };
    families.set(family, read);
    const labels = readLabels(inside);
    if (read.samples.has(labels)) throw new Error(`the same labels twice: ${line}`);
    read.samples.set(labels, Number(value));
  }
  return families;
}

function readLabels(inside: string | undefined): string {
  const labels = new Map<string, string>();
  let rest = inside ?? "";
  while (rest !== "") {
    const [all = "", key = "", value = "", end] = label.exec(rest) ?? [];
    if (all === "" || labels.has(key) || (end === "," && all === rest)) throw new Error(`not labels: ${rest}`);
    labels.set(key, value.replace(/\\(.)/gu, (_, character: string) => (character === "n" ? "\n" : character)));
    rest = rest.slice(all.length);
  }
  return [...labels].map(([key, value]) => `${key}=${value}`).sort().join(" ");
}
