import { describe, expect, it } from 'vitest';
import { machineOf, type MachineSketch } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { searchMappings, type LayerProblem } from '../mapping/index.js';
import type { LayerBits } from '../precision/index.js';
import { buildNetwork } from '../workload/index.js';
import { scratchpadBytes } from './delivery.js';
import { energySums } from './energy-sums.js';
import { LayerPricer } from './pricer.js';

const bits: LayerBits = { weightBits: 16, activationBits: 16, outputBits: 16, accumulatorBits: 32 };

function nestOf(features: number, outputFeatures: number) {
  return buildNetwork({
    name: 'one linear layer',
    inputs: [{ name: 'x', channels: features, height: 1, width: 1 }],
    layers: [{ name: 'fc', kind: 'linear', input: 'x', outputFeatures }],
  }).layers[0]!.nest;
}

function sumsOf(problem: LayerProblem, sketch: Partial<MachineSketch>, widths = bits) {
  const machine = machineOf(sketch);
  const pricer = new LayerPricer(problem, machine);
  const mapping = searchMappings(problem, machine, pricer).best(machine.scratchpadBytesPerCore)!;
  pricer.price({ ...mapping.candidate });
  return { sums: energySums(widths, problem, mapping, pricer.traffic, machine), mapping };
}

const small = problemOf(nestOf(4, 4), { inputBits: 16, secondBits: 16, outputBits: 16 });

describe('energySums', () => {
  it('counts what one core does', () => {
    // 16 MACs clock two operands of 16 bits and a sum of 32 bits each. 8 bytes of inputs, 32 of weights and 8 of outputs
    // move over the interconnect and the channel; the array reads 8 and 32 bytes of them, and writes 4 sums of 4 bytes.
    const { sums, mapping } = sumsOf(small, { rows: 4, columns: 4, bandwidthGBps: 8 });
    expect(sums).toEqual({
      macs: [{ weightBits: 16, activationBits: 16, macs: 16 }],
      registerBits: 16 * 64,
      scratchpadBytes: 48 + 56,
      sharedBufferBytes: 0,
      interconnectBytes: 48,
      deliveredBytes: 48,
      offChipBytes: 48,
      vectorOperations: 0,
    });
    expect(sums.scratchpadBytes - sums.deliveredBytes).toBe(scratchpadBytes(mapping.candidate, small));
  });

  it('clocks registers as wide as they were built, however narrow the operands, but shares them among lanes', () => {
    const narrow = { ...bits, weightBits: 4, activationBits: 4 };
    // Four lanes of 4 bits in a 16-bit unit: the 64 bits of an element for each four MACs.
    expect(sumsOf({ ...small, lanes: 4 }, {}, narrow).sums.registerBits).toBe(16 * 16);
    // Units of 4 bits take 16 by 16 bits in 16 passes, of 4 + 4 + 32 bits each.
    expect(sumsOf({ ...small, passes: 16 }, { mac: 'dedicated' }).sums.registerBits).toBe(16 * 16 * 40);
  });

  it.each([
    [true, 48],
    [false, 48 + 8],
  ])('hands both cores the inputs they share (multicast: %s)', (multicast, interconnectBytes) => {
    // Each of two cores makes two of the four outputs, from all 8 bytes of inputs and 16 bytes of weights of its own.
    const { sums, mapping } = sumsOf(small, { cores: 2, rows: 4, columns: 2, bandwidthGBps: 8, multicast });
    expect(mapping.split.outputChannels).toBe(2);
    expect(sums).toMatchObject({ interconnectBytes, deliveredBytes: 48 + 8 });
    // Both arrays read the inputs, and each its weights; four sums are written.
    expect(sums.scratchpadBytes - sums.deliveredBytes).toBe(2 * 8 + 32 + 16);
    expect(sums.offChipBytes).toBe(multicast ? 48 : 48 + 8);
  });

  it.each([
    [true, 8 + 32 + 8],
    [false, 8 + 2 * 32 + 8],
  ])('hands the weights to all cores that share rows (multicast: %s)', (multicast, interconnectBytes) => {
    // Each of two cores makes one of two rows, from 4 bytes of inputs of its own and all 32 bytes of weights.
    const rows = problemOf(
      { outputRows: 2, inputChannels: 2, outputChannels: 8 },
      { inputBits: 16, secondBits: 16, outputBits: 4 },
    );
    const machine = machineOf({ cores: 2, rows: 2, columns: 8, bandwidthGBps: 8, multicast });
    const mapping = searchMappings(rows, machine, new LayerPricer(rows, machine))
      .all()
      .findLast(({ split }) => split.outputRows === 2)!;
    const pricer = new LayerPricer(rows, machine);
    pricer.price({ ...mapping.candidate });
    expect(energySums(bits, rows, mapping, pricer.traffic, machine)).toMatchObject({
      interconnectBytes,
      deliveredBytes: 8 + 2 * 32 + 8,
    });
  });

  it('has no MACs on the vector unit, but operations', () => {
    const vector = {
      ...small,
      engine: 'vector',
      secondBits: 0,
      secondWidthBits: 0,
      vectorOperationsPerOutput: 3,
    } as const;
    // Four outputs, each of four inputs: three operations an output, and 4 x 4 + 4 values of 2 bytes.
    const { sums } = sumsOf(vector, { bandwidthGBps: 8 });
    expect(sums).toMatchObject({ macs: [], registerBits: 0, vectorOperations: 12 });
    expect(sums.scratchpadBytes - sums.deliveredBytes).toBe(2 * (4 * 4 + 4));
  });
});
