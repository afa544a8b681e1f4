import { setTimeout as sleep } from "node:timers/promises";
import type { UnknownReason } from "../../model/observation.ts";
import type { ServerFailure } from "./answer.ts";
import type { Question } from "./message.ts";
import { attempt, type FailedAttempt, type Upstream, type UsableStep } from "./query.ts";
import { formatServer } from "./server.ts";

/** How a question is put to the servers of a view. */
export interface AskSettings {
  /** Time for the first exchange with a server; doubled in each further round. */
  readonly tryTimeoutMs: number;
  /** Rounds over the servers. */
  readonly tries: number;
  /** Time for the whole question. */
  readonly queryTimeoutMs: number;
  readonly signal: AbortSignal;
  /** A clock that only goes forward, in milliseconds. */
  readonly now: () => number;
}

/** No server said anything usable. */
export interface AllFailed {
  readonly kind: "failed";
  readonly reason: UnknownReason;
  readonly detail: string;
  readonly failures: readonly ServerFailure[];
}

/** What the servers gave, and how long it took. */
export interface Asked {
  readonly result: UsableStep | AllFailed;
  readonly elapsedMs: number;
}

const firstPauseMs = 50;
/** After so many questions in a row without a sign of life a server is asked last and only once, so that it does not slow down every further question. */
const silentLimit = 3;

/** Which failure to name first when servers failed differently: the one that says most about the answer. */
const telling: readonly UnknownReason[] = ["truncated", "malformed", "denied", "unsupported", "timeout", "unreachable", "collector-error", "not-collected"];

/** Puts the failures of a question's servers into one. */
function allFailed(failures: readonly ServerFailure[], signal: AbortSignal): AllFailed {
  const reason = signal.aborted ? "not-collected" : telling.find((candidate) => failures.some((failure) => failure.reason === candidate));
  const detail = failures.map((failure) => `${formatServer(failure.server)}: ${failure.detail}`).join("; ");
  return { kind: "failed", reason: reason ?? "not-collected", detail: signal.aborted ? "the run was interrupted" : detail, failures };
}

function noteHealth(upstream: Upstream, result: UsableStep | FailedAttempt, round: number): void {
  if (result.kind !== "failed" || result.replied) upstream.silentQuestions = 0;
  else if (round === 0) upstream.silentQuestions += 1;
}

async function pause(round: number, settings: AskSettings, deadline: number): Promise<void> {
  const pauseMs = Math.min(firstPauseMs * 2 ** (round - 1), deadline - settings.now());
  if (pauseMs <= 0 || settings.signal.aborted) return;
  // Interrupted: the caller looks at the signal.
  await sleep(pauseMs, undefined, { signal: settings.signal }).catch(() => undefined);
}

function isSilent(upstream: Upstream): boolean {
  return upstream.silentQuestions >= silentLimit;
}

/** Puts the question to one server after the other until one gives a usable step, then again to those whose failure may pass, a little later and with more time. Never throws. */
export async function askServers(upstreams: readonly Upstream[], question: Question, settings: AskSettings): Promise<Asked> {
  const { signal, now } = settings;
  const start = now();
  const deadline = start + settings.queryTimeoutMs;
  const failures = new Map<Upstream, ServerFailure>();
  let round = 0;
  let open = [...upstreams.filter((upstream) => !isSilent(upstream)), ...upstreams.filter(isSilent)];
  for (; round < settings.tries && open.length > 0; round += 1) {
    if (round > 0) await pause(round, settings, deadline);
    const tryMs = settings.tryTimeoutMs * 2 ** round;
    const timeoutMs = (): number => Math.max(1, Math.ceil(Math.min(tryMs, deadline - now())));
    const again: Upstream[] = [];
    for (const upstream of open) {
      if (signal.aborted) break;
      if (deadline - now() <= 0) {
        if (!failures.has(upstream)) failures.set(upstream, { server: upstream.server, reason: "timeout", detail: `not asked: the question's ${settings.queryTimeoutMs} ms were over` });
        continue;
      }
      const result = await attempt(upstream, question, { timeoutMs, signal, afterSilence: failures.get(upstream)?.reason === "timeout" });
      noteHealth(upstream, result, round);
      if (result.kind !== "failed") return { result, elapsedMs: now() - start };
      failures.set(upstream, result.failure);
      if (result.mayPass && !isSilent(upstream)) again.push(upstream);
    }
    open = again;
  }
  return { result: allFailed([...failures.values()], signal), elapsedMs: now() - start };
}
