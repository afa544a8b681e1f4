import { createHash } from "node:crypto";
import type { Finding } from "../model/finding.ts";
import type { Report, Reporter } from "../model/report.ts";
import { bestFirst } from "./best-first.ts";
import { powershellComment } from "./escape-powershell.ts";
import { remedyRank, stageTitle } from "./remedy-ps1/stages.ts";
import { stepText } from "./remedy-ps1/step.ts";
import { counted, grouped, shortened } from "./shorten.ts";

/** More steps than anybody reads; what is left out is counted. */
const stepLimit = 20_000;

/**
 * PowerShell that mends what failed, in the order in which things depend on each other. This program never runs it, and it changes nothing by itself:
 * without `-Apply` it only says what it would do, with it it asks before each command.
 */
export const renderRemedyPs1: Reporter = function* (report) {
  const failed = ({ outcome, disposition }: Finding): boolean => disposition === "open" && (outcome === "fail" || (outcome === "warn" && report.failOn === "warn"));
  const { kept, total } = bestFirst(report.findings, stepLimit, failed, ({ rule }) => remedyRank(rule));
  yield head(report, kept.length, total);
  const seen = new Map<string, number>();
  let stage = "";
  for (const [index, finding] of kept.entries()) {
    const title = stageTitle(remedyRank(finding.rule));
    if (title !== stage) yield `# ${"=".repeat(4)} ${title}\n\n`;
    stage = title;
    const key = createHash("sha256").update(JSON.stringify(finding.remedy?.commands ?? [])).digest("base64");
    const same = seen.get(key);
    if (same === undefined) seen.set(key, index + 1);
    yield stepText(finding, index + 1, same);
  }
  if (total > kept.length) yield `# ${leftOut(kept.length, total)}\n`;
};

function leftOut(kept: number, total: number): string {
  return `${grouped(total - kept)} of ${counted(total, "failure")} left out; mend these first and scan again.`;
}

/** Begins with a byte order mark: Windows PowerShell takes a file without one for the code page of the machine, in which other bytes are quotes. */
function head(report: Report, kept: number, total: number): string {
  const { tool, run, summary } = report;
  return [
    `\ufeff${powershellComment("Written by", `${tool.name} ${tool.version}`)}`,
    powershellComment("Run", `${shortened(run.startedAt, 100)}, profile ${shortened(run.profile, 100)}, ${run.complete ? "complete" : "INCOMPLETE"}`),
    `# ${counted(total, "failure")}, ${counted(summary.unknown, "check")} not decided.\n`,
    ...(total > kept ? [`# ${leftOut(kept, total)}\n`] : []),
    `#
# Read every command before you run it. Without -Apply nothing is changed: each command is only shown.
# With -Apply you are asked before each command; -Apply -Confirm:$false asks no more.
# Run the Exchange commands in the Exchange Management Shell and the Cs commands in the shell of Lync or Skype for Business Server.

[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param([switch] $Apply)

$ErrorActionPreference = 'Stop'
if (-not $Apply) { $WhatIfPreference = $true }

function Approve-Step {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param([string] $Target, [string] $Command)
    if (-not $script:Apply) {
        Write-Host ('What if: ' + $Target + ': ' + $Command)
        return $false
    }
    return $PSCmdlet.ShouldProcess($Target, $Command)
}

`,
  ].join("");
}
