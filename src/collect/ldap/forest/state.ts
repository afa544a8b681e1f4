import type { FactName, FactValue, KindName } from "../../../model/kinds.ts";
import type { Observation } from "../../../model/observation.ts";
import type { Observer } from "../../../model/subject.ts";

/** States facts of one subject. */
export type State<K extends KindName> = <F extends FactName<K>>(fact: F, observation: Observation<FactValue<K, F>>) => void;

/** Makes a subject known and returns what states its facts. */
export function subjectState<K extends KindName>(observer: Observer, kind: K, id: string, name: string): State<K> {
  observer.subject({ kind, id, name });
  return (fact, observation) => observer.observe(kind, id, fact, observation);
}
