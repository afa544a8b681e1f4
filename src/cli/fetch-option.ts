import { loadConfig } from "../config/config-file.ts";
import type { Config } from "../model/config.ts";

/** `--no-fetch`, for commands that read the live state. */
export const fetchOption = { fetch: { type: "boolean", default: true, description: "Fetch CRLs, OCSP answers and issuers where certificates say; --no-fetch for closed networks, where revocation then stays unknown" } } as const;

/** The configuration of a run, with what the command line says about fetching. @throws ConfigError */
export function loadRunConfig(options: { readonly config: string; readonly fetch?: boolean | undefined }): Config {
  const config = loadConfig(options.config);
  return options.fetch === false ? { ...config, fetch: { ...config.fetch, enabled: false } } : config;
}
