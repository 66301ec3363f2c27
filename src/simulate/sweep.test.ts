import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withEnergies } from '../../test/properties/energies.test-data.js';
import { anyNetwork } from '../../test/properties/networks.test-data.js';
import { archOf } from '../../test/properties/machines.test-data.js';
import type { Objective } from '../mapping/index.js';
import type { Mode } from '../performance/index.js';
import { sweep, type SweepQuestion } from './sweep.js';
import { simulateGrid } from './grid.js';

const anyMode = fc.constantFrom<Mode>('latency', 'throughput');
const anyObjective = fc.constantFrom<Objective | undefined>(undefined, 'off-chip-bytes', 'energy');

describe('sweep', () => {
  it('answers in the order of the axes, as a grid of the same points does', () => {
    fc.assert(
      fc.property(anyNetwork, anyMode, anyObjective, (network, mode, objective) => {
        const question: SweepQuestion = {
          arch: withEnergies(archOf({ cores: 2, capacityKiB: 2, bandwidthGBps: 3 })),
          network,
          mode,
          objective,
          bits: [8, 2],
          bandwidthsGBps: [1, 16, Infinity],
          scratchpadKiB: [1, 4, 2],
          cores: [1, 3],
        };
        const { arch } = question;
        const places = question.cores.flatMap((cores) =>
          question.bits.flatMap((bits) =>
            question.bandwidthsGBps.flatMap((bandwidthGBps) =>
              question.scratchpadKiB.map((scratchpadKiB) => ({ cores, bits, bandwidthGBps, scratchpadKiB })),
            ),
          ),
        );
        const points = places.map(({ cores, bits, bandwidthGBps, scratchpadKiB }) => ({
          arch: { ...arch, cores, scratchpad: { ...arch.scratchpad, capacityKiB: scratchpadKiB } },
          precision: { policy: 'edges', bits } as const,
          bandwidthGBps,
          objective,
        }));
        const answers = [...simulateGrid({ network, mode, points })];
        expect([...sweep(question)]).toEqual(answers.map(({ index, totals }) => ({ ...places[index], totals })));
      }),
      { numRuns: 5 },
    );
  });
});
