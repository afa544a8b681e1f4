import type { CertificateSpec, Deployment, Entry, Forest } from "../../src/lab/types.ts";

export const root = "DC=alpha,DC=test";
export const configuration = `CN=Configuration,${root}`;
export const plan = `CN=HQ,CN=UM DialPlan Container,CN=Org,CN=Microsoft Exchange,CN=Services,${configuration}`;
export const password = "Lab-Us3r!";
export const start = new Date("2026-03-01T12:00:00Z");

function entry(dn: string, objectClass: string, attributes: Entry["attributes"] = {}, security: Pick<Entry, "aces" | "blocksInheritance"> = {}): Entry {
  return { dn, objectClass: objectClass.split(" "), attributes, ...security };
}

function user(name: string, attributes: Entry["attributes"] = {}, unit = "Staff"): Entry {
  return entry(`CN=${name},OU=${unit},${root}`, "user", { sAMAccountName: [name], userPrincipalName: [`${name}@alpha.test`], userAccountControl: ["512"], ...attributes });
}

function group(name: string, type: string, members: readonly string[]): Entry {
  return entry(`CN=${name},OU=Groups,${root}`, "group", { sAMAccountName: [name], groupType: [type], ...(members.length === 0 ? {} : { member: members }) });
}

export const dnOf = (name: string, unit = "Staff"): string => `CN=${name},OU=${unit},${root}`;
const universal = "-2147483640";
const many = Array.from({ length: 3200 }, (_, index) => `many${String(index).padStart(4, "0")}`);

const people: readonly Entry[] = [
  user("ann", { displayName: ["Ann Öst"], proxyAddresses: ["SMTP:ann@alpha.test", "sip:ann@alpha.test"], "msRTCSIP-OptionFlags": ["385"], "msRTCSIP-UserEnabled": ["TRUE"], telephoneNumber: ["+1425"] }),
  user("boss"),
  user("disabled", { userAccountControl: ["514"] }),
  user("expired", { accountExpires: ["130000000000000000"] }),
  user("renew", { pwdLastSet: ["0"] }),
  user("locked", { lockoutTime: ["133000000000000000"] }),
  user("outsider"),
  user("comma, escaped".replace(",", "\\,"), { sAMAccountName: ["comma"], description: ["a*b(c)\\d"] }),
  entry(`CN=SRV,OU=Staff,${root}`, "computer", { sAMAccountName: ["SRV$"], dNSHostName: ["scanner.alpha.test"] }),
];

const groups: readonly Entry[] = [
  entry(`CN=Domain Admins,CN=Users,${root}`, "group", { sAMAccountName: ["Domain Admins"], groupType: ["-2147483646"], member: [dnOf("boss")] }),
  group("Readers", universal, [dnOf("ann")]),
  group("Outer", "-2147483644", [dnOf("Readers", "Groups")]),
  group("Mail list", "8", [dnOf("ann")]),
  group("Behind the list", universal, [dnOf("Mail list", "Groups")]),
  group("Circle A", universal, [dnOf("Circle B", "Groups"), dnOf("ann")]),
  group("Circle B", universal, [dnOf("Circle A", "Groups")]),
  group("Everybody", universal, many.map((name) => dnOf(name, "Many"))),
];

const hidden: readonly Entry[] = [
  entry(`OU=Names only,${root}`, "organizationalUnit", {}, { blocksInheritance: true, aces: ["(A;;LC;;;{Readers})"] }),
  entry(`CN=secret,OU=Names only,${root}`, "contact", { description: ["hidden"] }),
  entry(`OU=One property,${root}`, "organizationalUnit", {}, { blocksInheritance: true, aces: ["(A;CI;LC;;;{Readers})", "(OA;CIIO;RP;{pset:Public-Information};{class:contact};{Readers})", "(OD;CIIO;RP;{attr:mail};;{Readers})"] }),
  entry(`CN=half,OU=One property,${root}`, "contact", { description: ["public"], mail: ["half@alpha.test"], telephoneNumber: ["+1"] }),
  entry(`OU=Nothing,${root}`, "organizationalUnit", {}, { blocksInheritance: true }),
  entry(`CN=gone,OU=Nothing,${root}`, "contact", {}),
];

const exchange: readonly Entry[] = [
  entry(`CN=UM DialPlan Container,CN=Org,CN=Microsoft Exchange,CN=Services,${configuration}`, "msExchContainer", {}, { aces: ["(A;CI;RPLC;;;{beta:RTCUniversalServerAdmins})", "(A;NP;GA;;;{Outer})"] }),
  entry(plan, "msExchUMDialPlan", { msExchUMDialPlanURIType: ["3"], msExchUMNumberingPlanDigits: ["5"] }),
  entry(`CN=hunt,CN=gw,CN=UM IPGateway Container,CN=Org,CN=Microsoft Exchange,CN=Services,${configuration}`, "msExchUMHuntGroup", { msExchUMHuntGroupDialPlanLink: [plan.toLowerCase()] }),
  entry(`CN={beta:RTCUniversalServerAdmins},CN=ForeignSecurityPrincipals,${root}`, "foreignSecurityPrincipal"),
  entry(`CN=EX1,CN=Servers,CN=Org,CN=Microsoft Exchange,CN=Services,${configuration}`, "msExchExchangeServer", { msExchUMCertificateThumbprint: ["{thumbprint:server}"] }),
];

const alpha: Forest = {
  name: "alpha",
  realm: "alpha.test",
  netbios: "ALPHA",
  domainSid: "S-1-5-21-1-2-3",
  domainController: "dc1.alpha.test",
  entries: [...people, ...groups, ...hidden, ...exchange, ...many.map((name) => user(name, {}, "Many"))],
  accounts: ["ann", "boss", "disabled", "expired", "renew", "locked", "outsider"].map((sAMAccountName) => ({ sAMAccountName, password })),
};

const beta: Forest = {
  name: "beta",
  realm: "beta.test",
  netbios: "BETA",
  domainSid: "S-1-5-21-4-5-6",
  domainController: "dc1.beta.test",
  entries: [entry("CN=RTCUniversalServerAdmins,CN=Users,DC=beta,DC=test", "group", { sAMAccountName: ["RTCUniversalServerAdmins"], objectSid: ["S-1-5-21-4-5-6-4711"] })],
  accounts: [],
};

export function certificate(id: string, given: Partial<CertificateSpec> = {}): CertificateSpec {
  const name = `${id}.alpha.test`;
  return { id, commonName: name, dnsNames: [name], issuer: "ca", ca: false, notBeforeDays: -1, notAfterDays: 30, usages: ["serverAuth", "clientAuth"], keyBits: 2048, digest: "sha256", ...given };
}

const authority = (id: string, issuer = id): CertificateSpec => certificate(id, { issuer, ca: true, dnsNames: [], usages: undefined, commonName: `Authority ${id}` });

export const certificates: readonly CertificateSpec[] = [
  authority("root"),
  authority("ca", "root"),
  authority("stranger"),
  certificate("server"),
  certificate("client:scanner", { commonName: "scanner.alpha.test", dnsNames: ["scanner.alpha.test"], usages: ["clientAuth"] }),
  certificate("nobody", { usages: ["clientAuth"] }),
  certificate("unknown", { issuer: "stranger", usages: ["clientAuth"] }),
  certificate("expired", { notBeforeDays: -20, notAfterDays: -3 }),
  certificate("server only", { usages: ["serverAuth"] }),
  certificate("weak", { keyBits: 1024, digest: "sha1", commonName: undefined, usages: undefined }),
];

/** Two small forests with one of everything that the servers treat in its own way. */
export const tinyDeployment: Deployment = {
  forests: [alpha, beta],
  dns: [],
  certificates,
  endpoints: [],
  lyncConfiguration: { CsCertificate: [{ Identity: "a", Thumbprint: "{thumbprint:server}" }] },
};
