import type { Report } from "../../src/model/report.ts";
import { finding, processOf, report, subject } from "./reports.ts";

/** Strings that attack one reader or another. */
export const hostileStrings: readonly string[] = [
  `<script>alert(1)</script>&amp;"'`,
  "]]><failure/><![CDATA[",
  "\u001b[31mred\u001b[0m \u001b]8;;http://evil.test\u0007click\u001b]8;;\u0007 \u009b2J",
  "=HYPERLINK(\"http://evil.test\")",
  "+1", "-1", "@SUM(1)",
  "lone \ud800 and \udfff surrogates",
  "nul \u0000 bell \u0007 delete \u007f",
  "line\r\nFAIL forged\nPASS forged\u2028separators\u2029",
  "bidi \u202egnp.exe\u202c \u2066isolate\u2069, zero\u200bwidth\u200d, tag \u{e0041}",
  "noncharacters \uffff \ufffe \u{1ffff}",
  "wide 会議室ダイヤルプラン ｈｑ 😀😀",
  "nbsp\u00a0and\u3000ideographic space",
  "",
  " ",
  "CN=a\\,b,OU=x,DC=contoso,DC=test",
  "__proto__",
  "$& $1 $`",
];

/** Every text of a report hostile. */
export function hostileReport(strings: readonly string[] = hostileStrings): Report {
  const findings = strings.flatMap((text, index) => {
    const of = subject("umDialPlan", text, `${text}${index}`);
    const reasons = [{ reason: "malformed" as const, subject: of, fact: text, detail: text }];
    const evidence = [{ subject: of, fact: text, value: text, state: "known" as const, source: text }];
    const base = { subject: of, title: text, message: text, requirements: [text], evidence, remedy: { text, commands: [text] }, references: [{ text, url: text }] };
    return [
      finding("fail", { ...base, rule: "hostile/fails" }),
      finding("unknown", { ...base, rule: `${text}/unknown`, reasons }),
      finding("warn", { ...base, rule: "hostile/warns" }),
      finding("pass", { ...base, rule: "hostile/passes" }),
      finding("not-applicable", { ...base, rule: "hostile/not-applicable" }),
      finding("fail", { ...base, rule: "hostile/waived", disposition: "waived" }),
    ];
  });
  const run = { startedAt: strings[0] ?? "", finishedAt: strings[1] ?? "", complete: false, profile: strings[2] ?? "", targets: strings.map((text) => ({ kind: text, name: text, status: "not-read" as const, problems: [text] })), reasons: strings };
  const overview = processOf(
    strings.map((text, index) => ({ id: text, title: text, summary: text, who: [text], rules: index % 2 === 0 ? ["hostile/fails", text] : [], notObservable: [text], references: [{ text, url: text }] })),
    strings.map((text) => ({ product: text, subject: subject("exchangeServer", text), version: text, detail: text })),
  );
  return report(findings, { run, overview });
}

/** Names and messages of 10,000 characters. */
export function longReport(): Report {
  return report(
    ["long.".repeat(2000), "広".repeat(10_000)].map((name) =>
      finding("fail", { subject: subject("umDialPlan", name, name), message: `Dial plan ${name} is bad.`, evidence: [{ subject: subject("lyncPool", name), fact: "fqdn", value: name, state: "known", source: "directory" }], remedy: { text: "Rename it.", commands: ["Set-UMDialPlan -Name 'short'"] } }),
    ),
  );
}
