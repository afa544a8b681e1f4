# Written by: umpreflight 0.1.0
# Run: 2026-06-01T10:00:00.000Z, profile on-premises, INCOMPLETE
# 8 failures, 9 checks not decided.
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

# ==== Versions, forests, rights and the Exchange organisation

# 1: forest/trust-direction (blocker) on Trust contoso.test -> fabrikam.test, finding 8bab2caa529587f75b032e19b6424814
# Found: The forest trust is one-way: fabrikam.test does not trust contoso.test, so ExchUCUtil.ps1 cannot grant rights.
# Remedy: Create the missing side of the trust.
# No command: this is done by hand.

# ==== Dial plans

# 2: dial-plan/encryption-matches-lync (blocker) on UM dial plan HQ, finding f1e728ba652c29f700c43f7509df5f72
# Found: Dial plan HQ is Unsecured, but pool01.contoso.test requires encryption: every call to voice mail is refused.
# Remedy: Set the dial plan to Secured, then restart the UM services of its servers.
if (Approve-Step 'UM dial plan HQ' 'Set-UMDialPlan -Identity ''HQ'' -VoIPSecurity Secured') {
    Set-UMDialPlan -Identity 'HQ' -VoIPSecurity Secured
}

# 3: dial-plan/encryption-matches-lync (blocker) on UM dial plan Branch Offices, finding bebbdcc149018164e1c96f71ffaf644b
# Found: Dial plan Branch Offices is Unsecured, but pool01.contoso.test requires encryption: every call to voice mail is refused.
# Remedy: Set the dial plan to Secured, then restart the UM services of its servers.
if (Approve-Step 'UM dial plan Branch Offices' 'Set-UMDialPlan -Identity ''Branch Offices'' -VoIPSecurity Secured') {
    Set-UMDialPlan -Identity 'Branch Offices' -VoIPSecurity Secured
}

# 4: dial-plan/encryption-matches-lync (blocker) on UM dial plan Kiosks, finding d2ec32cd2de2dadd2fccd272b33c1765
# Found: Dial plan Kiosks is Unsecured, but pool01.contoso.test requires encryption: every call to voice mail is refused.
# Remedy: Set the dial plan to Secured, then restart the UM services of its servers.
if (Approve-Step 'UM dial plan Kiosks' 'Set-UMDialPlan -Identity ''Kiosks'' -VoIPSecurity Secured') {
    Set-UMDialPlan -Identity 'Kiosks' -VoIPSecurity Secured
}

# 5: dial-plan/encryption-matches-lync (blocker) on UM dial plan Lab, finding aa8514344887dfab252aba7b17ee98a4
# Found: Dial plan Lab is Unsecured, but pool01.contoso.test requires encryption: every call to voice mail is refused.
# Remedy: Set the dial plan to Secured, then restart the UM services of its servers.
if (Approve-Step 'UM dial plan Lab' 'Set-UMDialPlan -Identity ''Lab'' -VoIPSecurity Secured') {
    Set-UMDialPlan -Identity 'Lab' -VoIPSecurity Secured
}

# 6: dial-plan/encryption-matches-lync (blocker) on UM dial plan Plant, finding 0fd67fdc1e8b23204fc2ee8169daa2f1
# Found: Dial plan Plant is Unsecured, but pool01.contoso.test requires encryption: every call to voice mail is refused.
# Remedy: Set the dial plan to Secured, then restart the UM services of its servers.
if (Approve-Step 'UM dial plan Plant' 'Set-UMDialPlan -Identity ''Plant'' -VoIPSecurity Secured') {
    Set-UMDialPlan -Identity 'Plant' -VoIPSecurity Secured
}

# 7: dial-plan/encryption-matches-lync (blocker) on UM dial plan Warehouse, finding ef9ef61fce335cb950e32396307c51d9
# Found: Dial plan Warehouse is Unsecured, but pool01.contoso.test requires encryption: every call to voice mail is refused.
# Remedy: Set the dial plan to Secured, then restart the UM services of its servers.
if (Approve-Step 'UM dial plan Warehouse' 'Set-UMDialPlan -Identity ''Warehouse'' -VoIPSecurity Secured') {
    Set-UMDialPlan -Identity 'Warehouse' -VoIPSecurity Secured
}

# 8: dial-plan/encryption-matches-lync (blocker) on UM dial plan Zurich, finding 1c09d96835211e082d196f324d0032e6
# Found: Dial plan Zurich is Unsecured, but pool01.contoso.test requires encryption: every call to voice mail is refused.
# Remedy: Set the dial plan to Secured, then restart the UM services of its servers.
if (Approve-Step 'UM dial plan Zurich' 'Set-UMDialPlan -Identity ''Zurich'' -VoIPSecurity Secured') {
    Set-UMDialPlan -Identity 'Zurich' -VoIPSecurity Secured
}

