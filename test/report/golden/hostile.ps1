# Written by: umpreflight 0.1.0
# Run: <script>alert(1)</script>&amp;"', profile \u{1b}[31mred\u{1b}[0m \u{1b}]8;;http://evil.test\u{7}click\u{1b}]8;;\u{7} \u{9b}2J, INCOMPLETE
# 19 failures, 19 checks not decided.
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

# ==== Lync, its users, and everything else

# 1: hostile/fails (blocker) on UM dial plan <script>alert(1)</script>&amp;"', finding 7be41094132542018a7356f29908051d
# Found: <script>alert(1)</script>&amp;"'
# Remedy: <script>alert(1)</script>&amp;"'
# Not run: it is no command
# By hand: <script>alert(1)</script>&amp;"'

# 2: hostile/fails (blocker) on UM dial plan ]]><failure/><![CDATA[, finding c8cb6cacbd18824d19702be974d3b716
# Found: ]]><failure/><![CDATA[
# Remedy: ]]><failure/><![CDATA[
# Not run: it is no command
# By hand: ]]><failure/><![CDATA[

# 3: hostile/fails (blocker) on UM dial plan \u{1b}[31mred\u{1b}[0m \u{1b}]8;;http://evil.test\u{7}click\u{1b}]8;;\u{7} \u{9b}2J, finding 90c786ae3bbf717926771a6d28517446
# Found: \u{1b}[31mred\u{1b}[0m \u{1b}]8;;http://evil.test\u{7}click\u{1b}]8;;\u{7} \u{9b}2J
# Remedy: \u{1b}[31mred\u{1b}[0m \u{1b}]8;;http://evil.test\u{7}click\u{1b}]8;;\u{7} \u{9b}2J
# Not run: it holds characters that cannot be seen
# By hand: \u{1b}[31mred\u{1b}[0m \u{1b}]8;;http://evil.test\u{7}click\u{1b}]8;;\u{7} \u{9b}2J

# 4: hostile/fails (blocker) on UM dial plan =HYPERLINK("http://evil.test"), finding b71e74dc43b2f1368206bdc188304261
# Found: =HYPERLINK("http://evil.test")
# Remedy: =HYPERLINK("http://evil.test")
# Not run: it is no command
# By hand: =HYPERLINK("http://evil.test")

# 5: hostile/fails (blocker) on UM dial plan +1, finding c67b77e9e62c415430e88e036614ddaa
# Found: +1
# Remedy: +1
# Not run: it is no command
# By hand: +1

# 6: hostile/fails (blocker) on UM dial plan -1, finding 55e9dee7b332e892547c09ae20c909c0
# Found: -1
# Remedy: -1
# Not run: it is no command
# By hand: -1

# 7: hostile/fails (blocker) on UM dial plan @SUM(1), finding 61763517c0519a779b11f202ebe1d9a1
# Found: @SUM(1)
# Remedy: @SUM(1)
# Not run: it is no command
# By hand: @SUM(1)

# 8: hostile/fails (blocker) on UM dial plan lone \u{d800} and \u{dfff} surrogates, finding e9072444a5d991671d87ca4522ed237f
# Found: lone \u{d800} and \u{dfff} surrogates
# Remedy: lone \u{d800} and \u{dfff} surrogates
# Not run: it holds characters that cannot be seen
# By hand: lone \u{d800} and \u{dfff} surrogates

# 9: hostile/fails (blocker) on UM dial plan nul \u{0} bell \u{7} delete \u{7f}, finding 107c8f6f873542c95e3cff93319a4b1c
# Found: nul \u{0} bell \u{7} delete \u{7f}
# Remedy: nul \u{0} bell \u{7} delete \u{7f}
# Not run: it holds characters that cannot be seen
# By hand: nul \u{0} bell \u{7} delete \u{7f}

# 10: hostile/fails (blocker) on UM dial plan line\u{d}\u{a}FAIL forged\u{a}PASS forged\u{2028}separators\u{2029}, finding 29e790d82f3082069abd213e31a0a35b
# Found: line\u{d}\u{a}FAIL forged\u{a}PASS forged\u{2028}separators\u{2029}
# Remedy: line\u{d}\u{a}FAIL forged\u{a}PASS forged\u{2028}separators\u{2029}
# Not run: it holds characters that cannot be seen
# By hand: line\u{d}\u{a}FAIL forged\u{a}PASS forged\u{2028}separators\u{2029}

# 11: hostile/fails (blocker) on UM dial plan bidi \u{202e}gnp.exe\u{202c} \u{2066}isolate\u{2069}, zero\u{200b}width\u{200d}, tag \u{e0041}, finding 7f34f92f77ad6780b1180846ffbf6110
# Found: bidi \u{202e}gnp.exe\u{202c} \u{2066}isolate\u{2069}, zero\u{200b}width\u{200d}, tag \u{e0041}
# Remedy: bidi \u{202e}gnp.exe\u{202c} \u{2066}isolate\u{2069}, zero\u{200b}width\u{200d}, tag \u{e0041}
# Not run: it holds characters that cannot be seen
# By hand: bidi \u{202e}gnp.exe\u{202c} \u{2066}isolate\u{2069}, zero\u{200b}width\u{200d}, tag \u{e0041}

# 12: hostile/fails (blocker) on UM dial plan noncharacters ￿ ￾ 🿿, finding 2f68597b4a1479b7263dc61c30f65541
# Found: noncharacters ￿ ￾ 🿿
# Remedy: noncharacters ￿ ￾ 🿿
if (Approve-Step 'UM dial plan noncharacters ￿ ￾ 🿿' 'noncharacters ￿ ￾ 🿿') {
    noncharacters ￿ ￾ 🿿
}

# 13: hostile/fails (blocker) on UM dial plan wide 会議室ダイヤルプラン ｈｑ 😀😀, finding 530f59b13ba96554af2c7f1b3f6a9c98
# Found: wide 会議室ダイヤルプラン ｈｑ 😀😀
# Remedy: wide 会議室ダイヤルプラン ｈｑ 😀😀
if (Approve-Step 'UM dial plan wide 会議室ダイヤルプラン ｈｑ 😀😀' 'wide 会議室ダイヤルプラン ｈｑ 😀😀') {
    wide 会議室ダイヤルプラン ｈｑ 😀😀
}

# 14: hostile/fails (blocker) on UM dial plan nbsp\u{a0}and\u{3000}ideographic space, finding 86eef50d5226007d5b3cac29c29fb45e
# Found: nbsp\u{a0}and\u{3000}ideographic space
# Remedy: nbsp\u{a0}and\u{3000}ideographic space
# Not run: it holds characters that cannot be seen
# By hand: nbsp\u{a0}and\u{3000}ideographic space

# 15: hostile/fails (blocker) on UM dial plan 14, finding 8d0979a6343ecec96ad753258ec02403
# Found: 
# Not run: it is empty
# By hand: 

# 16: hostile/fails (blocker) on UM dial plan  , finding 4c7ee267c4df10b8dd30d2bc8ba28a59
# Found:  
# Remedy:  
# Not run: it is empty
# By hand:  

# 17: hostile/fails (blocker) on UM dial plan CN=a\,b,OU=x,DC=contoso,DC=test, finding 595b6ef7b7910d63f97d4bdc0f75d7d2
# Found: CN=a\,b,OU=x,DC=contoso,DC=test
# Remedy: CN=a\,b,OU=x,DC=contoso,DC=test
if (Approve-Step 'UM dial plan CN=a\,b,OU=x,DC=contoso,DC=test' 'CN=a\,b,OU=x,DC=contoso,DC=test') {
    CN=a\,b,OU=x,DC=contoso,DC=test
}

# 18: hostile/fails (blocker) on UM dial plan __proto__, finding 15abd110e0a316d0c7670603ea9748b3
# Found: __proto__
# Remedy: __proto__
# Not run: it is no command
# By hand: __proto__

# 19: hostile/fails (blocker) on UM dial plan $& $1 $`, finding 535a698d59914ee4e7d975e02f6cca10
# Found: $& $1 $`
# Remedy: $& $1 $`
# Not run: it holds ` outside of quotes
# By hand: $& $1 $`

