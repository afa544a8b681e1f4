import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generationDeployment, generations } from "../../src/lab/deployment/generations.ts";
import { applyChanges } from "../../src/lab/deployment/mutations.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";
import { generationTable } from "./generation-table.ts";
import { complaints, outcomeChanges, sorted } from "./outcome-changes.ts";
import { type Scanned, scan, shippedRules } from "./scan.ts";

const rules = shippedRules();

/** What is installed, as the directory and the topology tell it. */
const products: Readonly<Record<string, { readonly exchange: readonly string[]; readonly pools: readonly string[] }>> = {
  "exchange-2007": { exchange: ["Exchange 2007 SP3"], pools: ["Lync Server 2013"] },
  "exchange-2010-rtm": { exchange: ["Exchange 2010 RTM"], pools: ["Lync Server 2013"] },
  "exchange-2010-sp3": { exchange: ["Exchange 2010 SP3"], pools: ["Lync Server 2013"] },
  "exchange-2013": { exchange: ["Exchange 2013 CU23"], pools: ["Lync Server 2013"] },
  "exchange-2016": { exchange: ["Exchange 2016 CU23"], pools: ["Skype for Business Server 2015"] },
  hosted: { exchange: ["Exchange 2013 CU23", "Exchange 2016 CU23"], pools: ["Lync Server 2013"] },
  "cloud-voicemail": { exchange: ["Exchange 2016 CU23"], pools: ["Skype for Business Server 2019"] },
};

describe.each(generations)("$title", (generation) => {
  const { name, profile, limits } = generation;
  const healthy = generationDeployment(generation, { users: 9 });
  let lab: Lab;
  let addresses: Readonly<Record<string, string>>;
  let before: Scanned;

  const scanned = async (): Promise<Scanned> => scan(await writeScannerConfiguration(lab, { profile, connectTo: { ...addresses, ...lab.connectTo } }), rules);

  beforeAll(async () => {
    lab = await startLab(healthy);
    addresses = lab.connectTo;
    before = await scanned();
  }, 60_000);
  afterAll(() => lab.close());

  it("has nothing wrong and nothing unknown but what the generation brings with it", () => {
    const known = limits.flatMap(({ rule, subjects, outcome }) => subjects.map((subject) => `${outcome} ${rule} ${subject}`));
    expect(complaints(before).map((one) => one.slice(0, one.indexOf(":"))).toSorted()).toEqual(known.toSorted());
    expect(before.findings.filter(({ outcome }) => outcome === "pass").length).toBeGreaterThan(100);
  });

  it("is detected as what it is", () => {
    const detected = before.overview?.process?.detected ?? [];
    const versions = (...kinds: readonly string[]) => [...new Set(detected.filter(({ product }) => kinds.includes(product)).map(({ version }) => (version ?? "not told").replace(/ \(.*$/, "")))].toSorted();
    expect({ exchange: versions("Exchange Server"), pools: versions("Front End pool", "Branch pool") }).toEqual(products[name]);
  });

  const own = generationTable.filter((one) => one.generation === name);
  it.each(own)("shows: $title", async ({ changes, expect: expected }) => {
    await lab.update(applyChanges(healthy, changes));
    expect(sorted(outcomeChanges(before, await scanned()))).toEqual(sorted(expected));
  });

  it("has mistakes of its own in the table", () => {
    expect(own.length).toBeGreaterThan(0);
  });
});
