import { singletonId } from "../model/ids.ts";
import type { FactName } from "../model/kinds.ts";
import { known, unknown, type Observation } from "../model/observation.ts";
import { allOf, chained, derivedSource, mapped } from "./combine.ts";
import type { DerivedWorld } from "./world.ts";

/** Kinds of configuration that apply by scope, with the list of the Lync configuration that names them. */
const scoped = {
  mediaConfiguration: "mediaConfigurations",
  lyncDialPlan: "dialPlans",
  voicePolicy: "voicePolicies",
  hostedVoicemailPolicy: "hostedVoicemailPolicies",
  trunkConfiguration: "trunkConfigurations",
} as const satisfies Readonly<Record<string, FactName<"lyncConfiguration">>>;

/** A kind of configuration that applies by scope. */
export type ScopedKind = keyof typeof scoped;

/** What a configuration applies to: a pool or gateway by FQDN, and the site it is in. */
export interface ScopeTarget {
  readonly fqdn: Observation<string>;
  readonly site: Observation<string>;
}

/** The identity by which a service-level configuration names a pool: `Service:Registrar:pool.contoso.test`. */
function isServiceOf(identity: string, fqdn: string): boolean {
  return identity.startsWith("service:") && identity.endsWith(`:${fqdn}`);
}

/**
 * The configuration in effect for a pool or gateway: service, else site, else global. What is granted to users (user before all of these) is not looked at here.
 * Site configurations count only where the site is known; where there are some and it is not, nothing can be said.
 */
export function effective(world: DerivedWorld, kind: ScopedKind, { fqdn, site }: ScopeTarget): Observation<string> {
  const listed: Observation<readonly string[]> = world.read("lyncConfiguration", singletonId.lyncConfiguration, scoped[kind]);
  const identities = chained(listed, (ids) => mapped(allOf<string>(ids.map((id) => world.read(kind, id, "identity"))), (names) => ids.map((id, at) => ({ id, identity: (names[at] ?? "").toLowerCase() }))));
  return chained(fqdn, (name) =>
    chained(identities, (list) => {
      const service = list.find(({ identity }) => isServiceOf(identity, name));
      if (service !== undefined) return known(service.id, derivedSource);
      const sites = list.filter(({ identity }) => identity.startsWith("site:"));
      if (sites.length > 0 && site.state !== "known") return unknown("not-collected", `there are configurations for sites, and the site of ${name} was not read (it stands in the topology)`);
      const own = site.state === "known" ? sites.find(({ identity }) => identity === `site:${site.value.toLowerCase()}`) : undefined;
      const inForce = own ?? list.find(({ identity }) => identity === "global");
      return inForce === undefined ? unknown("malformed", "the export holds no global one") : known(inForce.id, derivedSource);
    }),
  );
}
