import type { Directory, Node } from "./node.ts";
import type { AttributeType } from "./schema/schema.ts";
import { nodeByName } from "./values.ts";

/**
 * The nodes from which a chain of one link attribute leads to the object named: matching rule IN_CHAIN ([MS-ADTS] section 3.1.1.3.4.4.3).
 * It walks backwards from that object, so that circles of groups end and nobody else is looked at.
 */
export function linkedClosure(directory: Directory, type: AttributeType, name: string): ReadonlySet<Node> {
  const target = nodeByName(directory, name);
  const found = new Set<Node>();
  if (target === undefined) return found;
  const index = directory.index(type.name.toLowerCase());
  const open = [target];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const holder of index.get(at.key) ?? []) {
      if (found.has(holder)) continue;
      found.add(holder);
      open.push(holder);
    }
  }
  return found;
}
