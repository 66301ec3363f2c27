import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyNetwork } from '../../test/properties/networks.test-data.js';
import { archOf } from '../../test/properties/machines.test-data.js';
import { AccelsimError } from '../errors.js';
import { simulateRun } from './runs.js';
import { sweep, type SweepQuestion } from './sweep.js';

/** Each point by itself, as a run without the others. */
function oneByOne(question: SweepQuestion) {
  const { arch, network, mode } = question;
  return question.cores.flatMap((cores) =>
    question.bits.flatMap((bits) =>
      question.bandwidthsGBps.flatMap((bandwidthGBps) =>
        question.scratchpadKiB.map((scratchpadKiB) => {
          const own = { ...arch, cores, scratchpad: { ...arch.scratchpad, capacityKiB: scratchpadKiB } };
          const point = { cores, bits, bandwidthGBps, scratchpadKiB };
          try {
            const { totals } = simulateRun({ arch: own, network, mode }, { policy: 'edges', bits }, bandwidthGBps);
            const { totalCycles, latencyMs, offChipBytes } = totals;
            return { ...point, totals: { totalCycles, latencyMs, offChipBytes: offChipBytes.total } };
          } catch (error) {
            if (!(error instanceof AccelsimError)) throw error;
            return { ...point, totals: null };
          }
        }),
      ),
    ),
  );
}

describe('sweep', () => {
  it('answers each point as a run by itself does, in the order of the axes', () => {
    fc.assert(
      fc.property(anyNetwork, fc.constantFrom('latency' as const, 'throughput' as const), (network, mode) => {
        const question: SweepQuestion = {
          arch: archOf({ cores: 2, capacityKiB: 2, bandwidthGBps: 3 }),
          network,
          mode,
          bits: [8, 2],
          bandwidthsGBps: [1, 16, Infinity],
          scratchpadKiB: [1, 4, 2],
          cores: [1, 3],
        };
        expect([...sweep(question)]).toEqual(oneByOne(question));
      }),
      { numRuns: 15 },
    );
  });
});
