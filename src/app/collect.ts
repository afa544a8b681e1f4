import { collectDns } from "../collect/dns/collect-dns.ts";
import { lookupThrough } from "../collect/dns/lookup-function.ts";
import { collectDirectory } from "../collect/ldap/collect-directory.ts";
import { operatorId } from "../collect/ldap/forest/operators.ts";
import { collectLyncConfiguration } from "../collect/lync-config/collect-lync-configuration.ts";
import { collectEndpoints } from "../collect/tls/collect-endpoints.ts";
import type { CollectContext } from "../model/collector.ts";
import type { Config } from "../model/config.ts";
import { AppError } from "../model/errors.ts";
import { singletonId } from "../model/ids.ts";
import { absent, known } from "../model/observation.ts";
import type { ReportTarget } from "../model/report.ts";
import { createStore, type Store } from "../snapshot/store.ts";
import { writeSnapshot } from "../snapshot/writer.ts";
import { stateAttestations } from "./attestations.ts";
import { locateThrough, openViews } from "./network.ts";
import { readRevocation } from "./revocation.ts";
import { redactedSnapshot } from "./redacted-snapshot.ts";
import type { RunSecrets } from "./run-secrets.ts";

/** What a run needs from the program around it. */
export interface RunEnvironment {
  readonly toolVersion: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds on a clock that only goes forward, for deadlines. */
  readonly monotonic: () => number;
  readonly random: () => number;
  /** Aborted when the user interrupts. */
  readonly interrupted: AbortSignal;
  readonly progress: (message: string) => void;
}

/** How a collection ended. */
export interface Collected {
  readonly path: string;
  readonly complete: boolean;
  readonly interrupted: boolean;
  readonly reasons: readonly string[];
  readonly targets: readonly ReportTarget[];
}

const source = "configuration";

/** States what the configuration itself says. */
function stateConfiguration(config: Config, store: Store): void {
  const { deployment, lyncConfiguration } = singletonId;
  store.subject({ kind: "deployment", id: deployment, name: "the deployment" });
  store.observe("deployment", deployment, "profile", known(config.profile, source));
  store.observe("deployment", deployment, "forests", known(config.forests.map(({ name }) => name), source));
  store.observe("deployment", deployment, "operators", known(config.operators.map(operatorId), source));
  store.observe("deployment", deployment, "phoneEdition", config.phoneEdition === undefined ? absent(source) : known(config.phoneEdition, source));
  store.observe("deployment", deployment, "lyncConfigurations", known([lyncConfiguration], source));
  stateAttestations(config.attestations, store);
  for (const { name, roles } of config.forests) {
    store.subject({ kind: "forest", id: name, name });
    store.observe("forest", name, "name", known(name, source));
    store.observe("forest", name, "roles", known(roles, source));
  }
  for (const operator of config.operators) {
    store.subject({ kind: "operator", id: operatorId(operator), name: operator.account });
    store.observe("operator", operatorId(operator), "account", known(operator.account, source));
    store.observe("operator", operatorId(operator), "tools", known(operator.tools, source));
    store.observe("operator", operatorId(operator), "forest", known(operator.forest, source));
  }
}

/** Runs the collectors in the order in which they feed each other: directory and files, then the names that these call for, then the endpoints, then what their certificates point to. */
async function runCollectors(config: Config, secrets: RunSecrets, environment: RunEnvironment, context: CollectContext): Promise<readonly ReportTarget[]> {
  const views = openViews(config, context.signal, environment.monotonic);
  const lookup = lookupThrough(views.inside);
  const { limits, connectTo } = config;
  const locate = locateThrough(views.inside, config.forests, environment.random);
  const directoryRequest = { forests: secrets.forests, operators: config.operators, limits, connectTo, lookup, locate };
  const [directory, files] = await Promise.all([
    guarded("directory", collectDirectory(directoryRequest, context)),
    guarded("lync-configuration", collectLyncConfiguration({ paths: config.lyncConfiguration }, context)),
  ]);
  const dns = await guarded("dns", collectDns({ views }, context));
  const endpoints = await guarded("endpoints", collectEndpoints({ configured: config.endpoints, limits, connectTo, lookup, identity: secrets.identity, anchors: secrets.anchors, sipIdentity: secrets.sipIdentity }, context));
  const revocation = await guarded("revocation", readRevocation(config, directoryRequest, new Date(environment.now()), context));
  return [...directory, ...files, ...dns, ...endpoints, ...revocation];
}

/** A fault of ours in one collector costs what it would have read, which stays unknown, and not the others' work. */
async function guarded(kind: string, collecting: Promise<readonly ReportTarget[]>): Promise<readonly ReportTarget[]> {
  try {
    return await collecting;
  } catch (error) {
    if (error instanceof AppError) throw error;
    return [{ kind, name: kind, status: "not-read", problems: [`internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`] }];
  }
}

/**
 * Reads everything that the configuration names into a snapshot file. What cannot be read is in the snapshot as unknown; only a snapshot that cannot be written
 * stops it. An interrupted or overdue run keeps what it has and says that it is incomplete.
 * @throws SnapshotError when the file cannot be written; ConfigError for a DNS server that is no address
 */
export async function collect(config: Config, secrets: RunSecrets, path: string, environment: RunEnvironment, how: { readonly redact: boolean } = { redact: false }): Promise<Collected> {
  const { interrupted, now } = environment;
  const overdue = AbortSignal.timeout(config.limits.runTimeoutMs);
  const signal = AbortSignal.any([interrupted, overdue]);
  const plain = await writeSnapshot(path, { tool: `umpreflight ${environment.toolVersion}`, startedAt: new Date(now()).toISOString(), profile: config.profile, ...(how.redact ? { redacted: true as const } : {}) });
  const writer = how.redact ? redactedSnapshot(plain) : plain;
  try {
    const store = createStore((subject) => writer.mass(subject));
    stateConfiguration(config, store);
    const targets = await runCollectors(config, secrets, environment, { signal, now: environment.monotonic, subjects: store, observer: store, progress: environment.progress });
    const reasons = interrupted.aborted ? ["The run was interrupted."] : overdue.aborted ? [`The run took longer than ${config.limits.runTimeoutMs} ms.`] : [];
    await writer.finish(store.entries(), { finishedAt: new Date(now()).toISOString(), complete: reasons.length === 0, reasons, targets });
    return { path, complete: reasons.length === 0, interrupted: interrupted.aborted, reasons, targets };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
