/** Seconds over which a rate is smoothed: a chunk that comes early or late hardly moves it, a change of speed shows. */
const SMOOTHED_SECONDS = 15;

/** How fast a piece of work goes on, from when it is first told of. Clocks are passed in, so that it can be tested. */
export class Pace {
  #done: number;
  #atMs: number;
  readonly #startMs: number;
  /** Smoothed as if work had stood still before the start. */
  #perSecond = 0;

  /** @param done what was done before, such as points of an earlier run: no part of the rate */
  constructor(done: number, atMs: number) {
    this.#done = done;
    this.#atMs = atMs;
    this.#startMs = atMs;
  }

  /** Tells how much is done now. Times do not go back. */
  add(done: number, atMs: number): void {
    const seconds = (atMs - this.#atMs) / 1000;
    if (!(seconds > 0)) return;
    const kept = Math.exp(-seconds / SMOOTHED_SECONDS);
    this.#perSecond = kept * this.#perSecond + (1 - kept) * ((done - this.#done) / seconds);
    this.#done = done;
    this.#atMs = atMs;
  }

  /** Things a second; null until there is anything to tell by. */
  get perSecond(): number | null {
    const seconds = (this.#atMs - this.#startMs) / 1000;
    if (seconds === 0 || this.#perSecond === 0) return null;
    // What standing still before the start took away.
    return this.#perSecond / (1 - Math.exp(-seconds / SMOOTHED_SECONDS));
  }

  /** Seconds until `all` are done; null while that is unknown. */
  secondsLeft(all: number): number | null {
    const rate = this.perSecond;
    return rate === null ? null : Math.max(0, all - this.#done) / rate;
  }
}
