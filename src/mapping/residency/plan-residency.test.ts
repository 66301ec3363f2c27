import { describe, expect, it } from 'vitest';
import { mappingOf, pricedProblem, type PricedLayers } from '../../../test/properties/residency.test-data.js';
import { planResidency } from './plan-residency.js';
import { NoRoom, type ResidencyPlan } from './residency-plan.js';
import type { ResidencyProblem } from './residency-problem.js';

interface Shape {
  readonly inputs: readonly number[];
  readonly inPlace: boolean;
  readonly outputBytes?: number;
}

/** Each layer works 10 cycles and waits 5 for each operand off-chip, in which it needs a tile of 10 bytes. */
function tilesOf(layers: readonly Shape[], bytes: number, capacity: number): PricedLayers {
  return {
    layers: layers.map(({ inputs, inPlace }, index) => ({ inputs, inPlace, output: index + 1, weightBytes: 0 })),
    tensors: [bytes, ...layers.map((layer) => layer.outputBytes ?? bytes)].map((size, tensor) => ({
      bytes: size,
      producer: tensor - 1,
      consumers: layers.flatMap(({ inputs }, reader) => (inputs.includes(tensor) ? [reader] : [])),
    })),
    cores: 1,
    scratchpadBytesPerCore: capacity,
    best: (_layer, { inputsOnChip, outputWritten }, free) => {
      const offChip = inputsOnChip.filter((onChip) => !onChip).length + (outputWritten ? 1 : 0);
      return offChip * 10 <= free ? mappingOf(offChip * 10, 10 + offChip * 5, offChip) : undefined;
    },
  };
}

function planned(problem: PricedLayers): { readonly plan: ResidencyPlan; readonly cycles: number } {
  return plannedOf(pricedProblem(problem));
}

function plannedOf(problem: ResidencyProblem): { readonly plan: ResidencyPlan; readonly cycles: number } {
  const plan = planResidency(problem);
  if (plan instanceof NoRoom) throw new Error(`no room for layer ${plan.layer}`);
  return { plan, cycles: plan.cycles };
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
    expect(plan.steps.map(({ occupiedBytes }) => occupiedBytes)).toEqual([110, 200, 210]);
    expect(plan.exact).toBe(true);
  });

  it('keeps the shortcut for both its readers where only one tensor fits', () => {
    // a kept for both: 15, then b out 15, then b in and y out 20: 50. b kept alone: a out 20, a in 15, a in and y out
    // 20: 55. a kept for its first reader only, and written as well: 20 + 15 + 25.
    const { plan, cycles } = planned(tilesOf(layers, 100, 150));
    expect(plan.readersOnChip).toEqual([0, 2, 0, 0]);
    expect(cycles).toBe(50);
    expect(plan.steps[2]).toMatchObject({ inputsOnChip: [false, true], outputWritten: true });
  });

  it('keeps nothing where nothing fits', () => {
    const { plan, cycles } = planned(tilesOf(layers, 100, 99));
    expect(plan.readersOnChip).toEqual([0, 0, 0, 0]);
    expect(cycles).toBe(20 + 20 + 25);
  });

  it('says at which layer there is no room even for tiles', () => {
    // Only the sum needs three tiles at once.
    const plan = planResidency(pricedProblem(tilesOf(layers, 100, 29)));
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
    expect(plan.steps[0]).toMatchObject({ outputWritten: true });
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
    expect(plan.steps[1]!.occupiedBytes).toBe(100);
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
    expect(plan.steps[2]!.occupiedBytes).toBe(250);
    expect(planned(tilesOf(joined, 100, 249)).plan.readersOnChip).not.toEqual([0, 1, 1, 1, 0]);
  });

  it('does not overwrite an input that is read again', () => {
    const read = [...chain(true).slice(0, 2), { inputs: [2, 1], inPlace: false }];
    // Both are kept at the end: 210 with the tile of the output.
    expect(planned(tilesOf(read, 100, 210)).plan.readersOnChip).toEqual([0, 2, 1, 0]);
    expect(planned(tilesOf(read, 100, 209)).plan.readersOnChip).not.toEqual([0, 2, 1, 0]);
  });
});

describe('planResidency in place of what is read again', () => {
  it('writes over a copy whose later readers find it off-chip', () => {
    // a is read by b and, later, twice more. 120 bytes hold one tensor and two tiles. x in and a out 20 (a kept and
    // written), b in the place of a 10, c out 15, c and a in 20 (d kept), a in and e out 20. With a not kept b costs 15;
    // with b not in its place, b out and in.
    const layers = [
      { inputs: [0], inPlace: false },
      { inputs: [1], inPlace: true },
      { inputs: [2], inPlace: false },
      { inputs: [3, 1], inPlace: false },
      { inputs: [4, 1], inPlace: false },
    ];
    const { plan, cycles } = planned(tilesOf(layers, 100, 120));
    expect(plan.readersOnChip).toEqual([0, 1, 1, 0, 1, 0]);
    expect(cycles).toBe(20 + 10 + 15 + 20 + 20);
  });
});

describe('planResidency over cores', () => {
  it('shares what is kept among them, rounded up, and tells each core what is left', () => {
    // 100 bytes over 3 cores are 34 on each: 44 with a tile.
    const layers = [
      { inputs: [0], inPlace: false },
      { inputs: [1], inPlace: false },
    ];
    const on = (capacity: number): PricedLayers => ({ ...tilesOf(layers, 100, capacity), cores: 3 });
    expect(planned(on(44)).plan.readersOnChip).toEqual([0, 1, 0]);
    expect(planned(on(43)).plan.readersOnChip).toEqual([0, 0, 0]);
    expect(planned(on(44)).plan.steps[0]!.occupiedBytes).toBe(100 + 3 * 10);
  });
});

describe('planResidency, weights loaded while the layer before runs', () => {
  /**
   * Three layers of 100 bytes of weights, which take 40 cycles to come, in one tile; 10 cycles of work each. What comes
   * ahead hides behind the work of the layer before, up to its 10 cycles.
   */
  const layers = [0, 1, 2].map((index) => ({ inputs: [index], output: index + 1, inPlace: false, weightBytes: 100 }));
  const on = (capacity: number): PricedLayers => ({
    layers,
    tensors: [0, 1, 2, 3].map((tensor) => ({
      bytes: 1e9,
      producer: tensor - 1,
      consumers: tensor < 3 ? [tensor] : [],
    })),
    cores: 1,
    scratchpadBytesPerCore: capacity,
    prefetches: true,
    best: (_, { prefetchedQuarters, nextQuarters }, free) => {
      const left = 100 - 25 * prefetchedQuarters;
      const cycles = left * 0.4 + Math.max(10, nextQuarters * 10);
      return left <= free ? mappingOf(left, cycles, left + 25 * nextQuarters) : undefined;
    },
  });

  it('loads as much ahead as hides', () => {
    // A quarter takes 10 cycles, all of them hidden. More of it would only move the wait. 50 + 40 + 40.
    const { plan, cycles } = planned(on(1000));
    expect(plan.steps.map(({ nextQuarters }) => nextQuarters)).toEqual([1, 1, 0]);
    expect(plan.steps.map(({ prefetchedQuarters }) => prefetchedQuarters)).toEqual([0, 1, 1]);
    expect(cycles).toBe(50 + 40 + 40);
    // Its own weights (the part that came ahead included) and the quarter for the next.
    expect(plan.steps.map(({ occupiedBytes }) => occupiedBytes)).toEqual([125, 125, 100]);
  });

  it('keeps what came ahead until its layer is done, and needs the room for it', () => {
    expect(planned(on(125)).cycles).toBe(130);
    // All of a layer's weights in a tile leave no room for the next one's. 75 in a tile and 25 that came would; but for
    // them to come the layer before must have room.
    expect(planned(on(124)).cycles).toBe(150);
    expect(planned(on(100)).plan.steps.map(({ nextQuarters }) => nextQuarters)).toEqual([0, 0, 0]);
  });
});

describe('planResidency of many tensors that live at once', () => {
  const heads = (count: number, bytesOf: (head: number) => number, capacity: number, alike: boolean): PricedLayers => {
    const base = tilesOf(
      [
        ...Array.from({ length: count }, (_, head) => ({ inputs: [0], inPlace: false, outputBytes: bytesOf(head) })),
        { inputs: Array.from({ length: count }, (_, index) => index + 1), inPlace: false },
      ],
      1,
      capacity,
    );
    const join = base.layers.at(-1)!;
    return {
      ...base,
      layers: [...base.layers.slice(0, -1), alike ? { ...join, alike: join.inputs.map(() => 0) } : join],
    };
  };

  it('counts those that may change places, and stays exact', () => {
    // Forty heads of 11 bytes in 430, where the join has a tile of 10 for each that is off-chip and for its output: n of
    // them on chip take 11 n + 10 (40 - n) + 10 = 410 + n, so 20 fit. Each head 15 on chip, 20 off-chip, and 5 more at
    // the join.
    const { plan, cycles } = planned(heads(40, () => 11, 430, true));
    expect(plan.exact).toBe(true);
    expect(cycles).toBe(20 * 15 + 20 * (20 + 5) + 15);
  });

  it('says how far the plan may be from the best where it cannot try everything', () => {
    // Each of different size: every subset is a state of its own.
    // Of 11 to 34 bytes, in 300: off-chip all take 250, and the smallest on chip take 1, 2, ... more each, so the first
    // nine fit (45).
    const { plan, cycles } = planned(heads(24, (head) => 11 + head, 300, false));
    const best = 9 * 15 + 15 * (20 + 5) + 15;
    expect(cycles).toBeGreaterThanOrEqual(best);
    expect(plan.lowerBound).toBeLessThanOrEqual(best);
    expect(plan.lowerBound).toBeGreaterThanOrEqual(24 * 15 + 15);
    expect(plan.exact).toBe(plan.lowerBound === plan.cycles);
  });
});
