import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchMappings } from '../mapping/index.js';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { communicationBoundBytes } from './communication-bound.js';
import { LayerPricer } from './pricer.js';

// One element, at 8 bits and sums of 32: registers of 2 x 6 bytes.
const tiny = { rows: 1, columns: 1 };

describe('communicationBoundBytes', () => {
  it('is sqrt(2) MACs / sqrt(S) - 4 S for a product at one byte each', () => {
    // 64 x 64 by 64 x 64 with 100 bytes in all.
    const product = problemOf({ outputRows: 64, inputChannels: 64, outputChannels: 64 });
    const machine = machineOf({ ...tiny, scratchpadBytes: 88 });
    expect(communicationBoundBytes(product, machine)).toBe(Math.floor((Math.SQRT2 * 64 ** 3) / 10 - 400));
    // Narrower operands move less: a sixteenth of the product of their widths is a quarter of the bytes. 2 x (0.5 + 1 + 4)
    // bytes are in registers.
    const narrow = { ...product, inputBits: 4, inputWidthBits: 4, secondBits: 2, outputBits: 4 };
    const small = machineOf({ ...tiny, scratchpadBytes: 89 });
    const widths = { ...narrow, secondWidthBits: 8 };
    expect(communicationBoundBytes(widths, small)).toBe(Math.floor((Math.SQRT2 * 64 ** 3) / 4 / 10 - 400));
  });

  it('allows for windows that overlap: each input lies in up to 9 of a 3x3 kernel, in 4 at stride 2', () => {
    const shape = {
      outputRows: 64,
      outputColumns: 64,
      kernelRows: 3,
      kernelColumns: 3,
      inputChannels: 16,
      outputChannels: 16,
    };
    const macs = 64 * 64 * 9 * 16 * 16;
    const machine = machineOf({ ...tiny, scratchpadBytes: 88 });
    const bound = (fields: object) => communicationBoundBytes(problemOf({ ...shape, ...fields }), machine);
    expect(bound({})).toBe(Math.floor((Math.SQRT2 * macs) / 10 / 3 - 400));
    expect(bound({ strideRows: 2, strideColumns: 2 })).toBe(Math.floor((Math.SQRT2 * macs) / 10 / 2 - 400));
    // With taps as far apart as windows are, an input of the right parity lies in 3 x 3 windows again.
    const apart = { strideRows: 2, strideColumns: 2, dilationRows: 2, dilationColumns: 2 };
    expect(bound(apart)).toBe(Math.floor((Math.SQRT2 * macs) / 10 / 3 - 400));
  });

  it('takes outputs as no wider than the sums they are rounded from', () => {
    // Outputs of 9 bits in words of 16, summed in 9: a schedule may move them as sums.
    const product = problemOf(
      { outputRows: 64, inputChannels: 64, outputChannels: 64 },
      { outputBits: 16, accumulatorBits: 9 },
    );
    const machine = machineOf({ ...tiny, scratchpadBytes: 88 });
    // Registers of 2 x (8 + 8 + 9) bits: 6.25 bytes.
    const memory = 88 + 6.25;
    expect(communicationBoundBytes(product, machine)).toBe(
      Math.floor(Math.SQRT2 * 64 ** 3 * Math.sqrt(9 / 8 / memory) - 4 * memory),
    );
  });

  it('says nothing where an operand is resident, memory is large, or there is nothing to reuse', () => {
    const product = problemOf({ outputRows: 64, inputChannels: 64, outputChannels: 64 });
    expect(communicationBoundBytes({ ...product, secondBits: 0 }, machineOf({ ...tiny, scratchpadBytes: 88 }))).toBe(0);
    expect(communicationBoundBytes(product, machineOf({ ...tiny, capacityKiB: 64 }))).toBe(0);
    expect(communicationBoundBytes({ ...product, engine: 'vector' }, machineOf({ ...tiny, scratchpadBytes: 88 }))).toBe(
      0,
    );
  });

  it('is never above the fewest bytes that a mapping moves', () => {
    const draw = fc.record({
      fields: fc.record({
        outputRows: fc.integer({ min: 8, max: 40 }),
        outputColumns: fc.integer({ min: 1, max: 4 }),
        inputChannels: fc.integer({ min: 8, max: 48 }),
        outputChannels: fc.integer({ min: 8, max: 48 }),
        groups: fc.constantFrom(1, 1, 2),
        kernelRows: fc.constantFrom(1, 1, 3),
        strideRows: fc.constantFrom(1, 2),
        dilationRows: fc.constantFrom(1, 2),
      }),
      bits: fc.record({
        inputBits: fc.constantFrom(1, 4, 8, 16),
        secondBits: fc.constantFrom(1, 4, 8, 16),
        outputBits: fc.constantFrom(1, 4, 8, 16),
        accumulatorBits: fc.constantFrom(4, 16, 32),
      }),
      sketch: fc.record({
        rows: fc.constantFrom(1, 2),
        columns: fc.constantFrom(1, 2),
        scratchpadBytes: fc.integer({ min: 20, max: 400 }),
        shared: fc.constantFrom(null, null, { bytes: 200, bytesPerCycle: Infinity }),
        dataflows: fc.constantFrom(['weight-stationary'] as const, ['output-stationary'] as const),
      }),
    });
    let binding = 0;
    fc.assert(
      fc.property(draw, ({ fields, bits, sketch }) => {
        const machine = machineOf(sketch);
        const problem = problemOf(fields, bits);
        const pricer = new LayerPricer(problem, machine);
        const frontier = searchMappings(problem, machine, pricer, { objective: 'off-chip-bytes' });
        const best = frontier.best(machine.sharedBuffer?.bytes ?? machine.scratchpadBytesPerCore);
        if (best === undefined) return;
        const bound = communicationBoundBytes(problem, machine);
        expect(best.offChipBytes).toBeGreaterThanOrEqual(bound);
        if (bound > 0) binding += 1;
      }),
      { numRuns: 100 },
    );
    expect(binding).toBeGreaterThan(20);
  });
});
