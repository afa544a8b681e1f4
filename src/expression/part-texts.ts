import type { ASTNode } from "@marcbachmann/cel-js";

const comparisons: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">=", "in"]);
const searches: ReadonlySet<string> = new Set(["exists", "exists_one", "all"]);
const maxParts = 12;

/**
 * The texts of those parts of an expression whose values tell how it came to its own: what `&&`, `||`, `!` and `? :` join, what is compared, what a function is
 * given, and for a condition over a list the elements for which it holds. Names alone and literals are left out.
 */
export function partTexts(text: string, ast: ASTNode): readonly string[] {
  const parts = new Set<string>();
  const add = (part: string) => {
    if (part !== text && parts.size < maxParts) parts.add(part);
  };
  const show = (node: ASTNode) => {
    if (node.op === "id" || node.op === "value" || node.op === "list") return;
    add(text.slice(node.start, node.end));
    enter(node);
  };
  const enter = (node: ASTNode): void => {
    if (node.op === "&&" || node.op === "||" || comparisons.has(node.op)) {
      for (const operand of node.args as readonly ASTNode[]) show(operand);
    } else if (node.op === "!_") show(node.args);
    else if (node.op === "?:") for (const operand of node.args) show(operand);
    else if (node.op === "call") for (const argument of node.args[1]) show(argument);
    else if (node.op === "rcall") {
      const [name, receiver, given] = node.args;
      if (searches.has(name)) add(`${text.slice(receiver.start, receiver.end)}.filter(${given.map(({ start, end }) => text.slice(start, end)).join(", ")})`);
      show(receiver);
    }
  };
  enter(ast);
  return [...parts];
}
