import { applyChanges, type Change } from "./mutations.ts";
import { beforeExchange2013, exchangeVersions, keptServers, namedForOldServers, topologyVersion } from "./generation-changes.ts";
import { healthyDeployment } from "./healthy.ts";
import { edge } from "./hosts.ts";
import { configuration } from "./planting.ts";
import type { Deployment } from "../types.ts";

/** A check that is no pass although nothing is wrong with the deployment: what the generation itself brings with it. */
export interface KnownLimit {
  readonly rule: string;
  /** Names of the subjects. */
  readonly subjects: readonly string[];
  readonly outcome: "warn" | "fail" | "unknown";
  readonly why: string;
}

/** A generation of products that companies run together, as changes of the healthy deployment, for the embedded and for the real lab alike. */
export interface Generation {
  readonly name: string;
  readonly title: string;
  readonly profile: "on-premises" | "hosted" | "cloud-voicemail";
  readonly changes: readonly Change[];
  readonly limits: readonly KnownLimit[];
}

const hoster = "um.hoster.test";

/** A provider of Exchange UM that is not the cloud, where UM has ended. */
export const hostedProvider: readonly Change[] = [
  configuration("CsHostingProvider", "Cloud Voicemail", { ProxyFqdn: hoster }),
  configuration("CsHostedVoicemailPolicy", "Global", { Destination: hoster, Organization: "contoso.hoster.test" }),
  configuration("CsHostedVoicemailPolicy", "Tag:CloudVoicemail", { Destination: hoster, Organization: "contoso.hoster.test" }),
];

const skype2015 = 7;
const skype2019 = 8;

/** Every generation, oldest first. */
export const generations: readonly Generation[] = [
  {
    name: "exchange-2007",
    title: "Exchange 2007 SP3 with Lync Server 2013",
    profile: "on-premises",
    changes: [...beforeExchange2013({ version: [8, 3, 83, 6], schema: 14625, organization: 11222, domain: 11221 }), ...namedForOldServers],
    limits: [],
  },
  {
    name: "exchange-2010-rtm",
    title: "Exchange 2010 RTM with Lync Server 2013",
    profile: "on-premises",
    changes: [...beforeExchange2013({ version: [14, 0, 639, 21], schema: 14622, organization: 12640, domain: 12639 }), ...namedForOldServers],
    limits: [{ rule: "version/exchange-2010-tls", subjects: ["EX1", "EX2", "MBX1"], outcome: "warn", why: "TLS 1.2 came with SP3" }],
  },
  {
    name: "exchange-2010-sp3",
    title: "Exchange 2010 SP3 with Lync Server 2013",
    profile: "on-premises",
    changes: beforeExchange2013({ version: [14, 3, 123, 4], schema: 14734, organization: 14322, domain: 13040 }),
    limits: [],
  },
  {
    name: "exchange-2013",
    title: "Exchange 2013 CU23 with Lync Server 2013",
    profile: "on-premises",
    changes: exchangeVersions({ version: [15, 0, 1497, 2], schema: 15312, organization: 16133, domain: 13237 }),
    limits: [],
  },
  {
    name: "exchange-2016",
    title: "Exchange 2016 CU23 with Skype for Business Server 2015",
    profile: "on-premises",
    changes: [...keptServers("EX1", "EX2"), ...topologyVersion(skype2015)],
    limits: [],
  },
  { name: "hosted", title: "Hosted Exchange Unified Messaging with Lync Server 2013", profile: "hosted", changes: hostedProvider, limits: [] },
  {
    name: "cloud-voicemail",
    title: "Cloud Voicemail with Skype for Business Server 2019",
    profile: "cloud-voicemail",
    changes: [...keptServers("EX1", "EX2"), ...topologyVersion(skype2019, edge.internal.fqdn)],
    limits: [],
  },
];

/** The generation of a name; undefined where there is none. */
export function generationNamed(name: string): Generation | undefined {
  return generations.find((generation) => generation.name === name);
}

/** A deployment of a generation without a mistake. */
export function generationDeployment({ changes }: Generation, options: { readonly users?: number } = {}): Deployment {
  return applyChanges(healthyDeployment(options), changes);
}
