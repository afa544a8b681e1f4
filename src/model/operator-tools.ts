/** Tools that operators run. */
export const operatorTools = ["ocsumutil", "exchucutil"] as const;
/** One of {@link operatorTools}. */
export type OperatorTool = (typeof operatorTools)[number];
