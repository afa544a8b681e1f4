import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { certificateText } from "../../app/certificate-text.ts";
import { expiringWithin, readCertificateList } from "../../app/certificates.ts";
import { collect } from "../../app/collect.ts";
import { readSecrets } from "../../app/run-secrets.ts";
import { UsageError } from "../../model/errors.ts";
import { runEnvironment, type CommandContext } from "../context.ts";
import { loadRunConfig } from "../fetch-option.ts";
import { momentOf } from "../options.ts";

/** Options of `certs`. */
export interface CertsOptions {
  readonly snapshot: string | undefined;
  readonly config: string;
  readonly horizon: string | undefined;
  readonly json: boolean;
  readonly at: string | undefined;
  readonly fetch?: boolean | undefined;
}

const defaultColumns = 80;

/** Days of `--horizon 90d`. @throws UsageError when it is none */
function daysOf(horizon: string | undefined): number | undefined {
  if (horizon === undefined) return undefined;
  const [, digits] = /^(\d{1,5})d$/u.exec(horizon) ?? [];
  if (digits === undefined) throw new UsageError("horizon", `--horizon ${horizon} is no number of days`, { hint: "Write it with its unit: --horizon 90d." });
  return Number(digits);
}

/** Takes a snapshot for the time of `use`. */
async function withSnapshot(options: CertsOptions, context: CommandContext, use: (path: string) => Promise<number>): Promise<number> {
  const config = loadRunConfig(options);
  const secrets = await readSecrets(config, { environment: context.environment, prompt: context.terminal.prompt });
  const folder = await mkdtemp(join(tmpdir(), "umpreflight-"));
  const run = runEnvironment(context);
  try {
    const { path, interrupted } = await collect(config, secrets, join(folder, "run.snapshot.gz"), run);
    const code = await use(path);
    return interrupted ? 130 : code;
  } finally {
    run.release();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lists every certificate of a snapshot, or of the live state, soonest to expire first. Exit code 3 where one was not seen. */
export async function certsCommand(options: CertsOptions, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const horizonDays = daysOf(options.horizon);
  const at = momentOf(options.at, Date.now);
  const show = async (path: string): Promise<number> => {
    const whole = await readCertificateList(path, at);
    const list = horizonDays === undefined ? whole : expiringWithin(whole, horizonDays);
    terminal.clearProgress();
    if (options.json) await terminal.write(`${JSON.stringify({ ...list, ...(horizonDays === undefined ? {} : { horizonDays }) }, undefined, 2)}\n`);
    else for (const chunk of certificateText(list, { columns: terminal.columns ?? defaultColumns, horizonDays, total: whole.certificates.length })) await terminal.write(chunk);
    return list.notRead.length > 0 ? 3 : 0;
  };
  return options.snapshot === undefined ? withSnapshot(options, context, show) : show(options.snapshot);
}
