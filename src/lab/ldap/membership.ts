import { sidText } from "./identifiers.ts";
import { type Directory, type Node, numberValue } from "./node.ts";
import { textKey } from "./distinguished-name.ts";

const security = 0x80000000;
const domainLocal = 0x4;

/** SID text of a node, or undefined where it has none. */
export function sidOfNode(node: Node): string | undefined {
  const value = node.attributes.get("objectsid")?.values[0];
  return value === undefined || typeof value === "string" ? undefined : sidText(value);
}

function directGroups(directory: Directory, node: Node): readonly Node[] {
  const names = node.attributes.get("memberof")?.values ?? [];
  const groups = names.map((name) => (typeof name === "string" ? directory.byKey.get(textKey(name)) : undefined));
  const primary = numberValue(node, "primarygroupid");
  const primaryGroup = primary === undefined ? undefined : directory.bySid.get(`${directory.domainSid}-${primary}`);
  return [...groups, primaryGroup].filter((group) => group !== undefined);
}

/**
 * The security groups that a node is in, directly, by nesting or as its primary group, as the constructed attribute tokenGroups has them
 * ([MS-ADTS] section 3.1.1.4.5.19); `globalAndUniversal` leaves out the domain local ones.
 */
export function securityGroups(directory: Directory, node: Node, globalAndUniversal = false): readonly Node[] {
  const found = new Set<Node>();
  const open = [node];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const group of directGroups(directory, at)) {
      const type = numberValue(group, "grouptype") ?? 0;
      const wanted = (type & security) !== 0 && !(globalAndUniversal && (type & domainLocal) !== 0);
      if (!wanted || found.has(group)) continue;
      found.add(group);
      open.push(group);
    }
  }
  return [...found];
}

/** Whom a connection acts as. */
export interface Identity {
  readonly node: Node;
  /** For "who am I": domain and account. */
  readonly name: string;
  readonly sids: ReadonlySet<string>;
  readonly administrator: boolean;
}

/** The identity of an account: its own SID, those of its groups, and those everybody gets by logging on. */
export function identityOf(directory: Directory, node: Node): Identity {
  const sids = [node, ...securityGroups(directory, node)].map(sidOfNode).filter((sid) => sid !== undefined);
  const account = node.attributes.get("samaccountname")?.values[0];
  return {
    node,
    name: `${directory.netbios}\\${String(account)}`,
    sids: new Set([...sids, "S-1-1-0", "S-1-5-11"]),
    administrator: sids.includes(`${directory.domainSid}-512`),
  };
}
