import type { Evidence, Finding, FindingReason, Outcome, Summary } from "../../src/model/finding.ts";
import type { KindName } from "../../src/model/kinds.ts";
import type { Overview, ProcessPhase, ProcessView } from "../../src/model/overview.ts";
import type { Report, RenderOptions } from "../../src/model/report.ts";
import type { SubjectRef } from "../../src/model/subject.ts";

export const plain: RenderOptions = { columns: undefined, color: false, verbosity: "normal" };

export function subject(kind: KindName, name: string, id = `${kind}-${name}`): SubjectRef {
  return { kind, id, name };
}

export function finding(outcome: Outcome, changes: Partial<Finding> = {}): Finding {
  return { rule: "dial-plan/security", title: "Dial plans are secured", requirements: ["sec.align"], severity: "blocker", subject: subject("umDialPlan", "HQ"), outcome, message: "Dial plan HQ is looked at.", reasons: [], evidence: [], references: [], disposition: "open", ...changes };
}

export function summaryOf(findings: Iterable<Finding>): Summary {
  const keys = { pass: "pass", warn: "warn", fail: "fail", unknown: "unknown", "not-applicable": "notApplicable" } as const;
  const summary = { pass: 0, warn: 0, fail: 0, unknown: 0, notApplicable: 0, waived: 0 };
  for (const one of findings) summary[one.disposition === "waived" ? "waived" : keys[one.outcome]] += one.count ?? 1;
  return summary;
}

export function report(findings: readonly Finding[], changes: Partial<Report> = {}): Report {
  return {
    tool: { name: "umpreflight", version: "0.1.0" },
    run: { startedAt: "2026-06-01T10:00:00.000Z", finishedAt: "2026-06-01T10:00:42.000Z", complete: true, profile: "on-premises", targets: [{ kind: "directory", name: "contoso.test", status: "read", problems: [] }], reasons: [] },
    summary: summaryOf(findings),
    rules: [...new Set(findings.map((one) => one.rule))].map((id) => ({ id, title: findings.find((one) => one.rule === id)?.title ?? "", file: `rules/${id}.yaml`, line: 1 })),
    findings,
    failOn: "fail",
    ...changes,
  };
}

const fabrikam = "directory fabrikam.test (fdc1.fabrikam.test:636)";
const contoso = "directory contoso.test (cdc1.contoso.test:636)";

function seen(of: SubjectRef, fact: string, value: string, source = fabrikam): Evidence {
  return { subject: of, fact, value, state: value === "absent" ? "absent" : "known", source };
}

const unreachable = (of: SubjectRef, fact: string): FindingReason => ({ reason: "unreachable", subject: of, fact, detail: "exum02.emea.fabrikam.test:5061 refused the connection" });
const timedOut = (of: SubjectRef, fact: string): FindingReason => ({ reason: "timeout", subject: of, fact, detail: "cdc2.contoso.test:3269 did not answer within 10 s" });

function secured(name: string): Finding {
  const plan = subject("umDialPlan", name);
  const pool = subject("lyncPool", "pool01.contoso.test");
  return finding("fail", {
    rule: "dial-plan/encryption-matches-lync",
    title: "SIP dial plan security fits Lync media encryption",
    subject: plan,
    message: `Dial plan ${name} is Unsecured, but pool01.contoso.test requires encryption: every call to voice mail is refused.`,
    evidence: [seen(plan, "voipSecurity", "Unsecured"), seen(plan, "dn", `CN=${name},CN=UM DialPlan Container,CN=Fabrikam,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=fabrikam,DC=test`), seen(pool, "encryptionLevel", "RequireEncryption", "configuration bundle contoso-cms.zip")],
    remedy: { text: "Set the dial plan to Secured, then restart the UM services of its servers.", commands: [`Set-UMDialPlan -Identity '${name}' -VoIPSecurity Secured`] },
    references: [{ text: "Deploying Exchange 2013 UM and Lync Server overview", url: "https://learn.microsoft.com/exchange/deploying-exchange-2013-um-and-lync-server-overview" }],
  });
}

function certificate(host: string, outcome: "unknown" | "warn"): Finding {
  const endpoint = subject("endpoint", `${host}:5061`);
  return finding(outcome, {
    rule: "certificate/not-expiring",
    title: "Certificates are valid for some time yet",
    severity: "major",
    subject: endpoint,
    message: outcome === "warn" ? `The certificate of ${host}:5061 expires on 2026-06-20.` : "Cannot be decided.",
    reasons: outcome === "warn" ? [] : [unreachable(endpoint, "certificate"), timedOut(endpoint, "listedIn")],
    evidence: outcome === "warn" ? [seen(endpoint, "certificate.notAfter", "2026-06-20T12:00:00Z", `TLS handshake with ${host}:5061`)] : [],
    remedy: { text: "Renew the certificate with the same names and assign it to the UM service.", commands: [`New-ExchangeCertificate -Server '${host}' -GenerateRequest -SubjectName 'CN=${host}' -DomainName '${host}' -PrivateKeyExportable $true`, `Enable-ExchangeCertificate -Server '${host}' -Services UM -Thumbprint '<thumbprint of the new certificate>'`] },
  });
}

/** A process whose rules left findings, or none, in every way. */
export function processOf(phases: readonly (Partial<ProcessPhase> & Pick<ProcessPhase, "id" | "title">)[], detected: ProcessView["detected"] = []): Overview {
  return {
    process: { title: "On-premises Unified Messaging", detected, phases: phases.map((phase) => ({ summary: "What is done in it.", who: ["Somebody"], rules: [], notObservable: [], ...phase })) },
    matrix: { rows: [], notRead: [] },
    map: { nodes: [], edges: [], notShown: [] },
    certificates: { at: "2026-06-01T10:00:00.000Z", certificates: [], notRead: [] },
  };
}

function firstProcess(): Overview {
  const server = (name: string) => ({ product: "Exchange Server", subject: subject("exchangeServer", name), version: "Exchange 2013 CU23 (15.0.1497.2)", detail: "server object, directory fabrikam.test" });
  return processOf(
    [
      { id: "exchange-roles", title: "Deploy the Exchange server roles", rules: ["forest/trust-direction"], who: ["Enterprise administrators", "Exchange Organization administrator"] },
      { id: "certificates", title: "Install certificates", rules: ["certificate/not-expiring"], notObservable: ["cert.um.dr-san"], references: [{ text: "Configure certificates", url: "https://learn.microsoft.com/certificates" }] },
      { id: "sip-dial-plan", title: "Create the SIP dial plan", rules: ["dial-plan/uri-type"] },
      { id: "dial-plan-security", title: "Secure the SIP dial plan", rules: ["dial-plan/encryption-matches-lync"] },
      { id: "exchucutil", title: "Run exchucutil.ps1", rules: ["gateway/fqdn"] },
      { id: "ocsumutil", title: "Run ocsumutil.exe", rules: ["dns/srv", "contact/not-run"] },
      { id: "enterprise-voice", title: "Finish Enterprise Voice", rules: ["dns/hosted-mx"] },
      { id: "enable-users", title: "Enable users for Unified Messaging", notObservable: ["user.pin"] },
    ],
    [server("EXUM01"), server("EXUM02"), { product: "Lync pools", subject: subject("forest", "contoso.test"), detail: "the list was not read: cdc2 is silent" }],
  );
}

/** What a first scan of two forests looks like. */
export function firstScan(): Report {
  const trust = subject("trust", "contoso.test -> fabrikam.test");
  const findings: Finding[] = [
    ...["HQ", "Branch Offices", "Kiosks", "Lab", "Plant", "Warehouse", "Zurich"].map(secured),
    certificate("exum01.emea.fabrikam.test", "warn"),
    ...Array.from({ length: 8 }, (_, index) => certificate(`exum0${index + 2}.emea.fabrikam.test`, "unknown")),
    finding("fail", { rule: "forest/trust-direction", title: "The trust leads the way that calls need", subject: trust, message: "The forest trust is one-way: fabrikam.test does not trust contoso.test, so ExchUCUtil.ps1 cannot grant rights.", evidence: [seen(trust, "direction", "outbound", contoso), seen(trust, "selectiveAuthentication", "absent", contoso)], remedy: { text: "Create the missing side of the trust.", commands: [] } }),
    finding("unknown", { rule: "forest/universal-groups", title: "RTCUniversalServerAdmins can read the dial plans", subject: subject("securityGroup", "RTCUniversalServerAdmins"), message: "Cannot be decided.", reasons: [timedOut(subject("securityGroup", "RTCUniversalServerAdmins"), "members")] }),
    finding("pass", { rule: "dial-plan/uri-type", title: "The dial plan is a SIP URI dial plan", message: "Dial plan HQ is SipName.", evidence: [seen(subject("umDialPlan", "HQ"), "uriType", "SipName")] }),
    finding("pass", { rule: "dns/srv", title: "SRV records exist", subject: subject("sipDomain", "contoso.test"), message: "_sipinternaltls._tcp.contoso.test leads to pool01.contoso.test." }),
    finding("pass", { rule: "user/line-uri-unique", title: "Line URIs are unique", severity: "major", subject: subject("deployment", "deployment"), message: "All users were looked at.", count: 1_204_332 }),
    finding("not-applicable", { rule: "dns/hosted-mx", title: "The hosted provider is found", subject: subject("deployment", "deployment"), message: "Nothing is hosted." }),
    finding("warn", { rule: "gateway/fqdn", title: "Gateways are named by FQDN", severity: "advice", subject: subject("umIpGateway", "Lync-GW"), message: "Gateway Lync-GW has the address 10.0.0.1.", disposition: "waived" }),
  ];
  return report(findings, {
    run: {
      startedAt: "2026-06-01T10:00:00.000Z",
      finishedAt: "2026-06-01T10:00:42.000Z",
      complete: false,
      profile: "on-premises",
      targets: [
        { kind: "directory", name: "contoso.test", status: "partly-read", problems: ["cdc2.contoso.test:3269 did not answer within 10 s: universal groups were not read"] },
        { kind: "directory", name: "fabrikam.test", status: "read", problems: [] },
        { kind: "endpoints", name: "UM servers", status: "not-read", problems: ["exum02.emea.fabrikam.test:5061 refused the connection"] },
      ],
      reasons: ["interrupted by the user while endpoints were read"],
    },
    overview: firstProcess(),
  });
}

/** The text without the colours that the table uses, and nothing else. */
export function withoutColors(text: string): string {
  return ["1", "22", "39", "38;5;160", "38;5;133", "38;5;166", "38;5;28"].reduce((rest, code) => rest.replaceAll(`\u001b[${code}m`, ""), text);
}
