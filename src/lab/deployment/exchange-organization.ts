import type { Entry } from "../types.ts";
import { computer, group, ridBase, scannerUser, user } from "./accounts.ts";
import { baseEntries } from "./base-entries.ts";
import { entry, organizationalUnit } from "./entry.ts";
import type { Security } from "./entry.ts";
import { dialPlanEntries } from "./exchange-plans.ts";
import { serverEntries } from "./exchange-servers.ts";
import { fabrikam, scannerAccount } from "./forests.ts";
import { exchangeServers } from "./hosts.ts";
import { organizationDn } from "./plans.ts";
import { trustEntry } from "./trusts.ts";

/** DN of the default administrative group. */
export const administrativeGroupDn = `CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,${organizationDn}`;

/** The groups of the Lync forest that exchucutil.ps1 -Forest grants rights to. */
const trustees = ["RTCUniversalServerAdmins", "RTCComponentUniversalServices"] as const;

function granted(flags: "" | "CI", rights: string): readonly string[] {
  return trustees.map((name) => `(A;${flags};${rights};;;{contoso:${name}})`);
}

/** What exchucutil.ps1 writes on the two UM containers and, as signed in 2016, on the administrative groups: list children and read property, for all below. */
export const containerGrants: Security = { aces: granted("CI", "LCRP") };

/** What it writes on the organization: list children, for this object only; and the right to read for the scanner. */
export const organizationGrants: Security = { aces: [...granted("", "LC"), `(A;CI;LCRPLORC;;;{${scannerAccount.sAMAccountName}})`] };

function organizationEntries(): readonly Entry[] {
  const umContainer = (name: string, security: Security = {}): Entry => entry(`CN=${name},${organizationDn}`, "top container msExchContainer", {}, security);
  const exchange = organizationDn.slice(organizationDn.indexOf(",") + 1);
  return [
    entry(exchange, "top container msExchConfigurationContainer"),
    // Exchange 2016 CU23: organization 16223, domain 13243, schema 15334
    entry(organizationDn, "top container msExchOrganizationContainer", { objectVersion: 16223, msExchProductID: "15.01.2507.006" }, organizationGrants),
    umContainer("UM DialPlan Container", containerGrants),
    umContainer("UM IPGateway Container"),
    umContainer("UM AutoAttendant Container", containerGrants),
    umContainer("UM Mailbox Policies"),
    entry(`CN=Administrative Groups,${organizationDn}`, "top container msExchContainer msExchAdminGroupContainer", {}, containerGrants),
    entry(administrativeGroupDn, "top container msExchContainer msExchAdminGroup"),
    entry(`CN=Servers,${administrativeGroupDn}`, "top container msExchContainer msExchServersContainer"),
    entry(`CN=Databases,${administrativeGroupDn}`, "top container msExchContainer msExchMDBContainer"),
    entry(`CN=Microsoft Exchange System Objects,${fabrikam.rootDn}`, "top container msExchSystemObjectsContainer", { objectVersion: 13243 }),
  ];
}

/** DN of the mailbox database. */
export const databaseDn = `CN=DB1,CN=Databases,${administrativeGroupDn}`;

function groupEntries(): readonly Entry[] {
  const unit = `OU=Microsoft Exchange Security Groups,${fabrikam.rootDn}`;
  const administrator = `CN=Exchange Operator,OU=Staff,${fabrikam.rootDn}`;
  const members: Readonly<Record<string, readonly string[]>> = {
    "Organization Management": [administrator],
    "Recipient Management": [administrator],
    "UM Management": [`CN=Organization Management,${unit}`],
    "View-Only Organization Management": [],
    "Exchange Servers": exchangeServers.map((server) => `CN=${server.name},OU=Servers,${fabrikam.rootDn}`),
    "Exchange Trusted Subsystem": exchangeServers.map((server) => `CN=${server.name},OU=Servers,${fabrikam.rootDn}`),
  };
  return [
    organizationalUnit(unit),
    user(fabrikam, administrator, ridBase.operator, "exoperator", { displayName: "Exchange Operator" }),
    ...Object.entries(members).map(([name, list], index) => group(fabrikam, `CN=${name},${unit}`, ridBase.group + index, list)),
  ];
}

/** Everything in the Exchange forest but trust and people. */
export function exchangeEntries(): readonly Entry[] {
  return [
    ...baseEntries(fabrikam),
    entry(`CN=ms-Exch-Schema-Version-Pt,${fabrikam.schemaDn}`, "top attributeSchema", { lDAPDisplayName: "msExchSchemaVersionPt", rangeUpper: 15334 }),
    organizationalUnit(`OU=Staff,${fabrikam.rootDn}`),
    organizationalUnit(`OU=Servers,${fabrikam.rootDn}`),
    scannerUser(fabrikam),
    ...exchangeServers.map((server, index) => computer(fabrikam, server.fqdn, ridBase.computer + index)),
    ...groupEntries(),
    ...organizationEntries(),
    ...dialPlanEntries(),
    ...serverEntries(administrativeGroupDn),
    entry(databaseDn, "top container msExchContainer msExchPrivateMDB", { msExchOwningServer: `CN=EX1,CN=Servers,${administrativeGroupDn}` }),
    trustEntry(fabrikam),
  ];
}
