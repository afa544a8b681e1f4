import type { ASTNode } from "@marcbachmann/cel-js";

/** What must hold together for an expression to be true, as texts without spaces. */
export type Clause = ReadonlySet<string>;

const maxClauses = 16;

/** A condition as alternatives, of which each is a set of conditions that must all hold. One that would have very many is one alternative with itself as its condition. */
export function clausesOf(text: string, ast: ASTNode): readonly Clause[] {
  const bare = (node: ASTNode): string => text.slice(node.start, node.end).replaceAll(/\s+/gu, "");
  const walk = (node: ASTNode): readonly Clause[] => {
    if (node.op === "||") return capped([...walk(node.args[0]), ...walk(node.args[1])], bare(node));
    if (node.op === "&&") return capped(walk(node.args[0]).flatMap((left) => walk(node.args[1]).map((right): Clause => new Set([...left, ...right]))), bare(node));
    return [new Set([bare(node)])];
  };
  return walk(ast);
}

function capped(clauses: readonly Clause[], whole: string): readonly Clause[] {
  return clauses.length > maxClauses ? [new Set([whole])] : clauses;
}

/** Whether conditions cannot hold together: something and its opposite, or one value and another. Only what their texts show. */
export function contradicts(clause: Clause): boolean {
  const values = new Map<string, string>();
  for (const condition of clause) {
    if (condition === "false" || clause.has(`!${condition}`) || clause.has(`!(${condition})`)) return true;
    const equal = /^([\w.]+)==("[^"\\]*"|\d+)$/u.exec(condition);
    if (equal === null) continue;
    const [, path = "", value = ""] = equal;
    if ((values.get(path) ?? value) !== value || clause.has(`${path}!=${value}`)) return true;
    values.set(path, value);
  }
  return false;
}

/** Whether whatever fulfils a clause fulfils one of the others. */
export function isCovered(clause: Clause, others: readonly Clause[]): boolean {
  return others.some((other) => [...other].every((condition) => condition === "true" || clause.has(condition)));
}
