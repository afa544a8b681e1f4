import { certificateText } from "../../app/certificate-text.ts";
import { expiringWithin, readCertificateList } from "../../app/certificates.ts";
import { UsageError } from "../../model/errors.ts";
import type { CommandContext } from "../context.ts";
import { momentOf } from "../options.ts";
import { withTemporarySnapshot } from "./temporary-snapshot.ts";

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
  return options.snapshot === undefined ? withTemporarySnapshot(options, context, show) : show(options.snapshot);
}
