import { execFile } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Deployment } from "../../src/lab/types.ts";
import { healthyDeployment } from "../../src/lab/deployment/healthy.ts";
import { applyChanges } from "../../src/lab/deployment/mutations.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import { changesFromJson, changesToJson } from "./changes-json.ts";
import { dnsOperations, entryOperations } from "./directory-operations.ts";
import type { DirectoryOperation } from "./directory-operations.ts";
import { recordSets } from "./dns-configuration.ts";
import { readLab } from "./lab-description.ts";
import type { LabDescription } from "./lab-description.ts";
import { hostAddresses, writeLabFiles } from "./lab-files.ts";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));

/** The changes that the running lab carries. */
export function currentChanges(lab: string): readonly Change[] {
  const path = join(lab, "changes.json");
  return existsSync(path) ? changesFromJson(readFileSync(path, "utf8")) : [];
}

async function changeDirectory(lab: string, forest: string, operations: readonly DirectoryOperation[]): Promise<void> {
  if (operations.length === 0) return;
  const path = join(lab, "run", `${forest}.operations.json`);
  writeFileSync(path, JSON.stringify(operations));
  await run(join(here, "directory.py"), [join(lab, forest), path]);
}

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

/** The services that must be started again to serve the second state. */
function servicesToRestart(before: Deployment, after: Deployment, old: LabDescription, now: LabDescription): readonly string[] {
  const outside = (deployment: Deployment): unknown => [...recordSets(deployment, "outside")];
  const changed = Object.keys(now.certificates).filter((id) => now.certificates[id]?.thumbprint !== old.certificates[id]?.thumbprint);
  const controllers = after.forests.filter((forest) => changed.includes(`dc:${forest.domainController}`)).map((forest) => forest.name);
  const sip = changed.length > 0 || differs(before.endpoints, after.endpoints);
  return [...controllers, ...(differs(outside(before), outside(after)) ? ["outside"] : []), ...(sip ? ["sip"] : [])];
}

/**
 * Brings the running lab from the state it is in to the healthy deployment with these changes; an empty list heals it. Only what differs is touched: directories through their databases, DNS, then the
 * SIP server and the outside resolver are started again where their files changed. Returns the deployment that the lab now serves.
 */
export async function setChanges(lab: string, changes: readonly Change[], now: Date): Promise<Deployment> {
  const old = readLab(lab);
  const healthy = healthyDeployment({ users: old.users });
  const before = applyChanges(healthy, currentChanges(lab));
  const after = applyChanges(healthy, changes);
  const hosts = new Map([...hostAddresses(after), ...hostAddresses(healthy)]);
  const description = await writeLabFiles(lab, after, { users: old.users, hosts, now });
  const from = { deployment: before, certificates: old.certificates };
  const to = { deployment: after, certificates: description.certificates };
  // recorded first: a change that fails half-way must not be taken for a healthy lab
  writeFileSync(join(lab, "changes.json"), changesToJson(changes));
  await Promise.all(after.forests.map(({ name }) => changeDirectory(lab, name, [...entryOperations(from, to, name), ...dnsOperations(before, after, name)])));
  const services = servicesToRestart(before, after, old, description);
  if (services.length > 0) await run(join(here, "lab-restart"), [lab, ...services]);
  return after;
}
