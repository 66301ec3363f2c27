/** Random tables for residency. */
import * as fc from 'fast-check';
import type { Relief, TableLayer, TableChain, Tables } from './residency.test-data.js';
import { tensorsOf } from './residency.test-data.js';

export interface Scale {
  readonly layers: number;
  readonly tensorBytes: number;
  readonly weightBytes: number;
  readonly bufferBytes: number;
  readonly scratchpads: readonly number[];
  readonly chains?: boolean;
  readonly prefetches?: boolean;
}

const percents = fc.record({
  buffer: fc.constantFrom(0, 10, 20),
  cycles: fc.constantFrom(0, 1, 10, 20),
  bytes: fc.constantFrom(0, 5, 20),
});

/** A layer reads the tensor before it or an earlier one, and up to two more. */
function layerOf(index: number, scale: Scale): fc.Arbitrary<TableLayer> {
  const earlier = fc.integer({ min: 0, max: index });
  const draw = fc.record({
    first: fc.oneof({ weight: 2, arbitrary: fc.constant(index) }, earlier),
    more: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(earlier, { maxLength: 2 })),
    inPlace: fc.boolean(),
    // Outputs of the same size, of which a concatenation may tell none from another.
    usual: fc.boolean(),
    isConcatenation: fc.boolean(),
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
    relief: fc.array(percents, { minLength: 5, maxLength: 5 }),
  });
  return draw.map(({ first, more, usual, isConcatenation, outputBytes, relief, ...rest }) => {
    const inputs = [...new Set([first, ...more])];
    const ofInputs: Relief[] = inputs.map((_, at) => relief[isConcatenation ? 0 : at]!);
    return {
      ...rest,
      inputs,
      outputBytes: usual ? Math.ceil(scale.tensorBytes / 2) : outputBytes,
      // Reliefs never sum above 100.
      relief: [...ofInputs, relief[3]!, relief[4]!],
      ...(isConcatenation ? { alike: inputs.map(() => 7) } : {}),
    };
  });
}

/** Chains with shortcuts, forks and joins. */
export function tablesOf(scale: Scale): fc.Arbitrary<Tables> {
  return fc.integer({ min: 1, max: scale.layers }).chain((count) =>
    fc
      .record({
        layers: fc.tuple(...Array.from({ length: count }, (_, index) => layerOf(index, scale))),
        networkInputBytes: fc.constant(50),
        cores: fc.constantFrom(1, 2, 3),
        scratchpadBytesPerCore: fc.constantFrom(...scale.scratchpads),
        floorPercent: fc.constantFrom(0, 50, 100),
        prefetches: fc.constant(scale.prefetches ?? false),
        held: fc.array(fc.integer({ min: 1, max: Math.ceil(scale.tensorBytes / 2) }), { minLength: 6, maxLength: 6 }),
        percent: fc.constantFrom(60, 90, 110),
      })
      .map(({ held, percent, ...tables }) => ({
        ...tables,
        chains: scale.chains ? chainsOf(tables, held, percent) : [],
      })),
  );
}

/** Every chain of two or three layers that what lies between allows, each in two ways. */
function chainsOf(tables: Tables, held: readonly number[], percent: number): TableChain[] {
  const tensors = tensorsOf(tables);
  const chains: TableChain[] = [];
  for (let first = 0; first < tables.layers.length; first++)
    for (let last = first + 1; last < Math.min(first + 3, tables.layers.length); last++) {
      const between = tensors.slice(first + 1, last + 1);
      const isInside = between.every(
        ({ consumers }) => consumers.length > 0 && consumers.every((reader) => reader > first && reader <= last),
      );
      if (!isInside) continue;
      for (const weightsStay of [false, true]) {
        const heldBytes = held[chains.length % held.length]!;
        chains.push({ first, last, heldBytes, weightsStay, percent });
      }
    }
  return chains;
}
