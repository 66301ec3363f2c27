import type { DesignPoint, PointAnswer, PreparedStudy } from '../../index.js';
import { Lane, type ThreadFile } from '../explore/executor/lane.js';

interface StudyLane {
  readonly study: PreparedStudy;
  readonly lane: Lane;
}

/**
 * Threads of a worker: as many as there are chunks at once, each with the study it was last asked about. The process itself
 * stays free to tell Redis that it lives.
 */
export class Lanes {
  readonly #file: ThreadFile;
  readonly #most: number;
  readonly #free: StudyLane[] = [];

  /** @param most threads at once */
  constructor(file: ThreadFile, most: number) {
    this.#file = file;
    this.#most = most;
  }

  async answer(study: PreparedStudy, points: readonly DesignPoint[]): Promise<readonly PointAnswer[]> {
    const taken = await this.#laneFor(study);
    try {
      return await taken.lane.answer(points);
    } finally {
      this.#free.push(taken);
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#free.splice(0).map(({ lane }) => lane.end()));
  }

  async #laneFor(study: PreparedStudy): Promise<StudyLane> {
    const at = this.#free.findIndex((free) => free.study === study);
    if (at >= 0) return this.#free.splice(at, 1)[0]!;
    await this.#free.shift()?.lane.end();
    return { study, lane: new Lane(study, this.#file, this.#most) };
  }
}
