import { describe, expect, it } from 'vitest';
import { publishedAccuracies, publishedEdgeErrors } from './published-accuracy.js';
import { publishedAccuracyOf } from './workload-accuracy.js';

describe('published accuracies', () => {
  it('agree where two tables say the same', () => {
    // Tables 1 and 3 to 8 give the same trainings, but for full-precision ResNet18: 70.2 and 70.4.
    const differing = publishedAccuracies
      .filter(({ top5Percent }) => top5Percent !== null)
      .flatMap((row) =>
        publishedAccuracies.filter(
          (other) =>
            other.top5Percent === null &&
            other.network === row.network &&
            other.method === row.method &&
            other.weightBits === row.weightBits &&
            other.activationBits === row.activationBits &&
            other.top1Percent !== row.top1Percent,
        ),
      );
    expect(differing.map(({ network, method, top1Percent }) => [network, method, top1Percent])).toEqual([
      ['resnet18', 'full precision', 70.2],
    ]);
  });

  it('are percentages, top-5 above top-1, each training once a table', () => {
    const keys = publishedAccuracies.map((row) =>
      [row.network, row.method, row.weightBits, row.activationBits, row.source].join(),
    );
    expect(new Set(keys).size).toBe(keys.length);
    for (const { top1Percent, top5Percent } of publishedAccuracies) {
      expect(top1Percent).toBeGreaterThan(50);
      expect(top5Percent ?? 100).toBeGreaterThan(top1Percent);
    }
    for (const { errorPercentByEdgeBits: errors } of publishedEdgeErrors) {
      expect(errors[2]).toBeGreaterThan(errors[4]);
      expect(errors[4]).toBeGreaterThan(errors[8]);
    }
  });

  it('by hand: ResNet50 where the paper says, and nowhere else', () => {
    const top1 = (workload: string, bits: number | null, edgeBits: number | null = 8) =>
      publishedAccuracyOf(workload, { bits, edgeBits })?.top1Percent;
    expect([32, 16, 8, 5, 4, 3, 2, 1].map((bits) => top1('resnet50', bits))).toEqual([
      76.9,
      undefined,
      undefined,
      76.7,
      76.5,
      75.3,
      72.2,
      undefined,
    ]);
    expect(top1('resnet50-v1.5', 4)).toBeUndefined();
    expect(top1('toString', 4)).toBeUndefined();
    expect(top1('resnet50', null)).toBeUndefined();
    // Two bits in the first and last layer too: not what was trained.
    expect(top1('resnet50', 2, null)).toBeUndefined();
    expect(top1('resnet50', 2, 4)).toBeUndefined();
    expect(top1('resnet18', 4)).toBe(69.2);
    expect(top1('alexnet-batchnorm', 2)).toBe(55);
    expect(top1('alexnet-torchvision', 2)).toBeUndefined();
  });
});
