# Written by: umpreflight 0.1.0
# Run: 2026-06-01T10:00:00.000Z, profile on-premises, complete
# 0 failures, 0 checks not decided.
#
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

