import { describe, expect, it } from 'vitest';
import { residencyProblem, type TableLayer } from '../../test/properties/residency.test-data.js';
import { mappingOf } from '../../test/properties/residency.test-data.js';
import { NoRoom, planResidency } from './residency.js';
import type { ResidencyPlan, ResidencyProblem } from './residency-problem.js';

/** Each layer works 10 cycles and waits 5 for each operand off-chip, in which it needs a tile of 10 bytes. */
function tilesOf(
  layers: readonly (Pick<TableLayer, 'inputs' | 'inPlace'> & { readonly outputBytes?: number })[],
  bytes: number,
  capacity: number,
) {
  const shapes = layers.map((layer) => ({
    outputBytes: bytes,
    ...layer,
    weightBytes: 0,
    mappings: [],
    relief: [],
  }));
  const base = residencyProblem({
    layers: shapes,
    networkInputBytes: bytes,
    cores: 1,
    scratchpadBytesPerCore: capacity,
  });
  return {
    ...base,
    best: (_layer, inputsOnChip, outputWritten, _weights, free) => {
      const offChip = inputsOnChip.filter((onChip) => !onChip).length + (outputWritten ? 1 : 0);
      return offChip * 10 <= free ? mappingOf(offChip * 10, 10 + offChip * 5, offChip) : undefined;
    },
  } satisfies ResidencyProblem;
}

function planned(problem: ResidencyProblem) {
  const plan = planResidency(problem, 0, false);
  if (plan instanceof NoRoom) throw new Error(`no room for layer ${plan.layer}`);
  return { plan, cycles: cyclesOf(plan) };
}

function cyclesOf(plan: ResidencyPlan): number {
  return plan.layers.reduce((sum, { mapping }) => sum + mapping.cycles, 0);
}

describe('planResidency, a shortcut around one layer: a = f(x), b = g(a), y = b + a, tensors of 100 bytes', () => {
  // Tensors 0 (x) to 3 (y).
  const layers = [
    { inputs: [0], inPlace: false },
    { inputs: [1], inPlace: false },
    { inputs: [2, 1], inPlace: false },
  ];

  it('keeps both a and b where both fit', () => {
    // x in: 15. Nothing: 10. y out: 15. At the sum 200 bytes are kept and one tile of 10 is needed.
    const { plan, cycles } = planned(tilesOf(layers, 100, 210));
    expect(plan.readersOnChip).toEqual([0, 2, 1, 0]);
    expect(cycles).toBe(40);
    expect(plan.layers.map(({ occupiedBytes }) => occupiedBytes)).toEqual([110, 200, 210]);
    expect(plan.exact).toBe(true);
  });

  it('keeps the shortcut for both its readers where only one tensor fits', () => {
    // a kept for both: 15, then b out 15, then b in and y out 20: 50. b kept alone: a out 20, a in 15, a in and y out
    // 20: 55. a kept for its first reader only, and written as well: 20 + 15 + 25.
    const { plan, cycles } = planned(tilesOf(layers, 100, 150));
    expect(plan.readersOnChip).toEqual([0, 2, 0, 0]);
    expect(cycles).toBe(50);
    expect(plan.layers[2]).toMatchObject({ inputsOnChip: [false, true], outputWritten: true });
  });

  it('keeps nothing where nothing fits', () => {
    const { plan, cycles } = planned(tilesOf(layers, 100, 99));
    expect(plan.readersOnChip).toEqual([0, 0, 0, 0]);
    expect(cycles).toBe(20 + 20 + 25);
  });

  it('says at which layer there is no room even for tiles', () => {
    // Only the sum needs three tiles at once.
    const plan = planResidency(tilesOf(layers, 100, 29), 0, false);
    expect(plan).toBeInstanceOf(NoRoom);
    expect(plan).toMatchObject({ layer: 2 });
  });
});

describe('planResidency, a tensor that is written and read on chip once', () => {
  it('keeps it for its first reader where it would be in the way later', () => {
    // a is read by b and, at the end, by d; c is large and between them. a and c do not fit together, and c on chip
    // saves as much as a's second read. Kept for one reader: a out 20, b in chip 10 (b kept), c 10, d reads c and a.
    const layers = [
      { inputs: [0], inPlace: false },
      { inputs: [1], inPlace: false },
      { inputs: [2], inPlace: false },
      { inputs: [3, 1], inPlace: false },
    ];
    // At the second layer a and b are kept, 200 bytes; at the third a, b and c would be 300.
    const { plan, cycles } = planned(tilesOf(layers, 100, 220));
    expect(plan.readersOnChip).toEqual([0, 1, 1, 1, 0]);
    expect(plan.layers[0]).toMatchObject({ outputWritten: true });
    // 20 (x in, a out as well) + 10 + 10 + 20 (a in, y out).
    expect(cycles).toBe(60);
  });
});

describe('planResidency in place', () => {
  const chain = (inPlace: boolean) => [
    { inputs: [0], inPlace: false },
    { inputs: [1], inPlace },
    { inputs: [2], inPlace: false },
  ];

  it('lets an elementwise output take the place of an input that dies', () => {
    // 100 bytes are all there ever is; at either end a tile of 10 beside them.
    const { plan, cycles } = planned(tilesOf(chain(true), 100, 110));
    expect(plan.readersOnChip).toEqual([0, 1, 1, 0]);
    expect(cycles).toBe(15 + 10 + 15);
    expect(plan.layers[1]!.occupiedBytes).toBe(100);
  });

  it('needs both places otherwise', () => {
    expect(planned(tilesOf(chain(false), 100, 199)).cycles).toBe(15 + 15 + 20);
    expect(planned(tilesOf(chain(false), 100, 200)).cycles).toBe(40);
  });

  it('takes the place of one input, not of two: what is larger than either needs more', () => {
    const joined = [
      { inputs: [0], inPlace: false },
      { inputs: [0], inPlace: false },
      { inputs: [1, 2], inPlace: true, outputBytes: 150 },
      { inputs: [3], inPlace: false },
    ];
    // Two inputs of 100, of which one makes way for 100 of the 150.
    const { plan } = planned(tilesOf(joined, 100, 250));
    expect(plan.readersOnChip).toEqual([0, 1, 1, 1, 0]);
    expect(plan.layers[2]!.occupiedBytes).toBe(250);
    expect(planned(tilesOf(joined, 100, 249)).plan.readersOnChip).not.toEqual([0, 1, 1, 1, 0]);
  });

  it('does not overwrite an input that is read again', () => {
    const read = [...chain(true).slice(0, 2), { inputs: [2, 1], inPlace: false }];
    // Both are kept at the end: 210 with the tile of the output.
    expect(planned(tilesOf(read, 100, 210)).plan.readersOnChip).toEqual([0, 2, 1, 0]);
    expect(planned(tilesOf(read, 100, 209)).plan.readersOnChip).not.toEqual([0, 2, 1, 0]);
  });
});

describe('planResidency over cores', () => {
  it('shares what is kept among them, rounded up, and tells each core what is left', () => {
    // 100 bytes over 3 cores are 34 on each: 44 with a tile.
    const layers = [
      { inputs: [0], inPlace: false },
      { inputs: [1], inPlace: false },
    ];
    const on = (capacity: number): ResidencyProblem => ({ ...tilesOf(layers, 100, capacity), cores: 3 });
    expect(planned(on(44)).plan.readersOnChip).toEqual([0, 1, 0]);
    expect(planned(on(43)).plan.readersOnChip).toEqual([0, 0, 0]);
    expect(planned(on(44)).plan.layers[0]!.occupiedBytes).toBe(100 + 3 * 10);
  });
});

describe('planResidency beyond its limit', () => {
  /** All heads are read at the end, by one layer: every subset of them is another state. */
  const heads = (count: number): ResidencyProblem =>
    tilesOf(
      [
        ...Array.from({ length: count }, () => ({ inputs: [0], inPlace: false })),
        { inputs: Array.from({ length: count }, (_, index) => index + 1), inPlace: false },
      ],
      1,
      10_000,
    );

  it('is exact while it can keep all states, and says so where it cannot', () => {
    expect(planned(heads(8)).plan.exact).toBe(true);
    const { plan, cycles } = planned(heads(10));
    expect(plan.exact).toBe(false);
    // All heads on chip are the fastest way to every state, so nothing was lost here.
    expect(cycles).toBe(10 * 15 + 15);
  });
});
