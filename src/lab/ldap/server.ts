import { type Listener, listen } from "../net/listener.ts";
import { serveLdap } from "./connection.ts";
import type { ForestService, PortKind } from "./forest-service.ts";

/** The four ports of a domain controller, with the official number of each. */
export const ldapPorts = {
  ldap: { official: 389, kind: { globalCatalog: false, secure: false } },
  ldaps: { official: 636, kind: { globalCatalog: false, secure: true } },
  gc: { official: 3268, kind: { globalCatalog: true, secure: false } },
  gcs: { official: 3269, kind: { globalCatalog: true, secure: true } },
} as const satisfies Readonly<Record<string, { readonly official: number; readonly kind: PortKind }>>;

/** Name of one of the four ports. */
export type LdapPort = keyof typeof ldapPorts;

/** Starts the four ports of a domain controller. */
export async function startLdap(service: ForestService): Promise<Readonly<Record<LdapPort, Listener>>> {
  const open = (name: LdapPort) => listen((socket, fault) => serveLdap(socket, service, ldapPorts[name].kind, fault));
  const [ldap, ldaps, gc, gcs] = await Promise.all([open("ldap"), open("ldaps"), open("gc"), open("gcs")]);
  return { ldap, ldaps, gc, gcs };
}
