declare const looked: unique symbol;

/** The variables of one expression, all facts that it reads of them having been read. Only the gate (engine/gate.ts) makes such values: nothing else may run an expression. */
export type Gated = Readonly<Record<string, unknown>> & { readonly [looked]: true };
