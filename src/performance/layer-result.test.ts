import { describe, expect, it } from 'vitest';
import { machineOf } from '../../test/properties/machines.test-data.js';
import { problemOf } from '../../test/properties/problems.test-data.js';
import { mappingOf } from '../../test/properties/residency.test-data.js';
import { loopOrders, searchMappings, type LayerDecision, type LayerProblem } from '../mapping/index.js';
import type { LayerBits } from '../precision/index.js';
import { buildNetwork, type Layer } from '../workload/index.js';
import { compulsoryBytes } from './compulsory-bytes.js';
import { timeLayer } from './layer-result.js';
import { LayerPricer } from './pricer.js';

const bits: LayerBits = { weightBits: 16, activationBits: 16, outputBits: 16, accumulatorBits: 32 };

const energyPj = {
  mac: null,
  registers: null,
  scratchpad: null,
  sharedBuffer: null,
  interconnect: null,
  offChip: null,
  vector: null,
  leakage: null,
  total: null,
};

/** 4 features to 4: a product of 1 x 4 by 4 x 4. */
const linear: Layer = buildNetwork({
  name: 'one linear layer',
  inputs: [{ name: 'x', channels: 4, height: 1, width: 1 }],
  layers: [{ name: 'fc', kind: 'linear', input: 'x', outputFeatures: 4 }],
}).layers[0]!;
const problem: LayerProblem = problemOf(linear.nest, { inputBits: 16, secondBits: 16, outputBits: 16 });
const machine = machineOf({ rows: 4, columns: 4, bandwidthGBps: 8 });

function decide(asked: LayerProblem, on = machine, rest: Partial<LayerDecision> = {}): LayerDecision {
  const mapping = searchMappings(asked, on, new LayerPricer(asked, on)).best(on.scratchpadBytesPerCore)!;
  return {
    mapping,
    inputsOnChip: [false],
    outputWritten: true,
    weightsOnChip: false,
    occupiedBytes: mapping.bufferBytesPerCore,
    ...rest,
  };
}

describe('timeLayer', () => {
  it('says what a layer of 16 MACs costs', () => {
    // One fold of 1 + 2 x 4 + 4 - 2 = 11 cycles. 8 bytes of inputs and 32 of weights take 5, 8 of outputs 1. 16 MACs at
    // 16 per cycle over 17 cycles. The array reads 8 bytes of inputs and 32 of weights, and writes 4 sums of 32 bits.
    expect(timeLayer(linear, bits, problem, decide(problem), machine)).toEqual({
      name: 'fc',
      kind: 'linear',
      macs: 16,
      weightBits: 16,
      activationBits: 16,
      outputBits: 16,
      accumulatorBits: 32,
      computeCycles: 11,
      stallCycles: 6,
      totalCycles: 17,
      peakMacsPerCycle: 16,
      utilization: 1 / 17,
      offChipBytes: { weights: 32, inputs: 8, outputs: 8, total: 48 },
      compulsoryBytes: 48,
      leastBytes: 48,
      scratchpadBytesPerCore: 56,
      sharedBufferBytes: null,
      interconnectBytes: null,
      offChipCycles: 6,
      // The machine gives no energies; it has no shared buffer.
      energyPj: { ...energyPj, sharedBuffer: 0 },
      bound: 'compute',
      resident: [],
      mapping: {
        dataflow: 'weight-stationary',
        coreSplit: { batch: 1, groups: 1, outputRows: 1, outputChannels: 1 },
        tile: { batch: 1, groups: 1, outputRows: 1, outputColumns: 1, outputChannels: 4, inputChannels: 4 },
        doubleBuffered: [],
        staged: [],
        loopOrder: [],
        tiles: 1,
        folds: 1,
        bufferBytesPerCore: 8 + 32 + 16,
        search: decide(problem).mapping.search,
      },
    });
  });

  it('is bound by memory where the channel works for longer than the array', () => {
    // 48 bytes at 2 per cycle are 24 cycles.
    const slow = machineOf({ bandwidthGBps: 2 });
    const result = timeLayer(linear, bits, problem, decide(problem, slow), slow);
    expect(result).toMatchObject({ bound: 'memory', offChipCycles: 24, totalCycles: 20 + 11 + 4 });
  });

  it('is bound by the scratchpad where the array waits for it', () => {
    // 56 bytes at 2 per cycle are 28 cycles, against 11 of the array and 6 of the channel.
    const slow = machineOf({ bandwidthGBps: 8, scratchpadBytesPerCycle: 2 });
    const result = timeLayer(linear, bits, problem, decide(problem, slow), slow);
    expect(result).toMatchObject({ bound: 'scratchpad', computeCycles: 11, totalCycles: 5 + 28 + 1 });
  });

  it('is bound on chip where what connects the cores takes longest', () => {
    // 48 bytes at 2 per cycle: 20 to load, 4 to store.
    const slow = machineOf({ bandwidthGBps: 8, interconnectBytesPerCycle: 2 });
    const result = timeLayer(linear, bits, problem, decide(problem, slow), slow);
    expect(result).toMatchObject({ bound: 'on-chip', totalCycles: 20 + 11 + 4, interconnectBytes: 48 });
    expect(result.sharedBufferBytes).toBeNull();
  });

  it('says what lies in the shared buffer, and what crosses to the cores', () => {
    const shared = machineOf({ bandwidthGBps: 8, shared: { bytes: 1024, bytesPerCycle: 4 } });
    const asked = { ...problem, inputBits: 0, sharedInputBits: 16 };
    // 8 bytes of inputs take 2 cycles behind 4 of the channel for 32 of weights; 8 of outputs 1.
    expect(timeLayer(linear, bits, asked, decide(asked, shared), shared)).toMatchObject({
      totalCycles: 4 + 11 + 1,
      offChipBytes: { total: 40 },
      sharedBufferBytes: 8,
      interconnectBytes: 48,
    });
  });

  it('counts the weights of the next layer with its own', () => {
    const asked = { ...problem, prefetchBytes: 100 };
    // 100 bytes take 12.5 cycles, which 11 of compute do not hide: 5 + 12.5 + 1.
    const result = timeLayer(linear, bits, asked, decide(asked), machine);
    expect(result).toMatchObject({
      totalCycles: 19,
      offChipBytes: { weights: 132, inputs: 8, outputs: 8, total: 148 },
    });
  });

  it('names what is double-buffered, of what has more than one tile, and what is staged', () => {
    const { mapping } = decide(problem);
    const named = (fields: object, doubled: number, staged: number, asked = problem) => {
      const candidate = { ...mapping.candidate, ...fields };
      const decision = { ...decide(problem), mapping: { ...mapping, candidate, doubled, staged } };
      const { doubleBuffered, staged: names } = timeLayer(linear, bits, asked, decision, machine).mapping;
      return [doubleBuffered, names];
    };
    expect(named({ pixelTrips: 2 }, 7, 0)).toEqual([['input', 'output'], []]);
    expect(named({ channelTrips: 2 }, 7, 0)).toEqual([['weights', 'output'], []]);
    expect(named({ reductionTrips: 2 }, 5, 3)).toEqual([['input'], ['input', 'weights']]);
    expect(named({ groupTrips: 2 }, 2, 4)).toEqual([['weights'], ['output']]);
    expect(named({ groupTrips: 2 }, 7, 0, { ...problem, inputBits: 0 })).toEqual([['weights', 'output'], []]);
  });

  it('counts partial sums as outputs', () => {
    // 20 outputs at 16 bits in 2 tiles, each visited twice with the reduction outside: 40 bytes of outputs, and sums of
    // 32 bits that leave and return once, 2 x 80 bytes. 10 inputs stay, 40 weights cross once.
    const base = mappingOf(100, 500, 300);
    const order = loopOrders.findIndex((loops) => loops.join() === '0,2,1');
    const elements = { inputElements: 10, secondElements: 40, outputElements: 20, computeCycles: 50 };
    const candidate = { ...base.candidate, ...elements, channelTrips: 2, reductionTrips: 2, active: 6, order };
    const decision = { ...decide(problem), mapping: { ...base, order, candidate } };
    expect(timeLayer(linear, bits, problem, decision, machine).offChipBytes).toEqual({
      weights: 80,
      inputs: 20,
      outputs: 40 + 160,
      total: 300,
    });
  });

  it('names what is resident', () => {
    const onChip = { ...problem, inputBits: 0, secondBits: 0, outputBits: 0 };
    const decision = decide(onChip, machine, { inputsOnChip: [true], outputWritten: false, weightsOnChip: true });
    expect(timeLayer(linear, bits, onChip, decision, machine)).toMatchObject({
      resident: ['input', 'output', 'weights'],
      totalCycles: 11,
      stallCycles: 0,
      offChipBytes: { weights: 0, inputs: 0, outputs: 0, total: 0 },
      compulsoryBytes: 0,
    });
  });

  it('calls the input resident only where all inputs are', () => {
    const decision = decide(problem, machine, { inputsOnChip: [true, false] });
    expect(timeLayer(linear, bits, problem, decision, machine).resident).toEqual([]);
  });

  it('counts the second factor of a product of activations as an input', () => {
    const product: Layer = { ...linear, kind: 'matmul', secondOperand: 'activation', weightElements: 0 };
    const { offChipBytes } = timeLayer(product, bits, problem, decide(problem), machine);
    expect(offChipBytes).toEqual({ weights: 0, inputs: 40, outputs: 8, total: 48 });
  });

  it('counts rows that are looked up as weights, by their share of what comes with the indices', () => {
    // Two features at each of 4 places, 8 outputs: for each half an index of 4 bits comes along, and 16 bits of a row.
    const words = buildNetwork({
      name: 'one table',
      inputs: [{ name: 'ids', channels: 1, height: 4, width: 1 }],
      layers: [{ name: 'words', kind: 'embedding', input: 'ids', rows: 100, features: 2 }],
    }).layers[0]!;
    const asked = problemOf(words.nest, { engine: 'vector', inputBits: 18, secondBits: 0, outputBits: 16 });
    const { offChipBytes } = timeLayer(words, bits, asked, decide(asked), machine);
    expect(offChipBytes).toEqual({ weights: 16, inputs: 2, outputs: 16, total: 34 });
  });

  it('has neither peak nor folds on the vector unit', () => {
    const network = buildNetwork({
      name: 'one activation',
      inputs: [{ name: 'x', channels: 4, height: 2, width: 1 }],
      layers: [{ name: 'relu', kind: 'activation', input: 'x', function: 'relu' }],
    });
    const asked = problemOf(
      { groups: 4, outputRows: 2 },
      { engine: 'vector', secondBits: 0, vectorOperationsPerOutput: 1 },
    );
    const unlimited = machineOf({ bandwidthGBps: Infinity, vectorLanes: 3 });
    expect(timeLayer(network.layers[0]!, bits, asked, decide(asked, unlimited), unlimited)).toMatchObject({
      macs: 0,
      peakMacsPerCycle: 0,
      utilization: 0,
      // 8 operations on 3 lanes; 8 bytes in and out.
      computeCycles: 3,
      totalCycles: 3,
      offChipBytes: { weights: 0, inputs: 8, outputs: 8, total: 16 },
      bound: 'vector',
      mapping: { dataflow: null, folds: 0 },
    });
  });

  it('takes at least a cycle for each tile of the vector unit, however many lanes stand idle', () => {
    // 8 outputs on 4 lanes are 2 cycles in one tile or two. More tiles, to overlap more, are no cheaper than a cycle each.
    const asked = problemOf(
      { groups: 4, outputRows: 2 },
      { engine: 'vector', secondBits: 0, vectorOperationsPerOutput: 1 },
    );
    const { computeCycles, mapping } = timeLayer(linear, bits, asked, decide(asked), machine);
    expect(computeCycles).toBeGreaterThanOrEqual(mapping.tiles);
  });

  it('does not call a layer bound by compute that mostly waits for the channel to answer', () => {
    // An unlimited channel that answers after 1000 cycles: 11 cycles of compute, 1000 of waiting for memory.
    const far = machineOf({ bandwidthGBps: Infinity, latencyNs: 1000 });
    const result = timeLayer(linear, bits, problem, decide(problem, far), far);
    expect(result).toMatchObject({ computeCycles: 11, stallCycles: 1000, totalCycles: 1011 });
    expect(result.bound).toBe('memory');
  });
});

describe('compulsoryBytes', () => {
  it('is each operand once, without halos, padding or inputs that no window reads', () => {
    // 3x3 at stride 2, padding 1 over 8x8 to 4x4: rows -1..7 are read, all 8. 2 groups of 3 channels in, 5 out.
    const convolution = problemOf(
      {
        groups: 2,
        inputChannels: 3,
        outputChannels: 5,
        outputRows: 4,
        outputColumns: 4,
        kernelRows: 3,
        kernelColumns: 3,
        strideRows: 2,
        strideColumns: 2,
        inputRows: 8,
        inputColumns: 8,
        paddingTop: 1,
        paddingLeft: 1,
      },
      { inputBits: 4, secondBits: 2, outputBits: 8 },
    );
    // Inputs 6 x 64 at 4 bits, weights 2 x 5 x 3 x 9 at 2 bits (67.5 bytes), outputs 10 x 16 bytes.
    expect(compulsoryBytes(convolution)).toBe(192 + 68 + 160);
    // A 1x1 kernel at stride 2 reads a quarter.
    const skipping = problemOf({
      outputRows: 4,
      outputColumns: 4,
      strideRows: 2,
      strideColumns: 2,
      inputRows: 8,
      inputColumns: 8,
    });
    expect(compulsoryBytes(skipping)).toBe(16 + 1 + 16);
  });

  it('has what is loaded ahead for the next layer', () => {
    expect(compulsoryBytes(problemOf({ outputRows: 9 }, { prefetchBytes: 100 }))).toBe(9 + 1 + 9 + 100);
  });

  it('leaves out what is resident', () => {
    expect(compulsoryBytes(problemOf({ outputRows: 9 }, { inputBits: 0, secondBits: 0 }))).toBe(9);
  });
});
