import { describe, expect, it } from "vitest";
import { watch, type WatchOptions, type WatchState } from "../../src/app/watch.ts";
import { health } from "../../src/app/watch-pages.ts";

const minuteMs = 60_000;
const start = new Date(2026, 5, 1, 5, 59, 0).getTime();

interface Lived {
  readonly runs: string[];
  readonly said: string[];
  readonly state: WatchState;
  readonly overlapped: boolean;
}

/** Lives through `hours` hours on a clock of its own; `act` does what a run does and says what it returns. */
async function live(hours: number, changes: Partial<WatchOptions>, act: (clock: { now: number }, run: number) => Promise<number> = async () => 0, meddle: (clock: { now: number }) => void = () => undefined): Promise<Lived> {
  const clock = { now: start };
  const controller = new AbortController();
  const runs: string[] = [];
  const said: string[] = [];
  let running = 0;
  let overlapped = false;
  let slept = 0;
  const state = await watch({
    every: "0 * * * *", jitterMs: 0, atOnce: false, random: () => 0.5, signal: controller.signal,
    now: () => clock.now,
    sleep: async (durationMs) => {
      clock.now += durationMs;
      slept += durationMs;
      meddle(clock);
      if (slept >= hours * 60 * minuteMs) controller.abort();
    },
    run: async () => {
      running += 1;
      overlapped ||= running > 1;
      const moment = new Date(clock.now);
      runs.push(`${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`);
      try {
        return await act(clock, runs.length);
      } finally {
        running -= 1;
      }
    },
    between: async () => undefined,
    say: (line) => said.push(line),
    changed: () => undefined,
    ...changes,
  });
  return { runs, said, state, overlapped };
}

describe("the watch", () => {
  it("runs when it is due, and not in between", async () => expect((await live(3.5, {})).runs).toEqual(["06:00", "07:00", "08:00", "09:00"]));
  it("starts later by the jitter", async () => expect((await live(2.5, { jitterMs: 20 * minuteMs })).runs).toEqual(["06:10", "07:10", "08:10"]));
  it("runs at once when asked", async () => expect((await live(1, { atOnce: true })).runs).toEqual(["05:59", "06:00"]));

  it("never overlaps: what comes due during a long run is left out", async () => {
    const { runs, overlapped } = await live(3, {}, async (clock, run) => {
      if (run === 1) clock.now += 150 * minuteMs;
      return 0;
    });
    expect([runs.slice(0, 3), overlapped]).toEqual([["06:00", "09:00", "10:00"], false]);
  });

  it("survives runs that fail, and says why", async () => {
    const { runs, said, state } = await live(2.5, {}, async (_, run) => {
      if (run < 3) throw new Error("no such file");
      return 1;
    });
    expect(runs).toHaveLength(3);
    expect(said).toEqual(["The run failed: internal error: no such file", "The run failed: internal error: no such file"]);
    expect(state).toMatchObject({ made: 1, failed: 2, lastExitCode: 1, lastError: undefined });
  });

  it("survives what fails in between", async () => expect((await live(1.5, { between: async () => Promise.reject(new Error("dead mail server")) })).runs).toHaveLength(2));

  it("goes on by the new time when the clock was set back a day", async () => {
    let set = false;
    const { runs } = await live(4, { every: "0 6,8 * * *" }, async () => 0, (clock) => {
      if (!set && clock.now >= start + 90 * minuteMs) {
        clock.now -= 24 * 60 * minuteMs;
        set = true;
      }
    });
    expect(runs).toEqual(["06:00", "08:00"]);
  });

  it("refuses a schedule that is none before anything runs", async () => expect(live(1, { every: "now and then" })).rejects.toMatchObject({ code: "cron" }));
});

describe("health", () => {
  const state: WatchState = { startedAt: 0, running: false, nextAt: start, lastStartedAt: undefined, lastEndedAt: undefined, lastExitCode: undefined, lastError: undefined, made: 0, failed: 0 };
  it("is bad when the last run failed or the next is overdue, and good when findings were found", () => {
    expect(health({ ...state, lastExitCode: 1 }, start).healthy).toBe(true);
    expect(health({ ...state, lastError: "no such file" }, start)).toEqual({ healthy: false, text: "the last run failed: no such file" });
    expect(health(state, start + 16 * minuteMs).healthy).toBe(false);
    expect(health({ ...state, running: true }, start + 160 * minuteMs).healthy).toBe(true);
  });
});
