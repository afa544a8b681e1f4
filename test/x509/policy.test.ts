import { expect, test } from "vitest";
import type { PolicyDemand } from "../../src/x509/index.ts";
import { raw, seq, oid, text } from "./der-writer.ts";
import { inhibitAnyPolicy, policies, policyConstraints, policyMappings, rootCa, server, subCa, type ExtensionSpec, type Issued } from "./issue.ts";
import { judge, verdict } from "./verdict.ts";

const [P1, P2, P3] = ["2.16.840.1.101.3.2.1.48.1", "2.16.840.1.101.3.2.1.48.2", "2.16.840.1.101.3.2.1.48.3"] as const;
const ANY = "2.5.29.32.0";
const EXPLICIT: PolicyDemand = { requireExplicitPolicy: true };
const MISSING = "policy-not-satisfied";

interface Case {
  readonly title: string;
  /** Extensions of the CAs from the top, then of the leaf; `self` marks a CA that bears its issuer's name. */
  readonly path: readonly (readonly ExtensionSpec[])[];
  readonly self?: readonly number[];
  readonly demand?: PolicyDemand;
  readonly want: string;
}

const set = (...initialPolicySet: readonly string[]): PolicyDemand => ({ ...EXPLICIT, initialPolicySet });

const CASES: readonly Case[] = [
  { title: "4.8.1 same policy throughout", path: [[policies(P1)], [policies(P1)]], demand: EXPLICIT, want: "ok" },
  { title: "4.8.1 user accepts it", path: [[policies(P1)], [policies(P1)]], demand: set(P1), want: "ok" },
  { title: "4.8.1 user wants another", path: [[policies(P1)], [policies(P1)]], demand: set(P2), want: MISSING },
  { title: "4.8.1 user wants one of two", path: [[policies(P1)], [policies(P1)]], demand: set(P2, P1), want: "ok" },
  { title: "4.8.2 no policies, none demanded", path: [[], []], want: "ok" },
  { title: "4.8.2 no policies, one demanded", path: [[], []], demand: EXPLICIT, want: MISSING },
  { title: "4.8.3 lost on the way, none demanded", path: [[policies(P1)], [], [policies(P1)]], want: "ok" },
  { title: "4.8.3 lost on the way, one demanded", path: [[policies(P1)], [], [policies(P1)]], demand: EXPLICIT, want: MISSING },
  { title: "4.8.4 different policies", path: [[policies(P1)], [policies(P2)]], demand: EXPLICIT, want: MISSING },
  { title: "4.8.6 the common one of several", path: [[policies(P1, P2)], [policies(P2, P3)], [policies(P2)]], demand: set(P2), want: "ok" },
  { title: "4.8.11 any policy in every CA", path: [[policies(ANY)], [policies(P1)]], demand: set(P1), want: "ok" },
  { title: "4.8.11 any policy everywhere", path: [[policies(ANY)], [policies(ANY)]], demand: set(P3), want: "ok" },
  { title: "4.8.14 any policy in the leaf", path: [[policies(P1)], [policies(ANY)]], demand: set(P1), want: "ok" },
  { title: "4.8.14 any policy in the leaf does not invent", path: [[policies(P1)], [policies(ANY)]], demand: set(P2), want: MISSING },
  { title: "4.9.1 required far below", path: [[policyConstraints(10)], [], []], want: "ok" },
  { title: "4.9.3 required at once", path: [[policyConstraints(0)], [policies(P1)]], want: MISSING },
  { title: "4.9.3 required and there", path: [[policyConstraints(0), policies(P1)], [policies(P1)]], want: "ok" },
  { title: "4.9.5 required after one more CA", path: [[policyConstraints(1)], [], []], want: MISSING },
  { title: "4.9.6 self-issued CAs do not count", path: [[policyConstraints(2)], [], []], self: [1], want: "ok" },
  { title: "the leaf may require for itself", path: [[], [policyConstraints(0)]], want: MISSING },
  { title: "4.10.1 mapped policy", path: [[policies(P1), policyMappings([P1, P2])], [policies(P2)]], demand: set(P1), want: "ok" },
  { title: "4.10.1 the subject's name for it does not count", path: [[policies(P1), policyMappings([P1, P2])], [policies(P2)]], demand: set(P2), want: MISSING },
  { title: "4.10.2 the old name after mapping", path: [[policies(P1), policyMappings([P1, P2])], [policies(P1)]], demand: EXPLICIT, want: MISSING },
  { title: "4.10.1 mapping inhibited by the user", path: [[policies(P1), policyMappings([P1, P2])], [policies(P2)]], demand: { ...EXPLICIT, inhibitPolicyMapping: true }, want: MISSING },
  { title: "4.10.7 mapping from any policy", path: [[policies(P1), policyMappings([ANY, P2])], [policies(P2)]], want: "policy-mapping-any" },
  { title: "4.10.8 mapping to any policy", path: [[policies(P1), policyMappings([P1, ANY])], [policies(P2)]], want: "policy-mapping-any" },
  { title: "4.10.9 two steps of mapping", path: [[policies(P1), policyMappings([P1, P2])], [policies(P2), policyMappings([P2, P3])], [policies(P3)]], demand: set(P1), want: "ok" },
  { title: "4.10.13 mapping below any policy", path: [[policies(ANY), policyMappings([P1, P2])], [policies(P2)]], demand: set(P1), want: "ok" },
  { title: "4.11.1 mapping inhibited by a CA", path: [[policies(P1), policyConstraints(0, 0)], [policies(P1), policyMappings([P1, P2])], [policies(P2)]], want: MISSING },
  { title: "4.11.2 mapping still allowed once", path: [[policies(P1), policyConstraints(0, 1)], [policies(P1), policyMappings([P1, P2])], [policies(P2)]], want: "ok" },
  { title: "4.12.1 any policy inhibited", path: [[policies(P1), policyConstraints(0), inhibitAnyPolicy(0)], [policies(ANY)]], want: MISSING },
  { title: "4.12.2 any policy inhibited, real one given", path: [[policies(P1), policyConstraints(0), inhibitAnyPolicy(0)], [policies(ANY, P1)]], want: "ok" },
  { title: "4.12.3 any policy inhibited later", path: [[policies(P1), policyConstraints(0), inhibitAnyPolicy(1)], [policies(ANY)], [policies(P1)]], want: "ok" },
  { title: "4.12.7 self-issued CA may still use any policy", path: [[policies(P1), policyConstraints(0), inhibitAnyPolicy(0)], [policies(ANY)], [policies(P1)]], self: [1], want: "ok" },
  { title: "any policy inhibited by the user", path: [[policies(ANY)], [policies(P1)]], demand: { ...EXPLICIT, inhibitAnyPolicy: true }, want: MISSING },
  { title: "a policy listed twice", path: [[policies(P1, P1)], [policies(P1)]], want: "malformed-extension" },
  { title: "empty policy constraints", path: [[{ oid: "2.5.29.36", critical: true, value: seq() }], []], want: "malformed-extension" },
  { title: "negative inhibitAnyPolicy", path: [[{ oid: "2.5.29.54", critical: true, value: raw(2, 1, 0xff) }], []], want: "malformed-extension" },
  { title: "unknown qualifier in critical policies", path: [[], [{ ...policies(P1), critical: true, value: seq(seq(oid(P1), seq(seq(oid("1.2.3.4"), text(0x0c, "x"))))) }]], want: "unknown-critical-extension" },
];

test.each(CASES)("$title", async ({ path, self = [], demand = {}, want }) => {
  const root = rootCa();
  const cas: Issued[] = [];
  let subject = "";
  for (const [index, extensions] of path.slice(0, -1).entries()) {
    subject = self.includes(index) ? subject : `CN=CA ${index}`;
    cas.unshift(subCa(cas[0] ?? root, subject, extensions));
  }
  const leaf = server(cas[0] ?? root, path.at(-1));
  expect(verdict(await judge([leaf, ...cas], root, { policy: demand }))).toBe(want);
});

test("an anchor's policies and constraints count when it has any", async () => {
  const under = async (anchor: readonly ExtensionSpec[], leaf: readonly ExtensionSpec[]): Promise<string> => {
    const root = rootCa("CN=Root", anchor);
    return verdict(await judge([server(root, leaf)], root));
  };
  expect(await under([policyConstraints(0)], [])).toBe(MISSING);
  expect(await under([policyConstraints(0)], [policies(P1)])).toBe("ok");
  expect(await under([policyConstraints(0), policies(P2)], [policies(P1)])).toBe(MISSING);
});
