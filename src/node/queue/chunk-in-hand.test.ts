import { describe, expect, it } from 'vitest';
import type { Chunk } from '../../index.js';
import { ChunkInHand, halves, pieceOf, type Piece } from './chunk-in-hand.js';
import type { JobReply } from './job.js';

const chunk: Chunk = {
  id: 'c0ffee',
  ordinal: 3,
  points: [10, 11, 12].map((index) => ({ key: `key${index}`, index, values: { bits: index } })),
};

const reply = (...errors: readonly string[]): JobReply => ({
  answers: errors.map((error) => ({ metrics: null, feasible: false, error })),
});

describe('a chunk in a queue', () => {
  it('is one job, whose name is of the study and of the points', () => {
    const { jobId, from, to } = pieceOf(new ChunkInHand(chunk), 'study');
    expect([jobId, from, to]).toEqual(['study-c0ffee', 0, 3]);
  });

  it('is halved into jobs of other names, down to single points', () => {
    const whole = new ChunkInHand(chunk);
    const [first, last] = halves(pieceOf(whole, 'study'), 'study') as [Piece, Piece];
    expect([first, last].map(({ jobId }) => jobId)).toEqual(['study-c0ffee-0-2', 'study-c0ffee-2-3']);
    expect(halves(first, 'study').map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('is whole when all pieces have come, in any order, with its own index and values', () => {
    const whole = new ChunkInHand(chunk);
    const [first, last] = halves(pieceOf(whole, 'study'), 'study') as [Piece, Piece];
    whole.take(last, reply('c'));
    expect(whole.isWhole).toBe(false);
    whole.take(first, reply('a', 'b'));
    expect(whole.isWhole).toBe(true);
    expect(whole.answers).toEqual(
      ['a', 'b', 'c'].map((error, at) => ({
        index: 10 + at,
        values: { bits: 10 + at },
        metrics: null,
        feasible: false,
        error,
      })),
    );
  });
});
