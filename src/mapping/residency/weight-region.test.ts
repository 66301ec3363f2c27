import { describe, expect, it } from 'vitest';
import { mappingOf, pricedProblem, type PricedLayers } from '../../../test/properties/residency.test-data.js';
import { NoRoom } from './residency-plan.js';
import { planWithWeightRegion, weightRegionSizes } from './weight-region.js';

describe('weightRegionSizes', () => {
  it('are none, the ladder of KiB to the whole memory, and all weights', () => {
    expect(weightRegionSizes(4096, 2500)).toEqual([0, 1024, 1536, 2048, 2500, 3072, 4096]);
    expect(weightRegionSizes(1000, 0)).toEqual([0]);
    expect(weightRegionSizes(1600, 1601)).toEqual([0, 1024, 1536]);
    expect(weightRegionSizes(1600, 1024)).toEqual([0, 1024, 1536]);
  });

  it('only grow with the memory', () => {
    for (const [small, large] of [
      [1024, 2048],
      [3000, 3100],
      [5000, 70_000],
    ] as const) {
      const larger = weightRegionSizes(large, 2600);
      expect(weightRegionSizes(small, 2600).filter((size) => !larger.includes(size))).toEqual([]);
    }
  });
});

/** Layers after one another whose tensors stay off-chip; one works 10 cycles, and waits for weights not on chip. */
function chainOf(
  weights: readonly { readonly bytes: number; readonly wait: number }[],
  capacity: number,
  cores = 1,
): PricedLayers {
  return {
    layers: weights.map(({ bytes }, index) => ({
      inputs: [index],
      output: index + 1,
      inPlace: false,
      weightBytes: bytes,
    })),
    tensors: Array.from({ length: weights.length + 1 }, (_, index) => ({
      bytes: 1e9,
      producer: index - 1,
      consumers: index < weights.length ? [index] : [],
    })),
    cores,
    scratchpadBytesPerCore: capacity,
    best: (layer, { weightsOnChip }, free) => {
      const { bytes, wait } = weights[layer]!;
      const tile = weightsOnChip ? 0 : Math.min(bytes, 100);
      return tile <= free ? mappingOf(tile, 10 + (weightsOnChip ? 0 : wait), weightsOnChip ? 0 : bytes) : undefined;
    },
  };
}

function planned(problem: PricedLayers) {
  const plan = planWithWeightRegion(pricedProblem(problem));
  if (plan instanceof NoRoom) throw new Error(`no room for layer ${plan.layer}`);
  return {
    region: plan.weightRegionBytes,
    kept: plan.steps.map((step) => step.weightsOnChip),
    cycles: plan.cycles,
    exact: plan.exact,
  };
}

describe('planWithWeightRegion', () => {
  it('keeps all weights where they fit', () => {
    const weights = [
      { bytes: 1000, wait: 50 },
      { bytes: 700, wait: 30 },
    ];
    expect(planned(chainOf(weights, 2000))).toEqual({ region: 1700, kept: [true, true], cycles: 20, exact: true });
  });

  it('keeps those that save most where not all fit', () => {
    // In 2,048 bytes: 1,000 + 900 save 50 + 40; 1,500 alone 80. The largest is left out.
    const weights = [
      { bytes: 1000, wait: 50 },
      { bytes: 1500, wait: 80 },
      { bytes: 900, wait: 40 },
    ];
    const plan = planned(chainOf(weights, 2148));
    expect(plan).toMatchObject({ kept: [true, false, true], cycles: 30 + 80, region: 2048 });
  });

  it('sets nothing aside where that costs more than it saves', () => {
    // The tile of the second layer needs the room.
    const base = chainOf(
      [
        { bytes: 1000, wait: 5 },
        { bytes: 100_000, wait: 50 },
      ],
      1100,
    );
    const problem: PricedLayers = {
      ...base,
      best: (layer, variant, free) => {
        const mapping = base.best(layer, variant, free);
        return layer === 1 && free < 1100 && mapping !== undefined ? { ...mapping, cycles: 1000 } : mapping;
      },
    };
    expect(planned(problem)).toMatchObject({ region: 0, kept: [false, false], cycles: 20 + 55 });
  });

  it('spreads the region over the cores', () => {
    // 1,700 bytes over 2 cores are 850 on each.
    const weights = [
      { bytes: 1000, wait: 50 },
      { bytes: 700, wait: 30 },
    ];
    expect(planned(chainOf(weights, 850, 2))).toMatchObject({ region: 1700, kept: [true, true] });
    expect(planned(chainOf(weights, 849, 2)).kept).not.toEqual([true, true]);
  });

  it('finds room for a layer that only has it when its weights stay', () => {
    // 4,000 bytes of weights in one tile that cannot be cut do not fit a core's 1,100 bytes. Kept on chip they lie on
    // all four cores, and need no tile.
    const base = chainOf([{ bytes: 4000, wait: 50 }], 1100, 4);
    const problem: PricedLayers = {
      ...base,
      best: (layer, variant, free) =>
        variant.weightsOnChip || free >= 4000 ? base.best(layer, variant, free) : undefined,
    };
    expect(planned(problem)).toMatchObject({ region: 4000, kept: [true], cycles: 10 });
  });

  it('does not call a plan exact when a search that met its limit was left out for losing', () => {
    // Weights of 1, 2, 4, ... 8192 bytes that wait a cycle a byte: every subset is worth keeping in mind, 16,384 of them
    // in a region of that size, more than are kept. All but the empty one that use 4,096 bytes or less are forgotten, the
    // only ones with room for the last layer's 12,288. A region beyond 3,072 costs 20,000 cycles, so that the last
    // layer's weights alone, which save 21,000, lose to 3,072 bytes of others without that cost. With 4,096 bytes of
    // others beside them they would win.
    const weights = [
      ...Array.from({ length: 14 }, (_, power) => ({ bytes: 2 ** power, wait: 2 ** power })),
      { bytes: 12_288, wait: 21_000 },
    ];
    const capacity = 16_384 + 100;
    const base = chainOf(weights, capacity);
    const problem: PricedLayers = {
      ...base,
      best: (layer, variant, free) => {
        const mapping = base.best(layer, variant, free);
        const penalty = layer === 0 && free < capacity - 3072 ? 20_000 : 0;
        return mapping && { ...mapping, cycles: mapping.cycles + penalty };
      },
    };
    const everything = weights.reduce((sum, { wait }) => sum + 10 + wait, 0);
    const best = everything - 21_000 - 4096 + 20_000;
    const plan = planned(problem);
    expect(plan.cycles).toBeGreaterThanOrEqual(best);
    expect(plan.exact, `${plan.cycles} cycles, ${best} are possible`).toBe(plan.cycles === best);
  });
});
