import type { Chunk, PointAnswer } from '../../index.js';
import type { JobReply } from './job.js';

/** A chunk whose answers come in one or several pieces. */
export class ChunkInHand {
  readonly chunk: Chunk;
  readonly #answers: PointAnswer[] = [];
  #missing: number;

  constructor(chunk: Chunk) {
    this.chunk = chunk;
    this.#missing = chunk.points.length;
  }

  /** Index and values are the chunk's own: a piece that was answered before may have been asked for with other ones. */
  take({ from, to }: Piece, { answers }: JobReply): void {
    for (let at = from; at < to; at++) {
      const { index, values } = this.chunk.points[at]!;
      const { metrics, feasible, error } = answers[at - from]!;
      this.#answers[at] = { index, values, metrics, feasible, error };
    }
    this.#missing -= to - from;
  }

  get isWhole(): boolean {
    return this.#missing === 0;
  }

  get answers(): readonly PointAnswer[] {
    return this.#answers;
  }
}

/** Neighbours of a chunk that are one job: all of it at first, parts of it once workers have died of it. */
export interface Piece {
  readonly jobId: string;
  readonly whole: ChunkInHand;
  readonly from: number;
  readonly to: number;
}

export function pieceOf(whole: ChunkInHand, studyHash: string, from = 0, to = whole.chunk.points.length): Piece {
  const isPart = to - from < whole.chunk.points.length;
  const id = `${studyHash}-${whole.chunk.id}`;
  return { jobId: isPart ? `${id}-${from}-${to}` : id, whole, from, to };
}

/** The two halves of a piece of more than one point. */
export function halves({ whole, from, to }: Piece, studyHash: string): readonly Piece[] {
  const middle = Math.ceil((from + to) / 2);
  return [pieceOf(whole, studyHash, from, middle), pieceOf(whole, studyHash, middle, to)];
}
