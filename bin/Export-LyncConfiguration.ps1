#Requires -Version 3.0
<#
.SYNOPSIS
    Writes the Lync Server or Skype for Business Server configuration that umpreflight reads into one file.

.DESCRIPTION
    Runs the Get-Cs cmdlets that are listed in this script and writes chosen properties of what they return into one file, which umpreflight then reads on any
    machine. The script only reads: the only thing that it writes is the file named by -Path.

    The file holds no user accounts, PINs, keys, certificates or passwords. It does hold server names, site names, SIP domains, telephone number patterns and
    the numbers of Exchange Unified Messaging contacts: treat it as internal.

    A cmdlet that is not there or that fails is recorded as such, so that umpreflight reports "unknown" and not "nothing configured".

    Run it in the Lync Server / Skype for Business Server Management Shell, as a member of CSViewOnlyAdministrator or RTCUniversalReadOnlyAdmins or better.

.PARAMETER Path
    The file to write, usually ending in .clixml (or .json with -Json). Its folder must exist. An existing file is not replaced without -Force.

.PARAMETER Json
    Writes JSON in UTF-8 instead of CLIXML.

.PARAMETER Force
    Replaces an existing file.

.EXAMPLE
    .\Export-LyncConfiguration.ps1 -Path C:\Temp\lync.clixml

    Writes the configuration as CLIXML, the format to prefer.

.EXAMPLE
    .\Export-LyncConfiguration.ps1 -Path C:\Temp\lync.json -Json

    Writes the same as JSON.

.OUTPUTS
    None. Cmdlets that could not be read are listed as warnings.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true, Position = 0)]
    [ValidateNotNullOrEmpty()]
    [string] $Path,

    [switch] $Json,

    [switch] $Force
)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Cmdlet noun -> the properties that are exported. Nothing that is not named here leaves the server.
$nouns = @(
    @{
        Noun = 'CsDialPlan'
        Properties = 'Identity', 'SimpleName', 'Description', 'DialinConferencingRegion', 'NormalizationRules', 'CountryCode', 'State', 'City',
            'ExternalAccessPrefix', 'OptimizeDeviceDialing'
        Lists = @{ NormalizationRules = @('Name', 'Description', 'Pattern', 'Translation', 'IsInternalExtension') }
    },
    @{
        Noun = 'CsMediaConfiguration'
        Properties = 'Identity', 'EnableQoS', 'EncryptionLevel', 'EnableSiren', 'MaxVideoRateAllowed', 'EnableG722StereoCodec', 'EnableH264Codec',
            'EnableAdaptiveBandwidthEstimation', 'EnableAVBundling', 'EnableDtls', 'EnableInCallQoS', 'InCallQoSIntervalSeconds',
            'EnableRtpRtcpMultiplexing', 'EnableRtx', 'EnableReceiveAgc', 'EnableVideoBasedSharing', 'EnableServerFecForVideoInterop',
            'EnableSilkForAudioVideoConferences', 'WaitIceCompletedToAddDialOutUser'
        Lists = @{}
    },
    @{
        Noun = 'CsVoicePolicy'
        Properties = 'Identity', 'Name', 'Description', 'PstnUsages', 'CustomCallForwardingSimulRingUsages', 'AllowSimulRing', 'AllowCallForwarding',
            'AllowPSTNReRouting', 'EnableDelegation', 'EnableTeamCall', 'EnableCallTransfer', 'EnableCallPark', 'EnableBusyOptions',
            'EnableMaliciousCallTracing', 'EnableBWPolicyOverride', 'PreventPSTNTollBypass', 'EnableVoicemailEscapeTimer', 'PSTNVoicemailEscapeTimer',
            'CallForwardingSimulRingUsageType', 'VoiceDeploymentMode'
        Lists = @{ PstnUsages = @(); CustomCallForwardingSimulRingUsages = @() }
    },
    @{
        Noun = 'CsVoiceRoute'
        Properties = 'Identity', 'Name', 'Description', 'Priority', 'NumberPattern', 'PstnUsages', 'PstnGatewayList', 'SuppressCallerId', 'AlternateCallerId'
        Lists = @{ PstnUsages = @(); PstnGatewayList = @() }
    },
    @{
        Noun = 'CsPstnUsage'
        Properties = 'Identity', 'Usage'
        Lists = @{ Usage = @() }
    },
    @{
        Noun = 'CsTrunkConfiguration'
        Properties = 'Identity', 'Description', 'SRTPMode', 'OutboundTranslationRulesList', 'SipResponseCodeTranslationRulesList', 'PstnUsages',
            'MaxEarlyDialogs', 'ConcentratedTopology', 'EnableBypass', 'EnableMobileTrunkSupport', 'EnableReferSupport', 'Enable3pccRefer',
            'EnableSessionTimer', 'EnableSignalBoost', 'EnablePIDFLOSupport', 'EnableRTPLatching', 'EnableOnlineVoice', 'EnableFastFailoverTimer',
            'RemovePlusFromUri', 'RTCPActiveCalls', 'RTCPCallsOnHold', 'ForwardCallHistory', 'ForwardPAI'
        Lists = @{
            OutboundTranslationRulesList = @('Name', 'Description', 'Pattern', 'Translation')
            SipResponseCodeTranslationRulesList = @('Name', 'ReceivedResponseCode', 'ReceivedISUPCauseValue', 'TranslatedResponseCode')
            PstnUsages = @()
        }
    },
    @{
        Noun = 'CsHostingProvider'
        Properties = 'Identity', 'Name', 'ProxyFqdn', 'VerificationLevel', 'Enabled', 'EnabledSharedAddressSpace', 'HostsOCSUsers', 'IsLocal', 'AutodiscoverUrl'
        Lists = @{}
    },
    @{
        Noun = 'CsPublicProvider'
        Properties = 'Identity', 'Name', 'ProxyFqdn', 'VerificationLevel', 'Enabled'
        Lists = @{}
    },
    @{
        Noun = 'CsHostedVoicemailPolicy'
        Properties = 'Identity', 'Description', 'Destination', 'Organization', 'Tenant'
        Lists = @{}
    },
    @{
        Noun = 'CsAccessEdgeConfiguration'
        Properties = 'Identity', 'RoutingMethod', 'AllowAnonymousUsers', 'AllowFederatedUsers', 'AllowOutsideUsers', 'BeClearingHouse',
            'EnablePartnerDiscovery', 'EnableArchivingDisclaimer', 'EnableUserReplicator', 'KeepCrlsUpToDateForPeers',
            'MarkSourceVerifiableOnOutgoingMessages', 'OutgoingTlsCountForFederatedPartners', 'DiscoveredPartnerStandardRate',
            'EnableDiscoveredPartnerContactsLimit', 'MaxContactsPerDiscoveredPartner', 'DiscoveredPartnerReportPeriodMinutes',
            'MaxAcceptedCertificatesStored', 'MaxRejectedCertificatesStored', 'CertificatesDeletedPercentage', 'DefaultRouteFqdn', 'VerificationLevel',
            'IsPublicProvider'
        Lists = @{}
    },
    @{
        Noun = 'CsUCPhoneConfiguration'
        Properties = 'Identity', 'SIPSecurityMode', 'CalendarPollInterval', 'EnforcePhoneLock', 'PhoneLockTimeout', 'MinPhonePinLength', 'VoiceDiffServTag',
            'Voice8021p', 'LoggingLevel'
        Lists = @{}
    },
    @{
        Noun = 'CsVoicemailReroutingConfiguration'
        Properties = 'Identity', 'Enabled', 'AutoAttendantNumber', 'SubscriberAccessNumber'
        Lists = @{}
    },
    @{
        Noun = 'CsSimpleUrlConfiguration'
        Properties = 'Identity', 'SimpleUrl'
        Lists = @{ SimpleUrl = @('Component', 'Domain', 'ActiveUrl') }
    },
    @{
        Noun = 'CsSipDomain'
        Properties = 'Identity', 'Name', 'IsDefault'
        Lists = @{}
    },
    @{
        Noun = 'CsManagementStoreReplicationStatus'
        Properties = 'ReplicaFqdn', 'UpToDate', 'LastStatusReport', 'LastUpdateCreation', 'ProductVersion'
        Lists = @{}
    },
    @{
        Noun = 'CsExUmContact'
        Properties = 'Identity', 'SipAddress', 'DisplayName', 'DisplayNumber', 'LineURI', 'RegistrarPool', 'HomeServer', 'Enabled', 'EnterpriseVoiceEnabled',
            'ExUmEnabled', 'AutoAttendant', 'IsSubscriberAccess', 'Description', 'OtherIpPhone'
        Lists = @{ OtherIpPhone = @() }
    }
)

function ConvertTo-PlainValue {
    # Numbers and yes/no stay what they are; everything else becomes text, enumerations by name, times in UTC. ConvertTo-Json would write enumerations as numbers.
    param([object] $Value)
    if ($null -eq $Value) { return $null }
    if ($Value -is [bool] -or $Value -is [string]) { return $Value }
    # In a remote session an enumeration arrives as a number that still knows its name.
    if ($Value -is [enum] -or $Value.PSObject.TypeNames[0] -like 'Deserialized.*') { return $Value.ToString() }
    if ($Value -is [byte] -or $Value -is [int16] -or $Value -is [uint16] -or $Value -is [int] -or $Value -is [uint32] -or $Value -is [long] -or $Value -is [uint64]) {
        return $Value
    }
    if ($Value -is [datetime]) { return $Value.ToUniversalTime().ToString('o') }
    return $Value.ToString()
}

function Select-NamedProperty {
    # The named properties that the object really has: another build's missing property must stay missing and not become empty.
    param([object] $InputObject, [string[]] $Name, [hashtable] $Lists)
    $result = New-Object -TypeName System.Collections.Specialized.OrderedDictionary
    foreach ($propertyName in $Name) {
        $property = $InputObject.PSObject.Properties[$propertyName]
        if ($null -eq $property) { continue }
        $value = $property.Value
        if (-not $Lists.ContainsKey($propertyName)) {
            $result[$propertyName] = ConvertTo-PlainValue -Value $value
            continue
        }
        $inner = [string[]] $Lists[$propertyName]
        $items = New-Object -TypeName System.Collections.ArrayList
        # The check keeps PowerShell from turning "no list" into a list of one null.
        if ($null -ne $value) {
            foreach ($item in $value) {
                if ($inner.Length -gt 0) { [void] $items.Add((Select-NamedProperty -InputObject $item -Name $inner -Lists @{})) }
                else { [void] $items.Add((ConvertTo-PlainValue -Value $item)) }
            }
        }
        $result[$propertyName] = [object[]] $items.ToArray()
    }
    return New-Object -TypeName PSObject -Property $result
}

function New-ErrorEntry {
    param([string] $Message)
    return New-Object -TypeName PSObject -Property @{ collectorError = $Message }
}

function Add-Noun {
    # Writes into the bundle itself: an array that leaves a function through the pipeline is unrolled, or wrapped so that ConvertTo-Json writes it as an object.
    param([System.Collections.Specialized.OrderedDictionary] $Bundle, [hashtable] $Definition)
    $noun = $Definition['Noun']
    $cmdlet = 'Get-' + $noun
    if ($null -eq (Get-Command -Name $cmdlet -ErrorAction SilentlyContinue)) {
        $Bundle[$noun] = New-ErrorEntry -Message ($cmdlet + ' does not exist on this computer')
        return
    }
    try {
        $items = New-Object -TypeName System.Collections.ArrayList
        foreach ($object in @(& $cmdlet -ErrorAction Stop)) {
            if ($null -ne $object) {
                [void] $items.Add((Select-NamedProperty -InputObject $object -Name $Definition['Properties'] -Lists $Definition['Lists']))
            }
        }
        $Bundle[$noun] = [object[]] $items.ToArray()
    }
    catch {
        $Bundle[$noun] = New-ErrorEntry -Message ($cmdlet + ': ' + $_.Exception.Message)
    }
}

function Read-TopologyText {
    $cmdlet = 'Get-CsTopology'
    if ($null -eq (Get-Command -Name $cmdlet -ErrorAction SilentlyContinue)) {
        return New-ErrorEntry -Message ($cmdlet + ' does not exist on this computer')
    }
    try {
        $topology = & $cmdlet -AsXml -ErrorAction Stop
        if ($topology -is [System.Xml.XmlNode]) { return $topology.OuterXml }
        return $topology.ToString()
    }
    catch {
        return New-ErrorEntry -Message ($cmdlet + ': ' + $_.Exception.Message)
    }
}

# .NET calls below do not know PowerShell's current location.
$target = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
if ((Test-Path -LiteralPath $target) -and -not $Force) {
    throw ('The file ' + $target + ' exists already. Use -Force to replace it.')
}

$bundle = New-Object -TypeName System.Collections.Specialized.OrderedDictionary
$bundle['schemaVersion'] = 1
$bundle['collector'] = 'Export-LyncConfiguration.ps1 1.0'
$bundle['exportedAt'] = [datetime]::UtcNow.ToString('o')

foreach ($definition in $nouns) {
    Add-Noun -Bundle $bundle -Definition $definition
}
$bundle['CsTopology'] = Read-TopologyText

foreach ($name in @($bundle.Keys)) {
    $entry = $bundle[$name]
    if ($entry -is [System.Management.Automation.PSCustomObject] -and $null -ne $entry.PSObject.Properties['collectorError']) {
        Write-Warning -Message ('Not read: ' + $entry.PSObject.Properties['collectorError'].Value)
    }
}

$result = New-Object -TypeName PSObject -Property $bundle
if ($Json) {
    # Set-Content -Encoding UTF8 and a redirection differ between versions of PowerShell; this does not.
    $text = ConvertTo-Json -InputObject $result -Depth 8
    [System.IO.File]::WriteAllText($target, $text, (New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false))
}
else {
    Export-Clixml -InputObject $result -LiteralPath $target -Depth 5 -Encoding Unicode -Force:$Force
}
