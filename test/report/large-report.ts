import type { Finding, Outcome } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { randomNumbers } from "../random-numbers.ts";
import { finding, report, subject, summaryOf } from "./reports.ts";

const outcomes: readonly Outcome[] = ["fail", "warn", "unknown", "pass", "pass", "warn"];
const rules = Array.from({ length: 40 }, (_, index) => ({ id: `${["user", "dial-plan", "certificate", "gateway", "dns"][index % 5] ?? "user"}/rule-${index}`, title: `Rule number ${index} holds for every subject` }));

/** Findings as a directory with many users gives them: ids that do not compress, a rule's texts again and again, three facts of two sides. Made anew at each walk. */
export function largeReport(count: number): Report {
  const findings = {
    *[Symbol.iterator]() {
      const random = randomNumbers(7);
      for (let index = 0; index < count; index += 1) yield largeFinding(index, random);
    },
  };
  return { ...report([]), findings, summary: summaryOf(findings), rules: rules.map(({ id, title }) => ({ id, title, file: `rules/${id}.yaml`, line: 1, team: "exchange", why: "Calls are refused where it does not hold." })) };
}

function largeFinding(index: number, random: () => number): Finding {
  const { id, title } = rules[Math.floor(random() * rules.length)] ?? { id: "user/rule-0", title: "" };
  const outcome = outcomes[Math.floor(random() * outcomes.length)] ?? "fail";
  const guid = Array.from({ length: 4 }, () => Math.floor(random() * 0xffff_ffff).toString(16).padStart(8, "0")).join("-");
  const user = subject("user", `User ${index}`, `fabrikam.test/${guid}`);
  const plan = subject("umDialPlan", `Plan ${index % 50}`);
  return finding(outcome, {
    rule: id,
    title,
    severity: index % 3 === 0 ? "blocker" : "major",
    subject: user,
    message: `User ${index} has the extension ${10_000 + index} in Plan ${index % 50}, but the line URI says ${20_000 + Math.floor(random() * 10_000)}.`,
    reasons: outcome === "unknown" ? [{ reason: "timeout", subject: user, fact: "lineUri", detail: `dc${index % 7}.contoso.test:3269 did not answer within 10 s` }] : [],
    evidence: [
      { subject: user, fact: "dn", value: `CN=User ${index},OU=Staff,DC=fabrikam,DC=test`, state: "known", source: "directory fabrikam.test (fdc1.fabrikam.test:636)" },
      { subject: user, fact: "lineUri", value: `tel:+4144${1_000_000 + Math.floor(random() * 1_000_000)};ext=${10_000 + index}`, state: "known", source: "directory contoso.test (cdc1.contoso.test:636)" },
      { subject: plan, fact: "phoneContext", value: `Plan${index % 50}.fabrikam.test`, state: "known", source: "directory fabrikam.test (fdc1.fabrikam.test:636)" },
    ],
    remedy: { text: "Give the mailbox the extension of the line URI.", commands: [`Set-UMMailbox -Identity 'User ${index}' -PhoneNumber ${10_000 + index}`] },
    references: [{ text: "Enable a user for voice mail", url: "https://learn.microsoft.com/exchange/enable-a-user-for-unified-messaging-exchange-2013-help" }],
  });
}
