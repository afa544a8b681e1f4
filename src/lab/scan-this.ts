import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { contactUnitDn } from "./deployment/lync-contacts.ts";
import { contoso, fabrikam, scannerAccount } from "./deployment/forests.ts";
import type { Lab } from "./lab.ts";
import { scannerConfiguration } from "./scanner-configuration.ts";

/** The account of the healthy deployment that runs ocsumutil, and where it makes contacts. */
export const labOperator = { account: "CONTOSO\\ucoperator", forest: contoso.realm, tools: ["ocsumutil"], contactContainers: [contactUnitDn] } as const;

/** The account that runs exchucutil. */
export const exchangeOperator = { account: "FABRIKAM\\exoperator", forest: fabrikam.realm, tools: ["exchucutil"], contactContainers: [] } as const;

/** Writes umpreflight.yaml for a running lab into its folder, and returns its path. */
export async function writeScannerConfiguration(lab: Lab, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { files } = lab;
  const passwordFile = join(files.directory, "scanner-password");
  await writeFile(passwordFile, `${scannerAccount.password}\n`, { mode: 0o600 });
  const forests = lab.forests.map((forest) => {
    const authorities = files.authorities[forest.name] ?? "";
    return { realm: forest.realm, role: forest.realm === contoso.realm ? ("lync" as const) : ("exchange" as const), server: forest.domainController, authorities, user: `${scannerAccount.sAMAccountName}@${forest.realm}`, passwordFile, trustedRoots: authorities };
  });
  const dns = { inside: [`${lab.dns.inside.address}:${lab.dns.inside.port}`], outside: [`${lab.dns.outside.address}:${lab.dns.outside.port}`] };
  const path = join(files.directory, "umpreflight.yaml");
  await writeFile(path, scannerConfiguration({ forests, dns, publicRoot: files.roots["ca:public-root"] ?? "", clientCertificate: files.clientCertificate, clientKey: files.clientKey, lyncConfiguration: [files.lyncConfiguration], operators: [labOperator, exchangeOperator], connectTo: lab.connectTo, more }));
  return path;
}
