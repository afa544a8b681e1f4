import type { Overview } from "../../src/model/overview.ts";
import { subject } from "./reports.ts";

/** An overview in which every text is `text`, to see what becomes of hostile ones, or of none. */
export function overviewOfTexts(text: (name: string) => string): Overview {
  const plan = subject("umDialPlan", text("HQ"));
  const pool = subject("lyncPool", text("pool01.contoso.test"));
  const gateway = subject("umIpGateway", text("1:1"));
  const huntGroup = subject("umHuntGroup", text("HQ group"));
  const trust = subject("trust", text("contoso.test → fabrikam.test"));
  return {
    process: {
      title: text("On-premises Unified Messaging"),
      detected: [{ product: text("Exchange Server"), subject: subject("exchangeServer", text("EX1")), detail: text("not read") }],
      phases: [{ id: text("certificates"), title: text("Certificates"), summary: text("Every server has one."), who: [text("Organization Management")], rules: ["certificate/not-expiring"], notObservable: [text("cert.store")] }],
    },
    matrix: {
      notRead: [text("pools of Lync deployment contoso.test: denied")],
      rows: [
        { pool, dialPlan: plan, forest: text("fabrikam.test"), gatewaysRead: true, notRead: [], gateways: [{ gateway, huntGroupsRead: true, huntGroups: [{ huntGroup, pilot: text("HQ pilot"), pilotRead: true }], status: "Enabled", outcalls: true, messageWaiting: false }] },
        { pool, dialPlan: subject("umDialPlan", text("Lab")), forest: text("fabrikam.test"), gatewaysRead: true, notRead: [text("pilotIdentifier of UM hunt group Lab: denied")], gateways: [{ gateway, huntGroupsRead: false, huntGroups: [{ huntGroup: subject("umHuntGroup", text("Lab group")), pilotRead: false }] }] },
        { pool: subject("lyncPool", text("pool02.contoso.test")), dialPlan: plan, forest: text("fabrikam.test"), gatewaysRead: true, notRead: [], gateways: [] },
        { pool: subject("lyncPool", text("pool03.contoso.test")), dialPlan: plan, forest: text("fabrikam.test"), gatewaysRead: false, notRead: [text("gateways of Lync pool pool03.contoso.test: timed out")], gateways: [] },
      ],
    },
    map: {
      notShown: [text("trusts of Forest contoso.test: denied")],
      nodes: [
        { id: "a", kind: "forest", label: text("contoso.test"), detail: text("Lync"), subjects: [subject("forest", text("contoso.test"))] },
        { id: "b", kind: "forest", label: text("fabrikam.test"), subjects: [] },
        { id: "c", kind: "dial-plan", label: text("HQ"), parent: "b", subjects: [plan] },
        { id: "d", kind: "pool", label: text("pool01.contoso.test"), detail: text("Front End"), parent: "a", subjects: [pool] },
        { id: "e", kind: "exchange-server", label: text("60 Exchange servers"), parent: "b", subjects: [], count: 60 },
      ],
      edges: [
        { from: "a", to: "b", label: text("trust each other"), bothWays: true, subjects: [trust] },
        { from: "e", to: "c", label: text("serves"), subjects: [] },
        { from: "c", to: "d", label: text("hunt group"), subjects: [huntGroup] },
      ],
    },
    certificates: {
      at: "2026-06-01T10:00:42.000Z",
      notRead: [text("um1:5061: timed out")],
      certificates: [
        ["CN=expired.fabrikam.test", "2026-05-20T00:00:00.000Z", -13],
        ["CN=soon.fabrikam.test", "2026-06-20T00:00:00.000Z", 18],
        ["CN=later.fabrikam.test", "2028-06-20T00:00:00.000Z", 749],
      ].map(([name, notAfter, daysLeft], index) => ({ subject: text(String(name)), issuer: text("CN=CA"), names: [text(`name${index}`)], serialNumber: "01", thumbprint: `AA0${index}`, sha256: `BB0${index}`, key: "RSA 2048", signature: "sha256WithRSAEncryption", notBefore: "2024-01-01T00:00:00.000Z", notAfter: String(notAfter), daysLeft: Number(daysLeft), presentedBy: [text(`um${index}:5061`)], trustedBy: ["lync" as const], status: "good" as const, statusReason: text("it is not listed") })),
    },
  };
}

/** An overview of an ordinary deployment. */
export const exampleOverview = overviewOfTexts((name) => name);
