import type { Change } from "../../src/lab/deployment/mutations.ts";
import { configuration } from "../../src/lab/deployment/planting.ts";
import type { ProfileName } from "../../src/model/rule.ts";

const hoster = "um.hoster.test";

/** What makes the healthy deployment healthy in a profile: in `hosted` a provider of Exchange UM that is not the cloud, where UM has ended. */
export const profileBases: Readonly<Record<ProfileName, readonly Change[]>> = {
  "on-premises": [],
  hosted: [
    configuration("CsHostingProvider", "Cloud Voicemail", { ProxyFqdn: hoster }),
    configuration("CsHostedVoicemailPolicy", "Global", { Destination: hoster, Organization: "contoso.hoster.test" }),
    configuration("CsHostedVoicemailPolicy", "Tag:CloudVoicemail", { Destination: hoster, Organization: "contoso.hoster.test" }),
  ],
  "cloud-voicemail": [],
};
