import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generations } from "../../src/lab/deployment/generations.ts";
import type { ProfileName } from "../../src/model/rule.ts";
import { expectedChanges } from "../mutations/mutation.ts";
import { complaints, outcomeChanges, sorted } from "../mutations/outcome-changes.ts";
import { profileBases } from "../mutations/profile-bases.ts";
import { type Scanned, shippedRules } from "../mutations/scan.ts";
import { scanAs } from "../mutations/scanner-setup.ts";
import { mutations } from "../mutations/table.ts";
import { healthy, lab } from "./lab-clients.ts";
import { type Publisher, startPublisher } from "./publisher.ts";
import { setChanges } from "./running-lab.ts";
import { writeScannerConfiguration } from "./scanner.ts";

const rules = shippedRules();
const carried = mutations.filter(({ embeddedOnly }) => embeddedOnly === undefined);
const profiles = [...new Set(carried.map(({ setup }): ProfileName => setup.profile ?? "on-premises"))];

describe("a scan of two Samba forests, their DNS and SIP servers", () => {
  const healthyScans = new Map<ProfileName, Scanned>();

  let publisher: Publisher;

  beforeAll(async () => {
    await setChanges(lab, [], new Date());
    publisher = await startPublisher(lab, healthy);
    const configuration = writeScannerConfiguration(lab, healthy);
    for (const profile of profiles) {
      await setChanges(lab, profileBases[profile], new Date());
      healthyScans.set(profile, await scanAs(configuration, { profile }, healthy, rules));
    }
  });

  afterAll(async () => {
    await publisher.close();
    await setChanges(lab, [], new Date());
  });

  it.each(profiles)("finds nothing wrong and nothing unknown in the healthy deployment (%s)", (profile) => {
    const scanned = healthyScans.get(profile);
    expect(scanned?.findings.filter(({ outcome }) => outcome === "pass").length).toBeGreaterThan(10);
    expect(scanned === undefined ? [] : complaints(scanned)).toEqual([]);
  });

  it.each(carried)("$id: $title", async (given) => {
    const { changes, setup } = given;
    const profile = setup.profile ?? "on-premises";
    const before = healthyScans.get(profile);
    if (before === undefined) throw new Error("the healthy deployment was not scanned");
    const deployment = await setChanges(lab, [...profileBases[profile], ...changes], new Date());
    publisher.publish(deployment);
    const after = await scanAs(writeScannerConfiguration(lab, deployment), setup, healthy, rules);
    expect(sorted(outcomeChanges(before, after))).toEqual(sorted(expectedChanges(given, before, "real")));
  });

  it.each(generations)("$title: nothing wrong and nothing unknown but what the generation brings with it", async ({ changes, profile, limits }) => {
    const deployment = await setChanges(lab, changes, new Date());
    publisher.publish(deployment);
    const scanned = await scanAs(writeScannerConfiguration(lab, deployment), { profile }, healthy, rules);
    const known = limits.flatMap(({ rule, subjects, outcome }) => subjects.map((subject) => `${outcome} ${rule} ${subject}`));
    expect(complaints(scanned).map((one) => one.slice(0, one.indexOf(":"))).toSorted()).toEqual(known.toSorted());
  });

  it("is healthy again in the end", async () => {
    await setChanges(lab, [], new Date());
    publisher.publish(healthy);
    for (const [profile, before] of healthyScans) {
      await setChanges(lab, profileBases[profile], new Date());
      expect(outcomeChanges(before, await scanAs(writeScannerConfiguration(lab, healthy), { profile }, healthy, rules))).toEqual([]);
    }
  });
});
