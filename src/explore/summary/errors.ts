import type { PointResult } from '../study/point.js';

/** Different messages that are kept; a study whose every point has its own is understood from the first. */
const MAX_MESSAGES = 20;

/** Points that could not be answered, for one reason. */
export interface StudyError {
  readonly message: string;
  readonly points: number;
  /** The one with the least index. */
  readonly first: PointResult;
}

export class ErrorsGatherer {
  readonly #byMessage = new Map<string, { points: number; first: PointResult }>();
  /** Points whose message came after the list was full. */
  others = 0;

  add(result: PointResult): void {
    if (result.error === null) return;
    const known = this.#byMessage.get(result.error);
    if (known !== undefined) known.points += 1;
    else if (this.#byMessage.size < MAX_MESSAGES) this.#byMessage.set(result.error, { points: 1, first: result });
    else this.others += 1;
  }

  /** Most points first. */
  errors(): StudyError[] {
    return [...this.#byMessage]
      .map(([message, { points, first }]) => ({ message, points, first }))
      .sort((a, b) => b.points - a.points || a.first.index - b.first.index);
  }
}
