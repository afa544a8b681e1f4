import { excerpt, known, unknown } from "./field.ts";
import type { Field } from "./field-types.ts";
import type { Scope } from "./items.ts";

/** Reads an Identity as Get-Cs… shows it; the prefixes are matched in any case, a plain name is one granted to users. */
export function parseScope(identity: string): Field<Scope> {
  const [, prefix, rest] = /^(global$|site:|service:|tag:)?(.*)$/is.exec(identity.trim()) ?? [];
  switch (prefix?.toLowerCase()) {
    case "global":
      return known({ kind: "global" });
    case "site:":
      return rest ? known({ kind: "site", site: rest }) : noScope(identity);
    case "tag:":
      return rest ? known({ kind: "user", name: rest }) : noScope(identity);
    case "service:": {
      const [, role, fqdn] = /^([^:]+):(.+)$/s.exec(rest ?? "") ?? [];
      return role !== undefined && fqdn !== undefined ? known({ kind: "service", role, fqdn }) : noScope(identity);
    }
    default:
      return rest ? known({ kind: "user", name: rest }) : noScope(identity);
  }
}

function noScope(identity: string): Field<never> {
  return unknown("malformed", `"${excerpt(identity)}" names no scope`);
}
