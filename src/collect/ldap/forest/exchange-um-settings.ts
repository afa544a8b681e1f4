import { known, type Observation } from "../../../model/observation.ts";
import { linksOf, statuses } from "./exchange-plans.ts";
import { converted, enumOf, integerOf, textOf, type ReadEntry } from "./observe-entry.ts";
import type { OrganizationReading } from "./organization.ts";
import type { State } from "./state.ts";

const startupModes = { 0: "TCP", 1: "TLS", 2: "Dual" } as const;

/** Attributes of UM services and call routers alike. */
export const umAttributes = ["msExchUMStartupMode", "msExchUMServerDialPlanLink", "msExchUMCertificateThumbprint", "msExchUMTcpListeningPort", "msExchUMTlsListeningPort", "msExchUMServerStatus"] as const;

/** Ports where none are set. */
export interface DefaultPorts {
  readonly tcp: number;
  readonly tls: number;
}

function thumbprintOf(read: ReadEntry): Observation<string> {
  return converted(textOf(read, "msExchUMCertificateThumbprint"), read, "msExchUMCertificateThumbprint", (value) => {
    const hex = value.replaceAll(/[^0-9A-Fa-f]/g, "").toUpperCase();
    return hex.length === 40 ? hex : undefined;
  });
}

/** States what a UM service and a call router have in common. */
export function umSettings(reading: OrganizationReading, read: ReadEntry, state: State<"exchangeServer"> & State<"umCallRouter">, ports: Observation<DefaultPorts>): void {
  const port = (name: string, which: keyof DefaultPorts): Observation<number> => {
    const set = integerOf(read, name);
    if (set.state !== "absent") return set;
    return ports.state === "known" ? known(ports.value[which], `${read.source} (not set: the product's default)`) : ports;
  };
  state("startupMode", enumOf(read, "msExchUMStartupMode", startupModes, 0));
  state("dialPlans", linksOf(reading, read, "msExchUMServerDialPlanLink"));
  state("tcpPort", port("msExchUMTcpListeningPort", "tcp"));
  state("tlsPort", port("msExchUMTlsListeningPort", "tls"));
  state("status", enumOf(read, "msExchUMServerStatus", statuses, 0));
  state("assignedThumbprint", thumbprintOf(read));
}
