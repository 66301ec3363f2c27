import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { emptyCandidate, INPUT, SECOND, type Candidate } from '../mapping/candidate.js';
import { tileSpaces } from '../mapping/index.js';
import { ONE_PART, partsOf, storesApart } from './transfer-parts.js';

/** 2 x 3 x 5 x 7 cores, one for each image, group, row and output channel. */
const [space] = tileSpaces(
  problemOf({ batch: 2, groups: 3, outputRows: 5, outputChannels: 7 }),
  machineOf({ cores: 210 }),
);
const candidate: Candidate = { ...emptyCandidate(), space: space! };

describe('parts of a transfer', () => {
  it('are one for each core that has something of its own, where what cores share is sent to all at once', () => {
    expect(space!.split).toEqual({ batch: 2, groups: 3, outputRows: 5, outputChannels: 7 });
    // Inputs are shared along output channels, weights along images and rows, outputs by no one.
    expect(partsOf(candidate)).toEqual({ inputs: 30, seconds: 21, outputs: 210 });
  });

  it('are one for each core without multicast', () => {
    expect(partsOf({ ...candidate, inputCopies: 7, secondCopies: 10 })).toEqual({
      inputs: 210,
      seconds: 210,
      outputs: 210,
    });
  });

  it('are one where only mean tiles are known', () => {
    expect(partsOf(emptyCandidate())).toBe(ONE_PART);
  });
});

describe('stores of a step among loads', () => {
  const parts = { inputs: 30, seconds: 21, outputs: 210 };

  it('come in as many rows as cores wait apart: cores that share a load keep step', () => {
    expect(storesApart(INPUT, parts)).toBe(30);
    expect(storesApart(SECOND, parts)).toBe(21);
    expect(storesApart(INPUT | SECOND, parts)).toBe(21);
    expect(storesApart(INPUT | SECOND, { ...parts, inputs: 4 })).toBe(4);
  });

  it('are no more than there are, also where nothing is waited for', () => {
    expect(storesApart(0, parts)).toBe(210);
    expect(storesApart(INPUT | SECOND, { inputs: 30, seconds: 21, outputs: 3 })).toBe(3);
  });
});
