import { hostedProvider } from "../../src/lab/deployment/generations.ts";
import type { Change } from "../../src/lab/deployment/mutations.ts";
import type { ProfileName } from "../../src/model/rule.ts";

/** What makes the healthy deployment healthy in a profile: in `hosted` a provider of Exchange UM that is not the cloud, where UM has ended. */
export const profileBases: Readonly<Record<ProfileName, readonly Change[]>> = { "on-premises": [], hosted: hostedProvider, "cloud-voicemail": [] };
