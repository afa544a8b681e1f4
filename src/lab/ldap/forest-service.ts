import type { TlsSettings } from "../net/accept-tls.ts";
import type { Directory } from "./node.ts";

/** What all connections to one domain controller share; the lab swaps directory and certificate while it runs. */
export interface ForestService {
  directory: Directory;
  tls: TlsSettings;
  /** True where simple binds without TLS are refused, as with "LDAP server signing requirements: require signing". */
  requireSecureBinds: boolean;
  /** Operations seen that would have changed something. */
  writes: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What one of the four ports is for. */
export interface PortKind {
  readonly globalCatalog: boolean;
  /** TLS from the first byte. */
  readonly secure: boolean;
}
