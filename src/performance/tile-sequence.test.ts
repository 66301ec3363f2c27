import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { emptyCandidate, type Candidate } from '../mapping/candidate.js';
import { setTiles } from '../mapping/geometry.js';
import { loopOrders, tileSpaces } from '../mapping/index.js';
import { TileSequence, type StepKind } from './tile-sequence.js';

const [P, K, C] = [0, 1, 2];

/** 5 rows, 5 output channels and 4 input channels, on one element. */
const problem = problemOf({ outputRows: 5, outputChannels: 5, inputChannels: 4 });
const machine = machineOf({ rows: 1, columns: 1 });

/** Tiles of 2 rows, 2 output and 2 input channels: two full ones and a rest of 1, twice, and two. */
function candidateIn(order: readonly number[]): Candidate {
  const space = tileSpaces(problem, machine)[0]!;
  const m = space.pixels.findIndex(({ rows, columns }) => rows === 2 && columns === 1);
  const k = space.channels.findIndex(({ size }) => size === 2);
  const c = space.reductions.findIndex(({ size }) => size === 2);
  const candidate = emptyCandidate();
  setTiles(candidate, problem, machine, space, 0, m, c, k);
  candidate.order = loopOrders.findIndex((loops) => loops.join() === order.join());
  return candidate;
}

interface Steps {
  readonly depth: number;
  readonly count: number;
  readonly kind: StepKind;
}

function stepsOf(candidate: Candidate): Steps[] {
  const sequence = new TileSequence(problem, machine);
  sequence.set(candidate);
  const steps: Steps[] = [];
  sequence.steps(candidate, {
    addSteps: (depth, count, kind) => void steps.push({ depth, count, kind: { ...kind } }),
  });
  return steps;
}

function total(steps: readonly Steps[], depth: number, of: (kind: StepKind) => number = () => 1): number {
  return steps.reduce((sum, step) => (step.depth === depth ? sum + step.count * of(step.kind) : sum), 0);
}

describe('a sequence of full tiles and rests', () => {
  it('has as many steps at each depth as its loops move', () => {
    // 3 x 3 x 2 tiles: the outer loop moves twice, the middle one twice in each of 3, the inner one once in each of 9.
    const steps = stepsOf(candidateIn([K, P, C]));
    expect([0, 1, 2].map((depth) => total(steps, depth))).toEqual([2, 3 * 2, 9]);
  });

  it('is on the first tile of a loop outside in one of its turns, which is a full one', () => {
    const steps = stepsOf(candidateIn([K, P, C]));
    // Rows move twice while channels are at their first tile; the reduction once for each of 3 tiles of rows then, and
    // once for each of 3 tiles of channels while rows are at theirs.
    expect(total(steps, 1, ({ channelsFirst }) => channelsFirst)).toBeCloseTo(2, 9);
    expect(total(steps, 2, ({ channelsFirst }) => channelsFirst)).toBeCloseTo(3, 9);
    expect(total(steps, 2, ({ pixelsFirst }) => pixelsFirst)).toBeCloseTo(3, 9);
    const onRests = steps.filter(({ depth, kind }) => depth === 1 && kind.channelsFirst === 0);
    // While channels are at their rest.
    expect(onRests.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  });

  it('leaves and reaches all tiles but the last and the first, in sum as many mean ones', () => {
    for (const order of [
      [K, P, C],
      [P, C, K],
      [C, K, P],
    ]) {
      const candidate = candidateIn(order);
      const steps = stepsOf(candidate);
      const sequence = new TileSequence(problem, machine);
      sequence.set(candidate);
      const all = (of: (kind: StepKind) => number) =>
        [0, 1, 2].reduce((sum, depth) => sum + total(steps, depth, of), 0);
      // 18 mean tiles of MACs, of which the last is not left: 1 x 1 x 2 of 5 x 5 x 4 / 18.
      expect(all(({ macs }) => macs) + sequence.lastMacs).toBeCloseTo(18, 9);
      expect(sequence.lastMacs).toBeCloseTo(2 / (100 / 18), 9);
      expect(all(({ compute }) => compute) + sequence.lastCompute).toBeCloseTo(18, 9);
    }
  });
});
