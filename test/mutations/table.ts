import { certificateTable } from "./certificate-table.ts";
import { contactTable } from "./contact-table.ts";
import { demoTable } from "./demo-table.ts";
import { detailTable } from "./detail-table.ts";
import { dnsTable } from "./dns-table.ts";
import { endpointTable } from "./endpoint-table.ts";
import { forestTable } from "./forest-table.ts";
import { gatewayTable } from "./gateway-table.ts";
import { lyncCertificateTable } from "./lync-certificate-table.ts";
import type { Mutation } from "./mutation.ts";
import { planTable } from "./plan-table.ts";
import { hostedTable } from "./hosted-table.ts";
import { namingTable } from "./naming-table.ts";
import { revocationTable } from "./revocation-table.ts";
import { rightsTable } from "./rights-table.ts";
import { signInTable } from "./sign-in-table.ts";
import { statedTable } from "./stated-table.ts";
import { userMutations } from "./user-table.ts";
import { voiceTable } from "./voice-table.ts";
import { versionTable } from "./version-table.ts";

/** Changes of directory and configuration. */
export const directoryMutations: readonly Mutation[] = [...demoTable, ...planTable, ...gatewayTable, ...versionTable, ...forestTable, ...statedTable, ...voiceTable, ...hostedTable];

/** Changes of DNS, certificates and endpoints. */
export const networkMutations: readonly Mutation[] = [...dnsTable, ...namingTable, ...certificateTable, ...lyncCertificateTable, ...endpointTable, ...revocationTable];

/** Changes of details, of names for sign-in, of contacts and of rights. */
export const detailMutations: readonly Mutation[] = [...detailTable, ...signInTable, ...contactTable, ...rightsTable];

/** One change of the healthy deployment at a time, and exactly the checks whose outcome it changes. */
export const mutations: readonly Mutation[] = [...directoryMutations, ...networkMutations, ...detailMutations, ...userMutations];
