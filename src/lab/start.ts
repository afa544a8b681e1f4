import { plannedCertificates } from "./certificate-plan.ts";
import type { DnsFault, FaultOf } from "./dns/respond.ts";
import { nameKey, zoneData } from "./dns/zone-data.ts";
import { publicationsOf, publishingHosts } from "./http/publications.ts";
import { type KeyPool, makeKeys } from "./key-pool.ts";
import type { Address, Lab, LabForest, LabOptions } from "./lab.ts";
import { type LabFiles, labDirectory, writeLabFiles } from "./lab-files.ts";
import { accountSids } from "./ldap/accounts.ts";
import { buildDirectory } from "./ldap/directory.ts";
import type { Placeholders } from "./ldap/placeholders.ts";
import { type Listener, loopback } from "./net/listener.ts";
import { type Pki, makePfx, makePki } from "./pki.ts";
import { type RunningForest, type RunningServers, allListeners, endpointKey, listenersByName, listenersOf, runDns, runEndpoint, runForest, runHttp } from "./running-servers.ts";
import { controllerTls, endpointTls } from "./tls-settings.ts";
import type { Deployment, Forest } from "./types.ts";

const createdDaysAgo = 400;
const dayMs = 86_400_000;

/** What a deployment becomes before it is served. */
interface Prepared {
  readonly deployment: Deployment;
  readonly keys: KeyPool;
  readonly pki: Pki;
  readonly placeholders: Placeholders;
}

/** Time in the lab: where it starts, and a clock that goes on from there. */
interface LabTime {
  readonly start: Date;
  readonly now: () => number;
}

async function prepare(deployment: Deployment, time: LabTime, keys: KeyPool | undefined, earlier?: Pki): Promise<Prepared> {
  const specs = plannedCertificates(deployment);
  const pool = await makeKeys(specs, keys);
  const pki = makePki(specs, pool, time.start, earlier);
  const sids = new Map(deployment.forests.map((forest) => [forest.name, accountSids(forest)]));
  return { deployment, keys: pool, pki, placeholders: { sidOf: (forest, account) => sids.get(forest)?.(account), thumbprintOf: (id) => pki.get(id)?.thumbprint } };
}

async function serveForests(running: Map<string, RunningForest>, { deployment, pki, placeholders }: Prepared, time: LabTime, requireSecureBinds: boolean): Promise<void> {
  const directoryOf = (forest: Forest) => buildDirectory(forest, placeholders, time.start.getTime() - createdDaysAgo * dayMs);
  const built = deployment.forests.map((forest) => ({ forest, directory: directoryOf(forest), tls: controllerTls(pki, forest, time.now) })); // wrong data change nothing
  for (const { forest, directory, tls } of built) {
    const known = running.get(forest.name);
    if (known === undefined) running.set(forest.name, await runForest(forest, { directory, tls, requireSecureBinds, writes: 0, now: time.now }));
    else {
      known.forest = forest;
      known.service.directory = directory;
      known.service.tls = tls;
    }
  }
  for (const [name, { ports }] of running) {
    if (deployment.forests.some((forest) => forest.name === name)) continue;
    running.delete(name);
    await Promise.all(Object.values(ports).map((listener) => listener.close()));
  }
}

async function serveEndpoints(running: RunningServers["endpoints"], { deployment, pki }: Prepared, time: LabTime): Promise<void> {
  const wanted = deployment.endpoints.map((spec) => ({ spec, service: { tls: spec.tls === undefined ? undefined : endpointTls(pki, spec.tls, time.now), sip: spec.sip, sipStatus: spec.sipStatus, redirectsTo: spec.redirectsTo, product: spec.product } }));
  const keys = new Set(wanted.map(({ spec }) => endpointKey(spec)));
  await Promise.all(
    wanted.map(async ({ spec, service }) => {
      const known = running.get(endpointKey(spec));
      if (known === undefined) running.set(endpointKey(spec), await runEndpoint(spec, service));
      else {
        known.spec = spec;
        Object.assign(known.service, service);
      }
    }),
  );
  for (const [key, { listener }] of running) {
    if (keys.has(key)) continue;
    running.delete(key);
    await listener.close();
  }
}

async function startDnsServers({ deployment }: Prepared, faults: ReadonlyMap<string, DnsFault>): Promise<RunningServers["dns"]> {
  const faultOf =
    (view: string): FaultOf =>
    (name, type) =>
      faults.get(`${view}/${name}/${type}`) ?? faults.get(`${view}/${name}/*`);
  const run = (view: "inside" | "outside") => runDns({ data: zoneData(deployment.dns, view), faultOf: faultOf(view) });
  const [inside, outside] = await Promise.all([run("inside"), run("outside")]);
  return { inside, outside };
}

function addressOf({ port }: Listener): Address {
  return { address: loopback, port };
}

function forestView({ forest, ports }: RunningForest): LabForest {
  const { name, realm, domainController } = forest;
  return { name, realm, domainController, ldap: addressOf(ports.ldap), ldaps: addressOf(ports.ldaps), gc: addressOf(ports.gc), gcs: addressOf(ports.gcs) };
}

/** What a lab is made of; the first three change with an update. */
interface LabState {
  prepared: Prepared;
  files: LabFiles;
  readonly servers: RunningServers;
  readonly dnsFaults: Map<string, DnsFault>;
  readonly time: LabTime;
  readonly options: LabOptions;
  readonly removeFiles: () => Promise<void>;
}

async function update(state: LabState, deployment: Deployment): Promise<void> {
  const { servers, time, options, files } = state;
  const prepared = await prepare(deployment, time, state.prepared.keys, state.prepared.pki);
  await serveForests(servers.forests, prepared, time, options.requireSecureBinds ?? false);
  await serveEndpoints(servers.endpoints, prepared, time);
  servers.http.service.publications = publicationsOf(prepared.pki, time.start);
  servers.http.hosts = publishingHosts(prepared.pki);
  for (const view of ["inside", "outside"] as const) servers.dns[view].service.data = zoneData(deployment.dns, view);
  state.prepared = prepared;
  state.files = await writeLabFiles(files.directory, deployment, prepared.pki, prepared.placeholders, new Date(time.now()));
}

function labOf(state: LabState): Lab {
  const { servers, dnsFaults } = state;
  return {
    get forests() {
      return [...servers.forests.values()].map(forestView);
    },
    dns: { inside: addressOf(servers.dns.inside.listener), outside: addressOf(servers.dns.outside.listener) },
    get endpoints() {
      return [...servers.endpoints.values()].map(({ spec, listener }) => ({ host: spec.host, port: spec.port, address: loopback, actualPort: listener.port }));
    },
    get connectTo() {
      return Object.fromEntries([...listenersByName(servers)].map(([name, { port }]) => [name, `${loopback}:${port}`]));
    },
    get certificates() {
      return state.prepared.pki;
    },
    get keys() {
      return state.prepared.keys;
    },
    get files() {
      return state.files;
    },
    pfx: (id, password, algorithm) => makePfx(state.prepared.pki, id, password, algorithm),
    writesSeen: () => [...servers.forests.values()].reduce((sum, { service }) => sum + service.writes, 0),
    update: (deployment) => update(state, deployment),
    misbehave: async ({ server, how, after }) => {
      await Promise.all(listenersOf(servers, server).map((listener) => listener.misbehave(how === undefined ? undefined : { how, after })));
    },
    answerWrongly: ({ view, name, type = "*", how }) => {
      const key = `${view}/${nameKey(name)}/${type}`;
      if (how === undefined) dnsFaults.delete(key);
      else dnsFaults.set(key, how);
    },
    close: async () => {
      await Promise.all(allListeners(servers).map((listener) => listener.close()));
      await state.removeFiles();
    },
  };
}

/**
 * Starts real servers for a deployment inside this process, on loopback ports that the system chooses. Whoever starts a lab closes it.
 * @throws Error where the deployment contradicts itself
 */
export async function startLab(deployment: Deployment, options: LabOptions = {}): Promise<Lab> {
  const started = Date.now();
  const start = options.now ?? new Date(started);
  const time: LabTime = { start, now: () => start.getTime() + Date.now() - started };
  const prepared = await prepare(deployment, time, options.keys);
  const dnsFaults = new Map<string, DnsFault>();
  const servers: RunningServers = { forests: new Map(), endpoints: new Map(), dns: await startDnsServers(prepared, dnsFaults), http: await runHttp({ publications: publicationsOf(prepared.pki, start) }, publishingHosts(prepared.pki)) };
  const directory = await labDirectory(options.directory);
  try {
    await serveForests(servers.forests, prepared, time, options.requireSecureBinds ?? false);
    await serveEndpoints(servers.endpoints, prepared, time);
    const files = await writeLabFiles(directory.path, deployment, prepared.pki, prepared.placeholders, start);
    return labOf({ prepared, files, servers, dnsFaults, time, options, removeFiles: directory.remove });
  } catch (error) {
    await Promise.all(allListeners(servers).map((listener) => listener.close()));
    await directory.remove();
    throw error;
  }
}
