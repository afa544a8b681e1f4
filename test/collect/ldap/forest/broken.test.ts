import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { healthyDeployment } from "../../../../src/lab/deployment/healthy.ts";
import type { Lab } from "../../../../src/lab/lab.ts";
import { startLab } from "../../../../src/lab/start.ts";
import type { Misbehaviour } from "../../../../src/lab/types.ts";
import { claims, scanDirectory, shortLimits, type Scanned } from "./scanning.ts";

let lab: Lab;
let whole: Readonly<Record<"contoso" | "fabrikam", Scanned>>;

beforeAll(async () => {
  lab = await startLab(healthyDeployment({ users: 3 }));
  whole = { contoso: await scanDirectory(lab, { only: "contoso" }), fabrikam: await scanDirectory(lab, { only: "fabrikam" }) };
}, 60_000);
afterEach(async () => {
  await lab.misbehave({ server: "ldap:contoso", how: undefined });
  await lab.misbehave({ server: "ldap:fabrikam", how: undefined });
});
afterAll(() => lab.close());

const directoryKinds = ["forest", "trust", "securityGroup", "operator", "exchangeOrganization", "exchangeContainer", "umDialPlan", "umIpGateway", "umHuntGroup", "umAutoAttendant", "umMailboxPolicy", "exchangeServer", "umCallRouter", "lyncDeployment", "lyncPool", "trustedService", "exUmContact"] as const;
const how: readonly Misbehaviour[] = ["refuse", "stall", "reset", "garbage", "truncate", "oversize"];
/** Reasons that a server which does this may give; never denied (it denied nothing), never a fault of ours. */
const honest = ["unreachable", "timeout", "malformed", "truncated"];

function unknowns(scanned: Scanned): readonly string[] {
  return [...scanned.store.entries()].flatMap(({ facts }) => Object.values(facts).flatMap((state) => (state.state === "unknown" ? [state.reason] : [])));
}

test.for(how)("a server that does this from the first byte is not read, in its own time: %s", async (misbehaviour) => {
  await lab.misbehave({ server: "ldap:fabrikam", how: misbehaviour });
  const before = performance.now();
  const scanned = await scanDirectory(lab, { only: "fabrikam" });
  expect(performance.now() - before).toBeLessThan(shortLimits.targetTimeoutMs);
  expect(scanned.targets).toMatchObject([{ status: "not-read", problems: [expect.stringContaining("fdc1.fabrikam.test:636")] }]);
  expect([...new Set(unknowns(scanned))].every((reason) => honest.includes(reason))).toBe(true);
  expect(claims(scanned, directoryKinds)).toEqual([]);
});

/** Answers are messages: a bind, the rootDSE with its end, then everything else. */
const points = [2, 5, 9, 14, 22, 35, 60, 110];

test.for(how.flatMap((misbehaviour) => (["contoso", "fabrikam"] as const).map((forest) => [forest, misbehaviour] as const)))("in the middle of %s: %s leaves nothing wrong behind, wherever it begins", async ([forest, misbehaviour]) => {
  const truth = new Set(claims(whole[forest], directoryKinds));
  for (const after of misbehaviour === "stall" || misbehaviour === "oversize" ? [5, 35] : points) {
    await lab.misbehave({ server: `ldap:${forest}`, how: misbehaviour, after });
    const before = performance.now();
    const scanned = await scanDirectory(lab, { only: forest });
    expect(performance.now() - before).toBeLessThan(2 * shortLimits.targetTimeoutMs);
    expect(scanned.targets[0]?.status, `after ${after}`).not.toBe("read");
    expect(unknowns(scanned).filter((reason) => !honest.includes(reason)), `after ${after}`).toEqual([]);
    expect(claims(scanned, directoryKinds).filter((claim) => !truth.has(claim)), `after ${after}`).toEqual([]);
    await lab.misbehave({ server: `ldap:${forest}`, how: undefined });
  }
});
