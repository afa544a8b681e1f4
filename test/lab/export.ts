/**
 * usage: node export.ts LAB_DIRECTORY USERS
 *
 * Writes what lab-up starts the lab from: the files of the healthy deployment, and for each forest the operations that fill a new domain controller
 * (`export/<forest>.directory.json`, `export/<forest>.dns.json`).
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import { contoso, fabrikam } from "../../src/lab/deployment/forests.ts";
import { dnsOperations, initialOperations } from "./directory-operations.ts";
import { hostAddresses, writeLabFiles } from "./lab-files.ts";
import { fileName } from "./pki.ts";

const [, , directory, userText = "60"] = process.argv;
if (directory === undefined) throw new Error("usage: node export.ts LAB_DIRECTORY USERS");
const lab = resolve(directory);
const users = Number(userText);
const deployment = healthyDeployment({ users });
const description = await writeLabFiles(lab, deployment, { users, hosts: hostAddresses(deployment), now: new Date() });
const target = join(lab, "export");
mkdirSync(target, { recursive: true });
// read by the shell scripts: name, realm, NetBIOS name, host, address, schema table, SID, certificate of the controller, its root
const rows = [
  { forest: contoso, schema: "lync" },
  { forest: fabrikam, schema: "exchange" },
].map(({ forest, schema }) => {
  const host = forest.domainController.slice(0, forest.domainController.indexOf("."));
  return [forest.name, forest.realm, forest.netbios, host, forest.address, schema, forest.domainSid, fileName(`dc:${forest.domainController}`), fileName(`ca:${forest.name}-root`)].join(" ");
});
writeFileSync(join(target, "forests"), `${rows.join("\n")}\n`);
for (const { name } of deployment.forests) {
  writeFileSync(join(target, `${name}.directory.json`), JSON.stringify(initialOperations({ deployment, certificates: description.certificates }, name)));
  writeFileSync(join(target, `${name}.dns.json`), JSON.stringify(dnsOperations(undefined, deployment, name)));
}
writeFileSync(join(lab, "changes.json"), "[]\n");
