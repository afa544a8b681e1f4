import { matrixText, readGatewayMatrix } from "../../app/matrix.ts";
import type { CommandContext } from "../context.ts";
import { languageOf, type LanguageOption } from "../language-option.ts";

/** Options of `matrix`. */
export interface MatrixOptions extends LanguageOption {
  readonly from: string;
  readonly json: boolean;
}

/** Shows which gateway, hunt group and pilot identifier each pool has in each SIP dial plan. Exit code 3 where something of it was not read. */
export async function matrixCommand(options: MatrixOptions, { terminal, environment }: CommandContext): Promise<number> {
  const matrix = await readGatewayMatrix(options.from, new Date());
  const language = languageOf(options, undefined, environment);
  if (options.json) await terminal.write(`${JSON.stringify(matrix, undefined, 2)}\n`);
  else for (const chunk of matrixText(matrix, { columns: terminal.columns, color: terminal.color, verbosity: "normal", language })) await terminal.write(chunk);
  return matrix.notRead.length > 0 || matrix.rows.some(({ notRead }) => notRead.length > 0) ? 3 : 0;
}
