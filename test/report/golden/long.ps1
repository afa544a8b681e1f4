# Written by: umpreflight 0.1.0
# Run: 2026-06-01T10:00:00.000Z, profile on-premises, complete
# 2 failures, 0 checks not decided.
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

# ==== Dial plans

# 1: dial-plan/security (blocker) on UM dial plan long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.lo… [10,013 characters], finding f0f409a0d2b272a61c0c36a76e1b1ce1
# Found: Dial plan long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.… [10,018 characters]
# Remedy: Rename it.
if (Approve-Step 'UM dial plan long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.long.lo… [10,013 characters]' 'Set-UMDialPlan -Name ''short''') {
    Set-UMDialPlan -Name 'short'
}

# 2: dial-plan/security (blocker) on UM dial plan 広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広… [10,013 characters], finding 4a375a5622f2c980290a5f4af6360180
# Found: Dial plan 広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広広… [10,018 characters]
# Remedy: Rename it.
# The commands are those of 1.

