import { readFileSync } from "node:fs";
import { collectDirectory } from "../../../../src/collect/ldap/collect-directory.ts";
import type { DirectoryRequest, ForestRequest } from "../../../../src/collect/ldap/forest/request.ts";
import { contoso, scannerAccount } from "../../../../src/lab/deployment/forests.ts";
import { applyChanges, type Change } from "../../../../src/lab/deployment/mutations.ts";
import { labOperator } from "../../../../src/lab/scan-this.ts";
import type { Lab } from "../../../../src/lab/lab.ts";
import type { Deployment } from "../../../../src/lab/types.ts";
import { defaultLimits, type ForestConfig } from "../../../../src/model/config.ts";
import type { KindName } from "../../../../src/model/kinds.ts";
import { unknown, type Observation } from "../../../../src/model/observation.ts";
import type { ReportTarget } from "../../../../src/model/report.ts";
import type { Subject } from "../../../../src/model/subject.ts";
import { createStore, type Store } from "../../../../src/snapshot/store.ts";

/** Deadlines short enough for tests in which a server does not answer. */
export const shortLimits = { ...defaultLimits, connectTimeoutMs: 600, operationTimeoutMs: 700, targetTimeoutMs: 4_000 };

/** What a test may set otherwise. */
export interface Scanning {
  readonly only?: "contoso" | "fabrikam";
  readonly password?: string;
  /** Bind name; the scanner's account of the forest unless told. */
  readonly user?: string;
  readonly forest?: Partial<ForestConfig>;
  readonly request?: Partial<DirectoryRequest>;
  readonly tls?: ForestRequest["tls"];
  readonly signal?: AbortSignal;
  readonly onUser?: (user: Subject) => void;
}

/** What a scan of the directory gave. */
export interface Scanned {
  readonly store: Store;
  readonly users: readonly Subject[];
  readonly targets: readonly ReportTarget[];
  /** The state of a fact: of the only subject of a kind, or of the one with this name or id. */
  readonly fact: (kind: KindName, fact: string, name?: string) => Observation;
  /** The value of a fact that must be known. */
  readonly value: (kind: KindName, fact: string, name?: string) => unknown;
}

function requestFor(lab: Lab, scanning: Scanning): DirectoryRequest {
  const forests = lab.forests
    .filter(({ name }) => scanning.only === undefined || name === scanning.only)
    .map(({ name, realm, domainController }): ForestRequest => {
      const user = scanning.user ?? `${scannerAccount.sAMAccountName}@${realm}`;
      const config: ForestConfig = { name: realm, roles: [name === contoso.name ? "lync" : "exchange"], servers: [domainController], security: "ldaps", sendPasswordInClearText: false, credentials: { user, password: { prompt: true } }, ...scanning.forest };
      return { config, tls: scanning.tls ?? { ca: [readFileSync(lab.files.authorities[name] ?? "", "utf8")] }, credentials: { kind: "simple", user, password: scanning.password ?? scannerAccount.password } };
    });
  const locate: DirectoryRequest["locate"] = (domain) => Promise.resolve(unknown("unreachable", `nobody looks for ${domain} in this test`));
  return { forests, operators: scanning.only === "fabrikam" ? [] : [labOperator], limits: shortLimits, connectTo: lab.connectTo, lookup: undefined, locate, ...scanning.request };
}

/** Scans the directories of a lab over real sockets. */
export async function scanDirectory(lab: Lab, scanning: Scanning = {}): Promise<Scanned> {
  const users: Subject[] = [];
  const store = createStore(async (user) => {
    users.push(user);
    scanning.onUser?.(user);
  });
  const request = requestFor(lab, scanning);
  for (const { config } of request.forests) store.subject({ kind: "forest", id: config.name, name: config.name });
  const targets = await collectDirectory(request, { signal: scanning.signal ?? new AbortController().signal, now: () => performance.now(), subjects: store, observer: store, progress: () => undefined });
  const subjectOf = (kind: KindName, name: string | undefined): Subject => {
    const all = [...store.all(kind), ...users.filter((user) => user.kind === kind)];
    const found = name === undefined ? all : all.filter((one) => one.name === name || one.id === name);
    if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} subjects ${kind} ${name ?? ""}: ${all.map((one) => one.name).join(", ")}`);
    return found[0];
  };
  const fact = (kind: KindName, name: string, subject?: string): Observation => subjectOf(kind, subject).facts[name] ?? unknown("not-collected", `no fact ${name}`);
  return {
    store,
    users,
    targets,
    fact,
    value: (kind, name, subject) => {
      const observation = fact(kind, name, subject);
      if (observation.state !== "known") throw new Error(`${kind}.${name} is ${JSON.stringify(observation)}`);
      return observation.value;
    },
  };
}

/** Scans a lab after it was changed from a healthy deployment; it stays changed until the next change. */
export async function scanChanged(lab: Lab, healthy: Deployment, changes: readonly Change[], scanning: Scanning = {}): Promise<Scanned> {
  await lab.update(applyChanges(healthy, changes));
  return scanDirectory(lab, scanning);
}

/** Every fact of the kinds that is a known empty list, absent or false: what a failed read must never leave behind. */
export function claims(scanned: Scanned, kinds: readonly KindName[]): readonly string[] {
  const subjects = [...kinds.flatMap((kind) => [...scanned.store.all(kind)]), ...scanned.users];
  return subjects.flatMap((subject) =>
    Object.entries(subject.facts).flatMap(([name, observation]) => (observation.state === "absent" || (observation.state === "known" && Array.isArray(observation.value) && observation.value.length === 0) ? [`${subject.kind} ${subject.name}.${name}`] : [])),
  );
}
