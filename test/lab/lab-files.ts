import { configurationBundle } from "../../src/lab/deployment/configuration-bundle.ts";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "../../src/lab/types.ts";
import { contoso, fabrikam } from "../../src/lab/deployment/forests.ts";
import { outsideConfiguration } from "./dns-configuration.ts";
import type { LabCertificate, LabDescription } from "./lab-description.ts";
import { makePki } from "./pki.ts";
import { addressesOf, bundleName, kamailioConfiguration, listenersOf, tlsConfiguration } from "./sip-configuration.ts";
import type { Listener } from "./sip-configuration.ts";

/** Addresses of the resolvers of the two views. */
export const resolvers = { inside: { address: "127.0.30.53", port: 53 }, outside: { address: "127.0.30.54", port: 53 } } as const;

const forestAddresses: Readonly<Record<string, string>> = { [contoso.name]: contoso.address, [fabrikam.name]: fabrikam.address };

function writeBundles(lab: string, listeners: readonly Listener[], certificates: Readonly<Record<string, LabCertificate>>): void {
  const pem = (id: string): string => readFileSync(join(lab, certificates[id]?.certificate ?? ""), "utf8");
  for (const listener of listeners) {
    const { tls } = listener.endpoint;
    if (tls === undefined) continue;
    writeFileSync(join(lab, "sip", bundleName(listener, "chain")), [tls.certificate, ...tls.chain].map(pem).join(""));
    writeFileSync(join(lab, "sip", bundleName(listener, "anchors")), tls.clientAnchors.map(pem).join(""));
  }
}

function describe(deployment: Deployment, users: number, certificates: Readonly<Record<string, LabCertificate>>, hosts: ReadonlyMap<string, readonly string[]>): LabDescription {
  return {
    users,
    forests: deployment.forests.map((forest) => ({
      name: forest.name,
      realm: forest.realm,
      netbios: forest.netbios,
      domainSid: forest.domainSid,
      domainController: forest.domainController,
      address: forestAddresses[forest.name] ?? "",
      ports: { ldap: 389, ldaps: 636, globalCatalog: 3268, globalCatalogTls: 3269 },
      accounts: forest.accounts.map((account) => ({ ...account, userPrincipalName: `${account.sAMAccountName}@${forest.realm}` })),
    })),
    dns: resolvers,
    certificates,
    endpoints: deployment.endpoints.map(({ host, port, tls }) => ({ host, port, addresses: hosts.get(host) ?? addressesOf(deployment, host), tls: tls !== undefined })),
    lyncConfiguration: "lync-configuration.json",
    kerberosConfiguration: "krb5.conf",
  };
}

/**
 * Writes everything of a deployment that is not in a directory: certificates, the configuration of SIP server and outside resolver, the Lync configuration, lab.json. `hosts` fixes
 * the addresses where names listen, so that a mistake in DNS does not move a server.
 */
export async function writeLabFiles(lab: string, deployment: Deployment, options: { readonly users: number; readonly hosts: ReadonlyMap<string, readonly string[]>; readonly now: Date }): Promise<LabDescription> {
  for (const folder of ["sip", "dns", "log"]) mkdirSync(join(lab, folder), { recursive: true });
  const certificates = await makePki(lab, deployment.certificates, options.now);
  const listeners = listenersOf(deployment, options.hosts);
  writeBundles(lab, listeners, certificates);
  writeFileSync(join(lab, "sip", "kamailio.cfg"), kamailioConfiguration(listeners, join(lab, "sip")));
  writeFileSync(join(lab, "sip", "tls.cfg"), tlsConfiguration(listeners, lab));
  const hostsPath = join(lab, "dns", "outside.hosts");
  const outside = outsideConfiguration(deployment, resolvers.outside.address, hostsPath);
  writeFileSync(hostsPath, outside.hosts);
  writeFileSync(join(lab, "dns", "outside.conf"), outside.configuration);
  writeFileSync(join(lab, "lync-configuration.json"), configurationBundle(deployment.lyncConfiguration, options.now));
  const description = describe(deployment, options.users, certificates, options.hosts);
  writeFileSync(join(lab, "lab.json"), JSON.stringify(description, undefined, 2));
  return description;
}

/** The addresses of every endpoint's host in a deployment. */
export function hostAddresses(deployment: Deployment): ReadonlyMap<string, readonly string[]> {
  return new Map(deployment.endpoints.map(({ host }) => [host, addressesOf(deployment, host)]));
}
