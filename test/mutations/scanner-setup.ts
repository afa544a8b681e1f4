import { readFile, writeFile } from "node:fs/promises";
import { parse, stringify } from "yaml";
import { configurationBundle } from "../../src/lab/deployment/configuration-bundle.ts";
import { applyChanges } from "../../src/lab/deployment/mutations.ts";
import { zoneData } from "../../src/lab/dns/zone-data.ts";
import { runDns } from "../../src/lab/running-servers.ts";
import type { Deployment } from "../../src/lab/types.ts";
import type { ScannerSetup } from "./mutation.ts";
import { type Scanned, scan } from "./scan.ts";
import type { LoadedRules } from "../../src/app/load-rules.ts";

interface Configuration {
  profile: string;
  phoneEdition?: boolean;
  attestations?: { key: string; value: boolean }[];
  lyncConfiguration: string[];
  dns: Record<string, { servers: string[] }>;
}

/** Scans with a lab's configuration file, set up as a mutation wants it. `healthy` is what a second export or resolver is made from. */
export async function scanAs(configurationPath: string, setup: ScannerSetup, healthy: Deployment, rules: LoadedRules): Promise<Scanned> {
  const configuration = parse(await readFile(configurationPath, "utf8")) as Configuration;
  const { profile, phoneEdition, denied = [], secondExport, secondResolver } = setup;
  if (profile !== undefined) configuration.profile = profile;
  if (phoneEdition !== undefined) configuration.phoneEdition = phoneEdition;
  for (const key of denied) {
    const stated = configuration.attestations?.find((one) => one.key === key);
    if (stated === undefined) throw new Error(`the lab's configuration states nothing of ${key}`);
    stated.value = false;
  }
  if (secondExport !== undefined) {
    const path = configurationPath.replace(/\.yaml$/, ".second-export.json");
    await writeFile(path, configurationBundle(applyChanges(healthy, secondExport).lyncConfiguration, new Date()));
    configuration.lyncConfiguration.push(path);
  }
  const resolver = secondResolver === undefined ? undefined : await runDns({ data: zoneData(applyChanges(healthy, secondResolver.changes).dns, secondResolver.view), faultOf: () => undefined });
  if (resolver !== undefined && secondResolver !== undefined) configuration.dns[secondResolver.view]?.servers.push(`127.0.0.1:${resolver.listener.port}`);
  const path = configurationPath.replace(/\.yaml$/, ".set-up.yaml");
  await writeFile(path, stringify(configuration));
  try {
    return await scan(path, rules);
  } finally {
    await resolver?.listener.close();
  }
}
