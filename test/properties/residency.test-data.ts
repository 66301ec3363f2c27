/**
 * Residency problems made of tables: what a layer costs is looked up, not modelled.
 */
import * as fc from 'fast-check';
import type { Mapping, ResidencyLayer, ResidencyProblem, ResidencyTensor } from '../../src/mapping/index.js';

/** Each layer as a table: what it costs, and what having an operand on chip takes off. */
export interface TableLayer {
  readonly inputs: readonly number[];
  readonly inPlace: boolean;
  readonly weightBytes: number;
  readonly outputBytes: number;
  /** From little room to much: bytes per core that the mapping takes, its cycles and bytes with all operands off-chip. */
  readonly mappings: readonly { readonly buffer: number; readonly cycles: number; readonly bytes: number }[];
  /** Percent of each that an operand on chip takes off: each input, the output, the weights. */
  readonly relief: readonly { readonly buffer: number; readonly cycles: number; readonly bytes: number }[];
}

export interface Tables {
  readonly layers: readonly TableLayer[];
  readonly networkInputBytes: number;
  readonly cores: number;
  readonly scratchpadBytesPerCore: number;
}

/** Tensor 0 enters the network; tensor i + 1 is made by layer i. */
export function residencyProblem(tables: Tables): ResidencyProblem {
  const readers = tables.layers.map((_, index) => index);
  const tensors = [tables.networkInputBytes, ...tables.layers.map((layer) => layer.outputBytes)].map(
    (bytes, tensor): ResidencyTensor => ({
      bytes,
      producer: tensor - 1,
      consumers: readers.filter((reader) => tables.layers[reader]!.inputs.includes(tensor)),
    }),
  );
  const layers = tables.layers.map(
    ({ inputs, inPlace, weightBytes }, index): ResidencyLayer => ({ inputs, inPlace, weightBytes, output: index + 1 }),
  );
  const { cores, scratchpadBytesPerCore } = tables;
  return {
    layers,
    tensors,
    cores,
    scratchpadBytesPerCore,
    best: (layer, inputsOnChip, outputWritten, weightsOnChip, free) =>
      costOf(tables.layers[layer]!, [...inputsOnChip, !outputWritten, weightsOnChip], free),
  };
}

/** The cheapest row that fits; `onChip` by operand, as in `relief`. */
function costOf(layer: TableLayer, onChip: readonly boolean[], free: number): Mapping | undefined {
  const left = { buffer: 100, cycles: 100, bytes: 100 };
  for (const [operand, percent] of layer.relief.entries()) {
    if (!onChip[operand]) continue;
    left.buffer -= percent.buffer;
    left.cycles -= percent.cycles;
    left.bytes -= percent.bytes;
  }
  let best: Mapping | undefined;
  for (const row of layer.mappings) {
    const buffer = Math.ceil((row.buffer * left.buffer) / 100);
    const cycles = Math.ceil((row.cycles * left.cycles) / 100);
    const bytes = Math.ceil((row.bytes * left.bytes) / 100);
    if (buffer > free) continue;
    if (best === undefined || cycles < best.cycles || (cycles === best.cycles && bytes < best.offChipBytes))
      best = mappingOf(buffer, cycles, bytes);
  }
  return best;
}

/** A mapping of which only the figures matter. */
export function mappingOf(bufferBytesPerCore: number, cycles: number, offChipBytes: number): Mapping {
  return {
    dataflow: null,
    split: { batch: 1, groups: 1, outputRows: 1, outputChannels: 1 },
    pixelTile: {
      batch: 1,
      rows: 1,
      columns: 1,
      trips: 1,
      fullPixels: 1,
      fullCount: 1,
      restPixels: 0,
      restCount: 0,
      tileInputElements: 1,
      inputElements: 1,
    },
    groupTile: 1,
    channelTile: 1,
    reductionTile: 1,
    order: 0,
    bufferBytesPerCore,
    cycles,
    offChipBytes,
    candidate: {
      groupTrips: 1,
      pixelTrips: 1,
      channelTrips: 1,
      reductionTrips: 1,
      order: 0,
      active: 0,
      folds: 0,
      streamSteps: 0,
      streamTrips: 0,
      groupsPerCore: 1,
      preloads: false,
      outputsPerCore: 0,
      inputElements: 0,
      secondElements: 0,
      outputElements: 0,
      computeCycles: 0,
      minimumCycles: 0,
      minimumBytes: 0,
      cycles,
      offChipBytes,
    },
  };
}

const percents = fc.record({
  buffer: fc.constantFrom(0, 10, 25, 30),
  cycles: fc.constantFrom(0, 1, 10, 20, 30),
  bytes: fc.constantFrom(0, 5, 30),
});

interface Scale {
  readonly layers: number;
  readonly tensorBytes: number;
  readonly weightBytes: number;
  readonly bufferBytes: number;
  readonly scratchpads: readonly number[];
}

/** Chains with shortcuts, forks and joins: each layer reads the one before or any earlier tensor, and maybe another. */
export function tablesOf(scale: Scale): fc.Arbitrary<Tables> {
  const layer = (index: number) =>
    fc
      .record({
        first: fc.oneof({ weight: 2, arbitrary: fc.constant(index) }, fc.integer({ min: 0, max: index })),
        second: fc.option(fc.integer({ min: 0, max: index })),
        inPlace: fc.boolean(),
        weightBytes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: scale.weightBytes })),
        outputBytes: fc.integer({ min: 1, max: scale.tensorBytes }),
        mappings: fc.array(
          fc.record({
            buffer: fc.integer({ min: 1, max: scale.bufferBytes }),
            cycles: fc.integer({ min: 1, max: 60 }),
            bytes: fc.integer({ min: 0, max: 9 }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        relief: fc.array(percents, { minLength: 4, maxLength: 4 }),
      })
      .map(({ first, second, relief, ...rest }): TableLayer => {
        const inputs = second === null || second === first ? [first] : [first, second];
        // By operand: one entry for each input, then the output, then the weights; reliefs never sum above 100.
        return { ...rest, inputs, relief: relief.slice(0, inputs.length + 2).map(quarter) };
      });
  return fc.integer({ min: 1, max: scale.layers }).chain((count) =>
    fc.record({
      layers: fc.tuple(...Array.from({ length: count }, (_, index) => layer(index))),
      networkInputBytes: fc.constant(50),
      cores: fc.constantFrom(1, 2, 3),
      scratchpadBytesPerCore: fc.constantFrom(...scale.scratchpads),
    }),
  );
}

function quarter(percent: { buffer: number; cycles: number; bytes: number }) {
  return {
    buffer: Math.min(25, percent.buffer),
    cycles: Math.min(25, percent.cycles),
    bytes: Math.min(25, percent.bytes),
  };
}
