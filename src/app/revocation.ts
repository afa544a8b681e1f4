import type { DirectoryRequest } from "../collect/ldap/forest/request.ts";
import { collectRevocation } from "../collect/revocation/collect-revocation.ts";
import type { CollectContext } from "../model/collector.ts";
import type { Config } from "../model/config.ts";
import type { ReportTarget } from "../model/report.ts";
import { openDirectoryValues } from "./directory-values.ts";

/** Fetches revocation data as the configuration allows, by http and through the directories of its forests. `at` is the moment at which certificates are judged. */
export async function readRevocation(config: Config, directory: DirectoryRequest, at: Date, context: CollectContext): Promise<readonly ReportTarget[]> {
  const { limits, connectTo, lookup } = directory;
  const directories = openDirectoryValues(directory, context);
  try {
    return await collectRevocation({ fetch: config.fetch, limits, connectTo, lookup, readDirectory: directories.read, at }, context);
  } finally {
    await directories.close();
  }
}
