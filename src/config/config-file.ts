import schema from "../../reports/schemas/config.schema.json" with { type: "json" };
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Attestation } from "../model/attestations.ts";
import { defaultLimits, type ClientCertificateFiles, type Config, type EndpointConfig, type ForestConfig, type Limits, type OperatorConfig } from "../model/config.ts";
import type { SecretReference } from "../model/secret-reference.ts";
import { ConfigError } from "../model/errors.ts";
import { normalName } from "../model/ids.ts";
import type { Language } from "../model/language.ts";
import type { ParameterValue, ProfileName } from "../model/rule.ts";
import { driftOf, type RawDrift } from "./drift-config.ts";
import { packFolder } from "./rule-pack.ts";
import { refuseFile } from "./refuse-file.ts";
import { readYaml, type YamlDocument, type YamlProblem } from "./yaml-document.ts";
import { compileSchema, positionOf, validateYaml } from "./yaml-validate.ts";
import { errorCode } from "../model/error-code.ts";
import { unreadableFile } from "../model/unreadable-file.ts";

interface RawIdentity {
  readonly certificate?: string;
  readonly key?: string;
  readonly pfx?: string;
  readonly passphrase?: SecretReference;
}
interface RawForest extends Pick<ForestConfig, "name" | "roles"> {
  readonly servers?: readonly string[];
  readonly security?: ForestConfig["security"];
  readonly sendPasswordInClearText?: boolean;
  readonly ca?: readonly string[];
  readonly credentials: RawIdentity & { readonly user?: string; readonly password?: SecretReference };
}
interface RawConfig extends RawDrift {
  readonly profile: ProfileName;
  readonly language?: Language;
  readonly profileFile?: string;
  readonly forests: readonly RawForest[];
  readonly dns?: { readonly inside?: { readonly servers: readonly string[] }; readonly outside?: { readonly servers: readonly string[] } };
  readonly trust?: Config["trust"];
  readonly clientCertificate?: RawIdentity;
  readonly lyncConfiguration?: readonly string[];
  readonly operators?: readonly (Pick<OperatorConfig, "account" | "forest"> & Partial<OperatorConfig>)[];
  readonly endpoints?: readonly (Pick<EndpointConfig, "host" | "port" | "side"> & Partial<EndpointConfig>)[];
  readonly phoneEdition?: boolean;
  readonly attestations?: readonly Attestation[];
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, ParameterValue>>>>;
  readonly rules?: readonly string[];
  readonly fetch?: Partial<Config["fetch"]>;
  readonly limits?: Partial<Limits>;
  readonly connectTo?: Readonly<Record<string, string>>;
}

/** What the loader says as it goes through a file. */
interface Work {
  readonly file: string;
  readonly document: YamlDocument;
  readonly problems: YamlProblem[];
}

function complain(work: Work, pointer: string, message: string, hint?: string): void {
  const path = pointer.slice(1).replaceAll("/", ".");
  work.problems.push({ message: `${path}: ${message}`, ...(hint === undefined ? {} : { hint }), position: positionOf(work.file, work.document, pointer) });
}

function path(work: Work, relative: string): string {
  return resolve(dirname(work.file), relative);
}

function pack(work: Work, pointer: string, entry: string): string {
  try {
    return packFolder(entry, dirname(work.file), "rules");
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    complain(work, pointer, `${error.message}.`, error.hint);
    return entry;
  }
}

function secret(work: Work, reference: SecretReference): SecretReference {
  return "file" in reference ? { file: path(work, reference.file) } : reference;
}

function identity(work: Work, pointer: string, raw: RawIdentity): ClientCertificateFiles {
  const passphrase = raw.passphrase === undefined ? {} : { passphrase: secret(work, raw.passphrase) };
  if (raw.pfx !== undefined && (raw.certificate !== undefined || raw.key !== undefined)) complain(work, `${pointer}/pfx`, "pfx stands instead of certificate and key.", "Leave one of them out.");
  if (raw.pfx !== undefined) return { pfx: path(work, raw.pfx), ...passphrase };
  if (raw.certificate === undefined || raw.key === undefined) complain(work, pointer, "a client certificate needs certificate and key, or pfx.");
  return { certificate: path(work, raw.certificate ?? ""), key: path(work, raw.key ?? ""), ...passphrase };
}

function credentials(work: Work, pointer: string, raw: RawForest["credentials"]): ForestConfig["credentials"] {
  const external = raw.certificate !== undefined || raw.pfx !== undefined || raw.key !== undefined;
  if (external && raw.user !== undefined) complain(work, pointer, "user and a client certificate exclude each other.", "Use user and password, or certificate and key (or pfx) for SASL EXTERNAL.");
  if (external) return { external: identity(work, pointer, raw) };
  if (raw.user === undefined || raw.password === undefined) complain(work, pointer, "user and password are needed, or a client certificate.", "password names where it is found: { env: NAME }, { file: path } or { prompt: true }.");
  return { user: raw.user ?? "", password: secret(work, raw.password ?? { prompt: true }) };
}

function forest(work: Work, at: number, raw: RawForest): ForestConfig {
  const pointer = `/forests/${at}`;
  const security = raw.security ?? "ldaps";
  const clear = raw.sendPasswordInClearText ?? false;
  const who = credentials(work, `${pointer}/credentials`, raw.credentials);
  if (security === "plaintext" && "external" in who) complain(work, `${pointer}/security`, "a client certificate needs ldaps or starttls.");
  if (security === "plaintext" && !clear && "user" in who) complain(work, `${pointer}/security`, "a password is not sent over an unencrypted connection.", "Use ldaps or starttls; if the risk is accepted, add sendPasswordInClearText: true.");
  return {
    name: normalName(raw.name),
    roles: raw.roles,
    security,
    sendPasswordInClearText: clear,
    credentials: who,
    ...(raw.servers === undefined ? {} : { servers: raw.servers.map((server) => server.toLowerCase()) }),
    ...(raw.ca === undefined ? {} : { ca: raw.ca.map((file) => path(work, file)) }),
  };
}

function checkNames(work: Work, forests: readonly ForestConfig[], raw: RawConfig): void {
  const seen = new Set<string>();
  for (const [at, { name }] of forests.entries()) {
    if (seen.has(name)) complain(work, `/forests/${at}/name`, `${name} stands twice.`);
    seen.add(name);
  }
  for (const [at, operator] of (raw.operators ?? []).entries()) {
    if (!seen.has(normalName(operator.forest))) complain(work, `/operators/${at}/forest`, `there is no forest ${operator.forest}.`, `Forests: ${[...seen].join(", ")}.`);
  }
}

/** A statement is made by somebody on a day, and once: two would leave open which one counts. */
function attestations(work: Work, raw: readonly Attestation[]): readonly Attestation[] {
  for (const [at, { key, date }] of raw.entries()) {
    const day = new Date(`${date}T00:00:00Z`);
    if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date) complain(work, `/attestations/${at}/date`, `${date} is no day.`, "Write it as YYYY-MM-DD.");
    if (raw.findIndex((other) => other.key === key) < at) complain(work, `/attestations/${at}/key`, `${key} is stated twice.`, "Keep the statement that holds.");
  }
  return raw;
}

function configOf(work: Work, raw: RawConfig): Config {
  const forests = raw.forests.map((one, at) => forest(work, at, one));
  checkNames(work, forests, raw);
  const anchors = Object.fromEntries(Object.entries(raw.trust ?? {}).map(([side, files]) => [side, files.map((file) => path(work, file))]));
  return {
    file: work.file,
    profile: raw.profile,
    ...(raw.language === undefined ? {} : { language: raw.language }),
    ...(raw.profileFile === undefined ? {} : { profileFile: path(work, raw.profileFile) }),
    forests,
    dns: { inside: raw.dns?.inside ?? { servers: ["system"] }, ...(raw.dns?.outside === undefined ? {} : { outside: raw.dns.outside }) },
    trust: anchors,
    ...(raw.clientCertificate === undefined ? {} : { clientCertificate: identity(work, "/clientCertificate", raw.clientCertificate) }),
    lyncConfiguration: (raw.lyncConfiguration ?? []).map((file) => path(work, file)),
    operators: (raw.operators ?? []).map(({ account, forest: name, tools, contactContainers }) => ({ account, forest: normalName(name), tools: tools ?? ["ocsumutil"], contactContainers: contactContainers ?? [] })),
    endpoints: (raw.endpoints ?? []).map((endpoint) => ({ role: "other", transport: "tls", knownAs: [], ...endpoint })),
    ...(raw.phoneEdition === undefined ? {} : { phoneEdition: raw.phoneEdition }),
    attestations: attestations(work, raw.attestations ?? []),
    parameters: raw.parameters ?? {},
    rules: (raw.rules ?? []).map((folder, at) => pack(work, `/rules/${at}`, folder)),
    fetch: { enabled: true, allowLoopback: false, ...raw.fetch },
    drift: driftOf(raw, { path: (relative) => path(work, relative), secret: (reference) => secret(work, reference), complain: (pointer, message, hint) => complain(work, pointer, message, hint) }),
    limits: { ...defaultLimits, ...raw.limits },
    connectTo: Object.fromEntries(Object.entries(raw.connectTo ?? {}).map(([from, to]) => [from.toLowerCase(), to])),
  };
}

/**
 * Reads and checks umpreflight.yaml. Nothing connects, and no secret is read.
 * @throws ConfigError that names, for everything that is wrong, file, line, value and remedy
 */
export function loadConfig(file: string): Config {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const missing = errorCode(cause) === "ENOENT";
    throw new ConfigError("config-file", missing ? `there is no ${file}` : unreadableFile(file, cause), { cause, hint: "Name the configuration with --config; docs/configuration.md says what it holds." });
  }
  const document = readYaml(file, text);
  if (!("positions" in document)) return refuseFile("config-file", file, document);
  const problems = validateYaml(file, document, compileSchema(schema));
  if (problems.length > 0) return refuseFile("config-file", file, problems);
  const work: Work = { file: resolve(file), document, problems: [] };
  const config = configOf(work, document.value as RawConfig);
  return work.problems.length > 0 ? refuseFile("config-file", file, work.problems) : config;
}
