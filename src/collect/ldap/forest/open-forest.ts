import { known, unknown, type Observation } from "../../../model/observation.ts";
import { dnToDnsDomain } from "../decode-dn.ts";
import { openReader, type Connecting } from "./connect.ts";
import { domainsOf, rootText } from "./domains.ts";
import { failureOf } from "./observe-entry.ts";
import type { Reader } from "./reader.ts";
import type { ForestSession } from "./session.ts";

async function sessionOf(connecting: Connecting, root: Reader): Promise<Observation<ForestSession>> {
  const { config } = connecting.forest;
  const { client, source } = root;
  const [rootDn, configurationDn, schemaDn] = (["rootDomainNamingContext", "configurationNamingContext", "schemaNamingContext"] as const).map((field) => rootText(root, field));
  if (rootDn === undefined || configurationDn === undefined || schemaDn === undefined) {
    return unknown("unsupported", `${client.server} is no Active Directory domain controller: its rootDSE names no forest`, source);
  }
  const named = dnToDnsDomain(rootDn);
  // what is read is told under the forest's name: that of another forest must not be taken for it
  if (named !== config.name) return unknown("unsupported", `${client.server} belongs to the forest ${named ?? rootDn}, not to ${config.name}: correct name or servers in the configuration`, source);
  const opened: Reader[] = [root];
  const catalog = await openReader(connecting, config.name, "globalCatalog");
  if (catalog.ok) opened.push(catalog.value);
  const domains = await domainsOf(connecting, root, configurationDn, opened);
  const close = async (): Promise<void> => void (await Promise.all(opened.map((reader) => reader.client.close())));
  return known({ forest: config, root, catalog, domains, rootDn, configurationDn, schemaDn, source, close }, source);
}

/** Opens a forest: a domain controller of the root domain, its rootDSE, the global catalog and the list of domains. */
export async function openForest(connecting: Connecting): Promise<Observation<ForestSession>> {
  const root = await openReader(connecting, connecting.forest.config.name, "domainController");
  if (!root.ok) return failureOf(root.failure);
  const session = await sessionOf(connecting, root.value);
  if (session.state !== "known") await root.value.client.close();
  return session;
}
