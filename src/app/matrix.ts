import { deriveFacts } from "../derive/derive-facts.ts";
import { ReportError } from "../model/errors.ts";
import type { GatewayMatrix } from "../model/overview.ts";
import type { RenderOptions } from "../model/report.ts";
import { matrixLines } from "../report/table/matrix.ts";
import { pageOf } from "../report/table/page.ts";
import { readSnapshot } from "../snapshot/reader.ts";
import { isSnapshotFile } from "./file-kind.ts";
import { gatewayMatrixOf } from "./overview/gateway-matrix.ts";
import { openReport } from "./report-file.ts";

/** The gateway matrix of a snapshot or a JSON report. @throws SnapshotError, ReportError */
export async function readGatewayMatrix(file: string, at: Date): Promise<GatewayMatrix> {
  if (!isSnapshotFile(file)) {
    const { overview } = openReport(file);
    if (overview === undefined) throw new ReportError("report-read", `${file} holds no gateway matrix: an older version wrote it`, { hint: "Give the snapshot of that run, or judge it again with `umpreflight evaluate SNAPSHOT --reporter json=FILE`." });
    return overview.matrix;
  }
  const { subjects, complete, reasons } = await readSnapshot(file);
  const { rows, notRead } = gatewayMatrixOf(await deriveFacts(subjects, at));
  return { rows, notRead: complete ? notRead : [...reasons, ...notRead] };
}

/** The matrix as text for a terminal. */
export function* matrixText(matrix: GatewayMatrix, options: RenderOptions): Iterable<string> {
  for (const line of matrixLines(matrix, pageOf(options))) yield `${line}\n`;
}
