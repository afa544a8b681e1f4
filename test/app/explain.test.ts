import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { explainRule } from "../../src/app/explain.ts";
import { explainText } from "../../src/app/explain-text.ts";
import { loadShippedRules } from "../../src/app/load-rules.ts";
import { known, unknown, type Observation } from "../../src/model/observation.ts";
import { writeSnapshot } from "../../src/snapshot/writer.ts";

const folder = mkdtempSync(join(tmpdir(), "umpreflight-explain-"));
const path = join(folder, "run.snapshot.gz");
const rules = loadShippedRules(new URL("../../", import.meta.url));
const at = new Date("2026-06-01T00:00:00Z");
const request = { rule: "security/sip-plan-secured", at, parameters: {} };

beforeAll(async () => {
  const writer = await writeSnapshot(path, { tool: "test", startedAt: at.toISOString(), profile: "on-premises" });
  const plan = (id: string, security: string | undefined) => ({ kind: "umDialPlan" as const, id, name: `${id}\u001b[31m`, facts: { name: known(id, "directory"), uriType: known("SipName", "directory"), voipSecurity: security === undefined ? unknown("timeout", "no answer") : known(security, "directory") } });
  const user = (lineUri: Observation) => ({ kind: "user" as const, id: "u1", name: "Person", facts: { forest: known("contoso.test", "configuration"), lyncEnabled: known(true, "directory"), optionFlags: known(385, "directory"), lineUri } });
  await writer.mass(user(known("tel:+15035550100;ext=100", "directory")));
  await writer.finish([plan("HQ", "Unsecured"), plan("Lost", undefined)], { finishedAt: at.toISOString(), complete: true, reasons: [], targets: [] });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("explain", () => {
  it("tells facts with their sources, each condition's value, and what would turn the verdict", async () => {
    const [check] = await explainRule(path, rules, { ...request, subject: "HQ" });
    if (check === undefined) throw new Error("nothing was explained");
    expect(check.finding?.outcome).toBe("fail");
    expect(check.search.flips.find(({ to }) => to.state === "known" && to.value === "Secured")).toMatchObject({ read: { subject: { id: "HQ" }, fact: "voipSecurity" }, to: { value: "Secured" }, outcome: "pass" });
    const text = [...explainText(request.rule, check, 80)].join("");
    expect(text).toContain("voipSecurity of UM dial plan HQ");
    expect(text).toContain("Unsecured (directory)");
    expect(text).toContain("Facts, read 2026-06-01T00:00:00.000Z");
    expect(text.replaceAll(/\s+/gu, " ")).toMatch(/would pass if voipSecurity of UM dial plan HQ\S* were SIPSecured or Secured; it is Unsecured/);
    expect(text).not.toContain("\u001b");
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("finds users, with what is worked out of them, and works it out again for a change", async () => {
    const [check] = await explainRule(path, rules, { ...request, rule: "user/line-uri", subject: "person" });
    expect(check?.finding?.outcome).toBe("pass");
    expect(check?.search.flips).toContainEqual(expect.objectContaining({ read: expect.objectContaining({ fact: "lineUri" }), outcome: "fail" }));
    expect(check?.search.flips.find(({ read }) => read.fact === "lyncEnabled")?.outcome).toBeUndefined();
  });

  it("tells why nothing could be decided", async () => {
    const [check] = await explainRule(path, rules, { ...request, subject: "Lost" });
    expect(check?.finding?.outcome).toBe("unknown");
    expect(check === undefined ? "" : [...explainText(request.rule, check, 80)].join("")).toContain("not read: timeout, no answer");
  });

  it("explains all subjects unless one is named, and names near ones for a typo", async () => {
    expect(await explainRule(path, rules, { ...request, subject: undefined })).toHaveLength(2);
    await expect(explainRule(path, rules, { ...request, subject: "HK" })).rejects.toMatchObject({ code: "subject" });
    await expect(explainRule(path, rules, { ...request, rule: "sip-plan", subject: undefined })).rejects.toThrow("there is no rule sip-plan");
  });

  it("explains a user by what follows from all of them", async () => {
    const file = join(folder, "users.snapshot.gz");
    const writer = await writeSnapshot(file, { tool: "test", startedAt: at.toISOString(), profile: "on-premises" });
    const user = (id: string) => ({ kind: "user" as const, id, name: id, facts: Object.fromEntries(Object.entries({ forest: "contoso.test", name: id, dn: `CN=${id}`, sipAddress: `sip:${id}@contoso.test`, lineUri: "tel:+14255550199" }).map(([fact, value]) => [fact, known(value, "directory")])) });
    for (const id of ["anna", "ben"]) await writer.mass(user(id));
    await writer.finish([], { finishedAt: at.toISOString(), complete: true, reasons: [], targets: [] });
    const [check] = await explainRule(file, rules, { ...request, rule: "user/line-uri-unique", subject: "Ben" });
    expect(check?.finding).toMatchObject({ outcome: "fail", message: "ben (sip:ben@contoso.test, CN=ben) has the line URI tel:+14255550199, and so has anna (CN=anna)." });
  });
});
