import { demoMistakes } from "../../src/lab/deployment/demo-mistakes.ts";
import type { Mutation } from "./mutation.ts";
import { fails, nothingLeft, turns, warns, type OutcomeChange } from "./outcome-changes.ts";

/** What each mistake of the demo changes. */
const expected: Readonly<Record<string, readonly (readonly OutcomeChange[])[]>> = {
  "plan-sip-secured": [fails("dial-plan/encryption-matches-lync", "BranchUM"), turns("pass", "not-applicable", "security/secured-preferred", "BranchUM")],
  "pilot-wrong": [fails("hunt-group/one-to-one", "ContosoUM"), warns("hunt-group/pilot-is-plan-name", "ContosoUM")],
  "outcalls-two": [fails("gateway/one-allows-outcalls", "BranchUM", "ContosoUM"), turns("not-applicable", "pass", "gateway/outcalls-leave-by-main-pool", "1:2")],
  "gateway-gone": [
    fails("gateway/resolves", "2:1"),
    warns("gateway/belongs-to-pool", "2:1"),
    turns("none", "not-applicable", "certificate/gateway-secured", "2:1"),
    warns("gateway/one-per-pool", "sba1.contoso.test"),
    nothingLeft("gateway/branch-pool-is-quiet"),
  ],
  "certificate-expiring": [warns("certificate/validity", "ex2.fabrikam.test:5061", "ex2.fabrikam.test:5063")],
  "certificate-self-signed": [turns("pass", "not-applicable", "certificate/chain-sent", "cas1.fabrikam.test:5061"), fails("certificate/not-self-signed", "cas1.fabrikam.test:5061"), turns("pass", "not-applicable", "certificate/revocation", "CN=cas1.fabrikam.test"), turns("pass", "not-applicable", "certificate/revocation-list", "CN=cas1.fabrikam.test"), turns("pass", "not-applicable", "certificate/signature-algorithm", "cas1.fabrikam.test:5061"), turns("pass", "not-applicable", "certificate/trusted-by-other-side", "cas1.fabrikam.test:5061")],
  "intermediate-missing": [warns("certificate/chain-sent", "ex1.fabrikam.test:5061"), fails("certificate/trusted-by-other-side", "ex1.fabrikam.test:5061")],
  "startup-tcp": [turns("pass", "not-applicable", "startup/um-service-dual", "MBX1"), fails("startup/um-service-mode", "MBX1")],
  "server-not-in-plan": [fails("dial-plan/servers-2013", "BranchUM")],
  "trust-one-way": [fails("forest/exchange-trusts-lync", "fabrikam.test"), nothingLeft("forest/selective-authentication", "forest/trust-covers-forest")],
  "operator-one-group": [fails("permission/operator-groups", "CONTOSO\\ucoperator")],
  "srv-wrong-domain": [turns("pass", "not-applicable", "certificate/lync-sign-in-names", "lyncfe1.contoso.test:5061", "lyncfe2.contoso.test:5061"), fails("dns/strict-naming", "contoso.test")],
};

/** The mistakes of the demo, one at a time. */
export const demoTable: readonly Mutation[] = demoMistakes().map((mistake) => ({ ...mistake, setup: {}, unseen: [], expect: (expected[mistake.id] ?? []).flat() }));
