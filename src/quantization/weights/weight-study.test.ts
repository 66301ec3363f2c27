import { describe, expect, it } from 'vitest';
import { levelLayouts } from '../level-layout.js';
import { quantizers, type Quantizer } from '../quantizer/index.js';
import { asTheyAre } from '../quantizer/quantizer.js';
import { sensitivityOfWeights } from './weight-sensitivity.js';
import { studyWeights, weightSchemes } from './weight-study.js';

/** At 2 bits with a zero the levels are -1, 0 and 1: errors 0, 0, 0.25 and -0.25. */
const EXAMPLE = { layer: 'a', values: [1, -1, 0.25, -0.25] };
/** Whole thirds of the largest: exact at 3 bits with a zero (levels -1 ... 1 by thirds). */
const THIRDS = { layer: 'b', values: [1, 2 / 3, -1 / 3, 0] };

describe('a study of weights', () => {
  it('says what each width loses, and the fewest bits that are enough (20 dB where not stated otherwise)', () => {
    const study = studyWeights([EXAMPLE, THIRDS], { scheme: 'min-max', bits: [8, 3, 2], leastDb: 20 });
    const [a, b] = study.layers;
    expect(a).toMatchObject({ layer: 'a', weights: 4, largestMagnitude: 1, neededBits: 3 });
    // Signal 2.125, noise 0.125: 10 log10(17) dB.
    expect(a!.at[2]).toEqual({
      bits: 2,
      clipLevel: 1,
      clippedFraction: 0,
      signalToNoiseDb: expect.closeTo(10 * Math.log10(17), 10),
    });
    // At 3 bits the error of 0.25 is 1/3 - 1/4 = 1/12: 2.125 / (2 / 144) = 153, which is 21.8 dB.
    expect(a!.at[1]!.signalToNoiseDb).toBeCloseTo(10 * Math.log10(153), 10);
    expect(b!.at[1]!.signalToNoiseDb).toBeGreaterThan(300);
    expect(b!.neededBits).toBe(3);
  });

  it('takes 3 bits where 3 are enough, and says where none of the widths is', () => {
    const needed = (leastDb: number) =>
      studyWeights([EXAMPLE], { scheme: 'min-max', bits: [8, 3, 2], leastDb }).layers[0]!.neededBits;
    expect([12, 13, 22, 300].map(needed)).toEqual([2, 3, 8, null]);
  });

  it('counts what is clipped', () => {
    // Of 100 values 99 are 0.1 and one is 10: the level with the least error at 2 bits serves the many or the one.
    const values = [...Array.from({ length: 99 }, () => 0.1), 0.9];
    const [layer] = studyWeights([{ layer: 'c', values }], { scheme: 'mse-optimal', bits: [2] }).layers;
    expect(layer!.at[0]!.clipLevel).toBeLessThan(0.2);
    expect(layer!.at[0]!.clippedFraction).toBe(0.01);
  });

  it('offers the quantizers that choose a level for values as they are, and no other', () => {
    const suited = Object.entries<Quantizer>(quantizers).flatMap(([name, { clipping, prepare, layouts }]) =>
      clipping === 'chosen' && prepare === asTheyAre && layouts.some((one) => levelLayouts[one].signed) ? [name] : [],
    );
    expect(weightSchemes).toEqual(suited);
  });

  it('names the layer of a weight that is no number, once for each layer, and a width that a scheme has not once', () => {
    const bad = { layer: 'bad', values: [1, Number.NaN] };
    expect(() => studyWeights([EXAMPLE, bad, { ...bad, layer: 'worse' }], { scheme: 'sawb', bits: [4] }, 'f')).toThrow(
      /^f: bad\.values\[1\]: must be a finite number[^\n]*\n[^\n]*worse\.values\[1\]/,
    );
    expect(() => studyWeights([EXAMPLE, THIRDS], { scheme: 'sawb', bits: [6] })).toThrow(
      /^quantizer: bits: of sawb, no-zero, must be one of 2, 3, 4, 5, 8 \(found 6\)$/,
    );
  });

  it('loses nothing of zeros', () => {
    const [layer] = studyWeights([{ layer: 'zeros', values: [0, 0] }], { scheme: 'sawb', bits: [8, 2] }).layers;
    expect(layer!.at.map(({ signalToNoiseDb }) => signalToNoiseDb)).toEqual([Infinity, Infinity]);
    expect(layer!.neededBits).toBe(2);
  });
});

describe('the sensitivity of weights', () => {
  it('is noise over signal', () => {
    const study = studyWeights([EXAMPLE, { layer: 'zeros', values: [0] }], { scheme: 'min-max', bits: [2] });
    const { layers, workload, source } = sensitivityOfWeights(study, 'net', 'net.onnx');
    // 0.125 / 2.125.
    expect(layers[0]!.losses.get(2)).toBeCloseTo(1 / 17, 12);
    expect(layers[1]!.losses.get(2)).toBe(0);
    expect([workload, source]).toEqual(['net', 'net.onnx, weights quantized by min-max (with-zero)']);
  });
});
