import type { Filter } from "ldapts";
import { AndFilter, EqualityFilter, ExtensibleFilter, FilterParser, NotFilter, OrFilter, PresenceFilter } from "ldapts";
import type { DirectoryFilter } from "./client-contract.ts";

const maxDepth = 32;

/** The ldapts form of a filter; throws on text that is no filter and on nesting beyond 32 levels. */
export function toLdapFilter(filter: DirectoryFilter, depth = 0): Filter {
  if (depth > maxDepth) {
    throw new RangeError("filter nested too deeply");
  }
  if (typeof filter === "string") {
    return FilterParser.parseString(filter);
  }
  if ("and" in filter) {
    return new AndFilter({ filters: filter.and.map((part) => toLdapFilter(part, depth + 1)) });
  }
  if ("or" in filter) {
    return new OrFilter({ filters: filter.or.map((part) => toLdapFilter(part, depth + 1)) });
  }
  if ("not" in filter) {
    return new NotFilter({ filter: toLdapFilter(filter.not, depth + 1) });
  }
  if ("present" in filter) {
    return new PresenceFilter({ attribute: filter.present });
  }
  // Bytes above 7f must go as a value: ldapts encodes `\e9` in filter text as UTF-8 of U+00E9, which matches nothing.
  return "equals" in filter ? new EqualityFilter(filter.equals) : new ExtensibleFilter({ matchType: filter.matches.attribute, rule: filter.matches.rule, value: filter.matches.value });
}
