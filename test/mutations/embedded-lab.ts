import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import { applyChanges } from "../../src/lab/deployment/mutations.ts";
import type { Lab } from "../../src/lab/lab.ts";
import { writeScannerConfiguration } from "../../src/lab/scan-this.ts";
import { startLab } from "../../src/lab/start.ts";
import type { ProfileName } from "../../src/model/rule.ts";
import { expectedChanges, type Mutation } from "./mutation.ts";
import { complaints, outcomeChanges, sorted } from "./outcome-changes.ts";
import { profileBases } from "./profile-bases.ts";
import { type Scanned, shippedRules } from "./scan.ts";
import { scanAs } from "./scanner-setup.ts";

const rules = shippedRules();
const healthy = healthyDeployment({ users: 9 });

/** Scans one embedded lab for every mutation of a list, and compares what changed with what is expected. */
export function describeMutations(title: string, mutations: readonly Mutation[]): void {
  describe(title, () => {
    const profiles = [...new Set(mutations.map(({ setup }): ProfileName => setup.profile ?? "on-premises"))];
    const healthyScans = new Map<ProfileName, Scanned>();
    let lab: Lab;
    let healthyAddresses: Readonly<Record<string, string>>;

    /** The configuration for the lab as it is now. Endpoints that are stopped keep their address, where nothing answers. */
    const configure = (): Promise<string> => writeScannerConfiguration(lab, { connectTo: { ...healthyAddresses, ...lab.connectTo } });

    beforeAll(async () => {
      lab = await startLab(healthy);
      healthyAddresses = lab.connectTo;
      const configuration = await configure();
      for (const profile of profiles) {
        await lab.update(applyChanges(healthy, profileBases[profile]));
        healthyScans.set(profile, await scanAs(configuration, { profile }, healthy, rules));
      }
    }, 60_000);

    afterAll(async () => {
      await lab.close();
    });

    it.each(profiles)("finds nothing wrong and nothing unknown in the healthy deployment (%s)", (profile) => {
      const scanned = healthyScans.get(profile);
      expect(scanned?.findings.filter(({ outcome }) => outcome === "pass").length).toBeGreaterThan(10);
      expect(scanned === undefined ? [] : complaints(scanned)).toEqual([]);
    });

    it.each(mutations)("$id: $title", async (given) => {
      const { changes, setup } = given;
      const profile = setup.profile ?? "on-premises";
      const before = healthyScans.get(profile);
      if (before === undefined) throw new Error("the healthy deployment was not scanned");
      await lab.update(applyChanges(healthy, [...profileBases[profile], ...changes]));
      const after = await scanAs(await configure(), setup, healthy, rules);
      expect(sorted(outcomeChanges(before, after))).toEqual(sorted(expectedChanges(given, before, "embedded")));
    });

    it("is healthy again in the end, and nothing was written to", async () => {
      for (const [profile, before] of healthyScans) {
        await lab.update(applyChanges(healthy, profileBases[profile]));
        expect(outcomeChanges(before, await scanAs(await configure(), { profile }, healthy, rules))).toEqual([]);
      }
      expect(lab.writesSeen()).toBe(0);
    }, 60_000); // a scan for each profile
  });
}
