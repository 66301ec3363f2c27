import { progressBar, progressLine, type ProgressState } from '../../index.js';
import type { Terminal } from './command.js';
import { Pace } from './pace.js';

/** Lines a long piece of work prints, not counting the last. */
const LINES = 4;

/**
 * A listener that says a few times, in plain lines, how far a piece of work has come.
 * @param noun of one of what is counted
 */
export function showProgress(terminal: Terminal, noun: string): (done: number, all: number) => void {
  let next = 0;
  let said: string | undefined;
  return (done, all) => {
    if (done < next && done < all) return;
    const line = `${done} of ${all} ${noun}${all === 1 ? '' : 's'}`;
    if (line === said) return;
    terminal.note(line);
    said = line;
    next = done + Math.max(1, Math.ceil(all / LINES));
  };
}

/** A line on a terminal is written again after this time, ms: often enough to be seen moving. */
const REWRITE_MS = 100;
/** Elsewhere lines stay, so there are few: one when this part more is done, if the last one is not from just now, */
const STEP_FRACTION = 0.1;
const LEAST_STEP_MS = 2000;
/** and one after this time however slow the work is, so that a log shows that it goes on. */
const LONGEST_STEP_MS = 60_000;

/** Told how far a long piece of work has come, as often as is convenient. */
export interface ProgressFollower {
  /** @param all null where nobody knows; it may change */
  update(done: number, all: number | null): void;
  /** Takes the line from the terminal; elsewhere says how far the work came, if that was not said yet. */
  end(): void;
}

/**
 * Shows rate and time left: on a terminal one line that is rewritten, elsewhere plain lines now and then. What the first
 * update says is done already counts for no rate.
 * @param now ms
 */
export function followProgress(
  terminal: Terminal,
  noun: string,
  now: () => number = () => performance.now(),
): ProgressFollower {
  let pace: Pace | undefined;
  let state: ProgressState | undefined;
  let saidDone = -1;
  let saidMs = -Infinity;
  const isDue = (done: number, all: number | null, atMs: number): boolean => {
    const sinceMs = atMs - saidMs;
    if (terminal.rewrite !== undefined) return sinceMs >= REWRITE_MS;
    if (sinceMs >= LONGEST_STEP_MS) return true;
    return all !== null && done - saidDone >= STEP_FRACTION * all && sinceMs >= LEAST_STEP_MS;
  };
  const say = (current: ProgressState, atMs: number): void => {
    if (terminal.rewrite === undefined) terminal.note(progressLine(current));
    else terminal.rewrite(progressBar(current));
    saidDone = current.done;
    saidMs = atMs;
  };
  return {
    update(done, all) {
      const atMs = now();
      pace ??= new Pace(done, atMs);
      pace.add(done, atMs);
      state = { done, all, noun, perSecond: pace.perSecond, secondsLeft: all === null ? null : pace.secondsLeft(all) };
      if (isDue(done, all, atMs)) say(state, atMs);
    },
    end() {
      if (terminal.rewrite !== undefined) terminal.rewrite('');
      else if (state !== undefined && state.done !== saidDone) say(state, now());
    },
  };
}
