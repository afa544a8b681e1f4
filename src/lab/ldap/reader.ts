import { type Ace, isGranted, right } from "./access-control.ts";
import type { Identity } from "./membership.ts";
import type { Directory, Node } from "./node.ts";
import type { AttributeType } from "./schema/schema.ts";

/** What an identity may see. Administrators see everything. */
export interface Reader {
  readonly administrator: boolean;
  /** Whether the parent lets its children be listed; the head of a naming context is always seen. */
  readonly canSee: (node: Node) => boolean;
  readonly canRead: (node: Node, type: AttributeType) => boolean;
  /** Whether owner, group and access list may be read. */
  readonly canReadDescriptor: (node: Node) => boolean;
}

/** A reader that remembers its decisions per access list, of which there are few. */
export function readerFor(directory: Directory, identity: Identity): Reader {
  const decisions = new Map<readonly Ace[], Map<string, boolean>>();
  const decide = (aces: readonly Ace[], about: string, wanted: number, guids: readonly (string | undefined)[]): boolean => {
    const known = decisions.get(aces) ?? new Map<string, boolean>();
    decisions.set(aces, known);
    const decision = known.get(about) ?? isGranted(aces, identity.sids, wanted, guids);
    known.set(about, decision);
    return decision;
  };
  const all = identity.administrator;
  return {
    administrator: all,
    canSee: (node) => all || node.parent === undefined || node.attributes.get("instancetype")?.values[0] === "5" || decide(directory.aces(node.parent), "list", right.listChildren, []),
    canRead: (node, type) => all || decide(directory.aces(node), type.guid, right.readProperty, [type.guid, type.propertySet]),
    canReadDescriptor: (node) => all || decide(directory.aces(node), "descriptor", right.readControl, []),
  };
}
