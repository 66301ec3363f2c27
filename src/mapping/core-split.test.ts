import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nestOf } from '../../test/properties/problems.test-data.js';
import { coreSplits } from './core-split.js';

describe('coreSplits', () => {
  it('gives one core everything', () => {
    const nest = nestOf({ batch: 3, groups: 2, outputRows: 7, outputChannels: 9 });
    expect(coreSplits(nest, 1)).toEqual([{ batch: 1, groups: 1, outputRows: 1, outputChannels: 1 }]);
  });

  it('shares 7 rows and 64 channels among 4 cores: 1 x 4, 2 x 2 or 4 x 1', () => {
    // 3 x 1 is left out: a fourth core could be put to work on rows (7 rows as 2 + 2 + 2 + 1). 1 x 3 likewise.
    expect(coreSplits(nestOf({ outputRows: 7, outputChannels: 64 }), 4)).toEqual([
      { batch: 1, groups: 1, outputRows: 1, outputChannels: 4 },
      { batch: 1, groups: 1, outputRows: 2, outputChannels: 2 },
      { batch: 1, groups: 1, outputRows: 4, outputChannels: 1 },
    ]);
  });

  it('takes no more cores than get a share: 64 channels over 9 cores are 8 shares of 8', () => {
    expect(coreSplits(nestOf({ outputChannels: 64 }), 9)).toEqual([
      { batch: 1, groups: 1, outputRows: 1, outputChannels: 8 },
    ]);
  });

  it('never splits columns or the reduction: a layer of one row and one channel stays on one core', () => {
    expect(coreSplits(nestOf({ outputColumns: 100, inputChannels: 100 }), 4)).toHaveLength(1);
  });

  it('is, by definition, every split that leaves no core idle by choice', () => {
    const small = fc.integer({ min: 1, max: 7 });
    const draw = fc.record({ batch: small, groups: small, outputRows: small, outputChannels: small });
    fc.assert(
      fc.property(draw, fc.integer({ min: 1, max: 9 }), (lengths, cores) => {
        const useful = (length: number) =>
          Array.from({ length }, (_, index) => index + 1).filter(
            // Shares of the rounded-up size go to exactly that many cores.
            (count) => Math.ceil(length / Math.ceil(length / count)) === count,
          );
        const expected = [];
        for (const batch of useful(lengths.batch))
          for (const groups of useful(lengths.groups))
            for (const outputRows of useful(lengths.outputRows))
              for (const outputChannels of useful(lengths.outputChannels)) {
                const used = batch * groups * outputRows * outputChannels;
                if (used > cores) continue;
                const raise = (length: number, count: number) =>
                  useful(length).some((more) => more > count && (used / count) * more <= cores);
                if (raise(lengths.batch, batch) || raise(lengths.groups, groups)) continue;
                if (raise(lengths.outputRows, outputRows) || raise(lengths.outputChannels, outputChannels)) continue;
                expected.push({ batch, groups, outputRows, outputChannels });
              }
        expect(coreSplits(nestOf(lengths), cores)).toEqual(expected);
      }),
    );
  });
});
