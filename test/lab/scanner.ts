import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { contoso, scannerAccount } from "../../src/lab/deployment/forests.ts";
import { exchangeOperator, labOperator } from "../../src/lab/scan-this.ts";
import { scannerConfiguration } from "../../src/lab/scanner-configuration.ts";
import type { Deployment } from "../../src/lab/types.ts";
import { readLab } from "./lab-description.ts";

/** Ids of the roots that the servers of a forest trust: that of its domain controller, and those that its endpoints accept. */
function trustedBy(realm: string, name: string, { endpoints }: Deployment): readonly string[] {
  const accepted = endpoints.filter(({ host }) => host.endsWith(`.${realm}`)).flatMap(({ tls }) => tls?.clientAnchors ?? []);
  return [...new Set([`ca:${name}-root`, ...accepted])];
}

/** Writes umpreflight.yaml for the real lab as it is now, and returns its path. Names are found by DNS and ports are the official ones: nothing is connected elsewhere. */
export function writeScannerConfiguration(lab: string, deployment: Deployment): string {
  const description = readLab(lab);
  const folder = join(resolve(lab), "scan");
  mkdirSync(folder, { recursive: true });
  const passwordFile = join(folder, "scanner-password");
  writeFileSync(passwordFile, `${scannerAccount.password}\n`, { mode: 0o600 });
  const pathOf = (id: string, what: "certificate" | "chain" | "key"): string => join(resolve(lab), description.certificates[id]?.[what] ?? "");
  const forests = description.forests.map(({ name, realm, domainController }) => {
    const authorities = join(folder, `authorities-${name}.pem`);
    writeFileSync(authorities, trustedBy(realm, name, deployment).map((id) => readFileSync(pathOf(id, "certificate"), "utf8")).join(""));
    return { realm, role: realm === contoso.realm ? ("lync" as const) : ("exchange" as const), server: domainController, authorities, user: `${scannerAccount.sAMAccountName}@${realm}`, passwordFile, trustedRoots: authorities };
  });
  const { inside, outside } = description.dns;
  const dns = { inside: [`${inside.address}:${inside.port}`], outside: [`${outside.address}:${outside.port}`] };
  const path = join(folder, "umpreflight.yaml");
  const files = { clientCertificate: pathOf("client:scanner", "chain"), clientKey: pathOf("client:scanner", "key"), lyncConfiguration: [join(resolve(lab), description.lyncConfiguration)] };
  writeFileSync(path, scannerConfiguration({ forests, dns, publicRoot: pathOf("ca:public-root", "certificate"), ...files, operators: [labOperator, exchangeOperator], connectTo: {} }));
  return path;
}
