import { describe, expect, it } from "vitest";
import { compileRules } from "../../src/engine/compile-rules.ts";
import { quoteArgument } from "../../src/engine/powershell.ts";
import { evaluateOver, ruleDocument } from "./rule-fixture.ts";

describe("arguments of PowerShell commands", () => {
  it.each([
    ["HQ", "'HQ'"],
    ["it's", "'it''s'"],
    ["\u2018a\u2019 \u201Ab\u201B", "'\u2018\u2018a\u2019\u2019 \u201A\u201Ab\u201B\u201B'"],
    ["$(Remove-Item x); `a`", "'$(Remove-Item x); `a`'"],
    ['a" b', undefined],
    ["", "''"],
    ["a\nb", undefined],
    ["a\u0000", undefined],
    ["a\u001b[2J", undefined],
    ["a\u202eb", undefined],
    ["a\u2028b", undefined],
    ["a\ud800", undefined],
  ])("%j", (text, argument) => {
    expect(quoteArgument(text)).toBe(argument);
  });
});

const failing = [{ outcome: "fail", condition: "plan.faxEnabled", message: "{plan.name}: {plan.accessNumbers}, {plan.countryCode}, {plan.extensionDigits}, {plan.organization}, {{}}" }] as const;

function findingOn(facts: Record<string, unknown>, commands: readonly string[]) {
  const world = { umDialPlan: { hq: { name: "HQ", faxEnabled: true, accessNumbers: ["1", "2"], countryCode: null, organization: "org", ...facts } }, exchangeOrganization: { org: { name: "Fabrikam" } } };
  return evaluateOver({ outcomes: failing, remedy: { text: "Mend {plan.name}.", commands } }, world).findings[0];
}

describe("messages", () => {
  it("print values for people, and what was not read as such", () => {
    expect(findingOn({}, [])?.message).toBe("HQ: 1, 2, absent, «not read», Fabrikam, {}");
  });
});

describe("remedies", () => {
  it("quote what they insert", () => {
    const remedy = findingOn({ name: "it's", extensionDigits: 4 }, ["Set-UMDialPlan -Identity {plan.name} -AccessTelephoneNumbers {plan.accessNumbers} -X {plan.extensionDigits} -FaxEnabled:{!plan.faxEnabled}"])?.remedy;
    expect(remedy).toEqual({ text: "Mend it's.", commands: ["Set-UMDialPlan -Identity 'it''s' -AccessTelephoneNumbers @('1','2') -X 4 -FaxEnabled:$false"] });
  });

  it.each([
    ["an unread value", "{plan.extensionDigits}", "plan.extensionDigits was not read"],
    ["an absent value", "{plan.countryCode}", "plan.countryCode is absent"],
    ["control characters", '{plan.name + "\\n"}', "characters that cannot be written"],
  ])("leave out a command with %s, and say so", (_, argument, why) => {
    const remedy = findingOn({}, [`Do-It ${argument}`, "Do-That"])?.remedy;
    expect(remedy?.commands).toEqual(["Do-That"]);
    expect(remedy?.text).toContain(why);
  });

  it.each([
    ['Set-X -Identity "{plan.name}"', "inside quotes"],
    ["Set-X -Identity '{plan.name}'", "inside quotes"],
    ["Set-X -Identity HQ\\{plan.name}", "part of an argument"],
    ["Set-X -Identity {plan.name}s", "part of an argument"],
    ["Set-X -Identity {plan.name}{plan.dn}", "part of an argument"],
  ])("refuse %s", (command, message) => {
    const { errors } = compileRules([ruleDocument({ remedy: { text: "x", commands: [command] } })]);
    expect(errors.map((error) => error.message)).toEqual([expect.stringContaining(message)]);
  });

  it("go with fail and warn only", () => {
    const world = { umDialPlan: { hq: { name: "HQ" } } };
    expect(evaluateOver({ remedy: { text: "x" } }, world).findings[0]).not.toHaveProperty("remedy");
  });
});

describe("evidence", () => {
  const world = {
    umDialPlan: { hq: { name: "HQ", gateways: ["gw1", "gw2", "lost"], countryCode: null, servers: { $unknown: "denied" } } },
    umIpGateway: { gw1: { name: "one", port: 5061, pools: ["p"] }, gw2: { name: "two", port: { $unknown: "timeout" }, pools: [] } },
    lyncPool: { p: { fqdn: "pool.contoso.test" } },
  };
  it("shows each fact once, read or not", () => {
    const [finding] = evaluateOver({ with: { digits: "plan.extensionDigits", count: "plan.gateways.size()" }, evidence: ["plan.gateways", "plan.gateways.port", "plan.gateways.pools.fqdn", "plan.countryCode", "plan.servers.fqdn", "digits", "count"] }, world).findings;
    expect(finding?.evidence.map(({ subject, fact, value, state }) => [subject.name, fact, value, state])).toEqual([
      ["HQ", "gateways", "one, two, lost", "known"],
      ["one", "port", "5061", "known"],
      ["two", "port", "not read: timeout stated by the case", "unknown"],
      ["lost", "port", "not read: not-collected the object was not read", "unknown"],
      ["pool.contoso.test", "fqdn", "pool.contoso.test", "known"],
      ["lost", "pools", "not read: not-collected the object was not read", "unknown"],
      ["HQ", "countryCode", "absent", "absent"],
      ["HQ", "servers", "not read: denied stated by the case", "unknown"],
      ["HQ", "extensionDigits", "not read: not-collected not read in this run", "unknown"],
      ["HQ", "count", "3", "known"],
    ]);
  });

  it("shows 30 at most, and says how many there are", () => {
    const gateways = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`g${n}`, { name: `g${n}` }]));
    const [finding] = evaluateOver({ evidence: ["umIpGateways.name"] }, { umDialPlan: { hq: { name: "HQ" } }, umIpGateway: gateways }).findings;
    expect([finding?.evidence.length, finding?.evidence.at(-1)?.value]).toEqual([30, "… and 11 more"]);
  });

  it("shows fields of records", () => {
    const endpoint = { host: "a.test", certificate: { dnsNames: ["a.test"], notAfter: "2026-01-01T00:00:00Z" } };
    const [finding] = evaluateOver({ subject: { each: "endpoint", as: "it" }, outcomes: [], pass: "{it.host}", evidence: ["it.certificate.dnsNames", "it.certificate.commonName"] }, { endpoint: { e: endpoint } }).findings;
    expect(finding?.evidence.map(({ fact, value }) => [fact, value])).toEqual([
      ["certificate.dnsNames", "a.test"],
      ["certificate.commonName", "absent"],
    ]);
  });

  it.each([
    ["plan", "Name the fact"],
    ["plan.gateways.adress", "umIpGateway has no fact adress"],
    ["plan.name.x", "has no fields"],
    ["plan.gateways.map(g, g.name)", "is a path of facts"],
    ["pln.name", "There is no pln here"],
  ])("refuses %s", (path, message) => {
    expect(compileRules([ruleDocument({ evidence: [path] })]).errors.map((error) => error.message)).toEqual([expect.stringContaining(message)]);
  });
});

it("gives at most 20 reasons, and the total in the message", () => {
  const gateways = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`g${n}`, { port: { $unknown: "timeout" } }]));
  const [finding] = evaluateOver({ outcomes: [{ outcome: "fail", condition: "umIpGateways.exists(g, g.port == 1)", message: "" }] }, { umDialPlan: { hq: { name: "HQ" } }, umIpGateway: gateways }).findings;
  expect(finding?.reasons.length).toBe(20);
  expect(finding?.message).toMatch(/^Not decided, because 25 facts were not read: .*and 22 more\.$/u);
});
