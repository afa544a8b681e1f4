import type { Deployment, Entry, Forest } from "../types.ts";
import { certificateSpecs } from "./certificate-specs.ts";
import { dnsRecords } from "./dns-records.ts";
import { endpointSpecs } from "./endpoint-specs.ts";
import { exchangeEntries } from "./exchange-organization.ts";
import type { ForestNames } from "./forests.ts";
import { administratorAccount, contoso, fabrikam, scannerAccount } from "./forests.ts";
import { lyncConfiguration } from "./lync-configuration.ts";
import { lyncEntries } from "./lync-forest.ts";
import { lyncPeople, mailboxes } from "./people.ts";

function forest(names: ForestNames, entries: readonly Entry[]): Forest {
  const { name, realm, netbios, domainSid, domainController } = names;
  return { name, realm, netbios, domainSid, domainController, entries, accounts: [administratorAccount, scannerAccount] };
}

/**
 * A deployment without a mistake: Lync Server 2013 in contoso.test, Exchange 2013 and 2016 in fabrikam.test, as exchucutil, ocsumutil and the documents leave it.
 * `users` is the number of people with Enterprise Voice and a UM mailbox (60); entries come parents first. `forests[0]` is the Lync forest.
 */
export function healthyDeployment(options: { readonly users?: number } = {}): Deployment {
  const users = options.users ?? 60;
  return {
    forests: [forest(contoso, [...lyncEntries(), ...lyncPeople(users)]), forest(fabrikam, [...exchangeEntries(), ...mailboxes(users)])],
    dns: dnsRecords(),
    certificates: certificateSpecs(),
    endpoints: endpointSpecs(),
    lyncConfiguration: lyncConfiguration(),
  };
}
