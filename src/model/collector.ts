import type { Observer, SubjectIndex } from "./subject.ts";
import type { ReportTarget } from "./report.ts";

/** What every collector is given beside its own request. */
export interface CollectContext {
  /** Aborted when the user interrupts or the run's deadline passes; collectors then stop reading and say so on the facts concerned. */
  readonly signal: AbortSignal;
  /** Milliseconds of the injected clock. */
  readonly now: () => number;
  /** What earlier collectors observed. */
  readonly subjects: SubjectIndex;
  readonly observer: Observer;
  /** Tells a terminal how far things are; may be called often. */
  readonly progress: (message: string) => void;
}

/** A collector: reads one kind of source, states observations, and says per target whether it was read. It never throws for a target's failure and never judges. */
export type Collector<Request> = (request: Request, context: CollectContext) => Promise<readonly ReportTarget[]>;
