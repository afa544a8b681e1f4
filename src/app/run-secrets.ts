import { readFile } from "node:fs/promises";
import type { DirectoryCredentials, DirectoryTarget } from "../collect/ldap/client-contract.ts";
import type { ForestRequest } from "../collect/ldap/forest/request.ts";
import { loadClientIdentity, type ClientIdentity } from "../collect/tls/client-identity.ts";
import { publicRoots } from "../collect/tls/public-roots.ts";
import type { ClientCertificateFiles, Config, ForestConfig, JudgingSide } from "../model/config.ts";
import { ConfigError } from "../model/errors.ts";
import { known, unknown, type Observation } from "../model/observation.ts";
import { unreadableFile } from "../model/unreadable-file.ts";
import { derOf, readCertificates } from "./anchors.ts";
import { resolveSecret, type SecretSources } from "./secrets.ts";

/** Everything that the configuration only refers to, read before anything connects. */
export interface RunSecrets {
  readonly forests: readonly ForestRequest[];
  readonly identity: ClientIdentity | undefined;
  /** DER of the roots that each side trusts, and of the public ones. */
  readonly anchors: Readonly<Record<JudgingSide, Observation<readonly Buffer[]>>>;
  /** The name under which SIP requests are sent. */
  readonly sipIdentity: string;
}

async function fileOf(path: string, what: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    throw new ConfigError("file", `${what}: ${unreadableFile(path, cause)}`, { cause });
  });
}

async function identityOf(files: ClientCertificateFiles, what: string, sources: SecretSources): Promise<ClientIdentity> {
  const passphrase = files.passphrase === undefined ? undefined : await resolveSecret(files.passphrase, `passphrase of the ${what}`, sources);
  const material = "pfx" in files ? { pfx: await fileOf(files.pfx, what) } : { certificate: (await fileOf(files.certificate, what)).toString("utf8"), key: (await fileOf(files.key, what)).toString("utf8") };
  return loadClientIdentity({ ...material, ...(passphrase === undefined ? {} : { passphrase }) }, what);
}

async function forestOf(config: ForestConfig, sources: SecretSources): Promise<ForestRequest> {
  const ca = config.ca === undefined ? undefined : readCertificates(config.ca, `CA of forest ${config.name}`);
  const { credentials } = config;
  if ("external" in credentials) {
    const identity = await identityOf(credentials.external, `client certificate of forest ${config.name}`, sources);
    const tls: DirectoryTarget["tls"] = { ca, cert: identity.cert, key: identity.key };
    return { config, tls, credentials: { kind: "external" } };
  }
  const password = await resolveSecret(credentials.password, `password of ${credentials.user}`, sources);
  const simple: DirectoryCredentials = { kind: "simple", user: credentials.user, password };
  return { config, tls: { ca }, credentials: simple };
}

async function anchorsOf(paths: readonly string[] | undefined, side: string): Promise<Observation<readonly Buffer[]>> {
  if (paths === undefined) return unknown("not-collected", `no trust anchors of the ${side} side are configured (trust.${side})`);
  return known(derOf(readCertificates(paths, `trust anchors of the ${side} side`)), "configuration");
}

/** The roots that pass for public; where none are configured those that come with Node.js, which are Mozilla's. */
async function publicAnchors(paths: readonly string[] | undefined): Promise<Observation<readonly Buffer[]>> {
  if (paths !== undefined) return known(derOf(readCertificates(paths, "public trust anchors")), "configuration");
  return known(publicRoots(), "public roots that come with Node.js");
}

/**
 * Reads passwords, certificates and keys that the configuration refers to. One after another, so that prompts do not overlap.
 * @throws ConfigError for the first that cannot be had or used
 */
export async function readSecrets(config: Config, sources: SecretSources): Promise<RunSecrets> {
  const forests: ForestRequest[] = [];
  for (const forest of config.forests) forests.push(await forestOf(forest, sources));
  const identity = config.clientCertificate === undefined ? undefined : await identityOf(config.clientCertificate, "client certificate", sources);
  const anchors = { lync: await anchorsOf(config.trust.lync, "lync"), exchange: await anchorsOf(config.trust.exchange, "exchange"), public: await publicAnchors(config.trust.public) };
  return { forests, identity, anchors, sipIdentity: identity?.names[0] ?? "anonymous.invalid" };
}
