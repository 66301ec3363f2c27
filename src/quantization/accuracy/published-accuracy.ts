/** Accuracy of one network as trained by others, in percent of validation images. */
export interface PublishedAccuracy {
  readonly network: string;
  readonly method: 'full precision' | 'PACT' | 'DoReFa';
  /** Width of weights and of activations; 32 is single precision. The first and the last layer are left at 32. */
  readonly weightBits: number;
  readonly activationBits: number;
  /** The class with the highest score is right. */
  readonly top1Percent: number;
  /** The right class is among the five highest; null where not given. */
  readonly top5Percent: number | null;
  readonly source: string;
}

const PAPER = 'PACT (Choi et al. 2018, arXiv:1805.06085v2)';

/** Table 1: the same bits for weights and activations; top-1 as a share. Full precision, DoReFa 2 to 5, PACT 2 to 5. */
const table1 = [
  ['cifar10-resnet20', 0.916, [0.882, 0.899, 0.905, 0.904], [0.897, 0.911, 0.913, 0.917]],
  ['svhn', 0.978, [0.976, 0.976, 0.975, 0.975], [0.977, 0.978, 0.978, 0.979]],
  ['alexnet', 0.551, [0.536, 0.55, 0.549, 0.549], [0.55, 0.556, 0.557, 0.557]],
  ['resnet18', 0.702, [0.626, 0.675, 0.681, 0.684], [0.644, 0.681, 0.692, 0.698]],
  ['resnet50', 0.769, [0.671, 0.699, 0.714, 0.714], [0.722, 0.753, 0.765, 0.767]],
] as const;

/** Tables 3 to 8, PACT: weight bits, activation bits, top-1 and top-5 in percent. */
const tables3To8 = {
  alexnet: [
    [32, 32, 55.1, 77.0],
    [32, 2, 54.9, 77.2],
    [32, 3, 55.6, 77.8],
    [32, 4, 55.5, 77.6],
    [32, 5, 55.2, 77.2],
    [2, 2, 55.0, 77.7],
    [2, 3, 55.4, 77.9],
    [2, 4, 55.7, 78.0],
    [3, 2, 54.6, 77.1],
    [3, 3, 55.6, 78.0],
    [3, 4, 55.7, 78.0],
    [4, 2, 54.6, 77.1],
    [4, 3, 55.7, 78.0],
    [4, 4, 55.7, 78.0],
    [5, 5, 55.7, 77.8],
  ],
  resnet18: [
    [32, 32, 70.4, 89.6],
    [32, 2, 67.5, 87.6],
    [32, 3, 69.2, 88.9],
    [32, 4, 70.0, 89.3],
    [32, 5, 70.0, 89.3],
    [1, 32, 65.8, 86.7],
    [1, 2, 62.9, 84.7],
    [1, 3, 65.3, 85.9],
    [1, 4, 65.0, 85.9],
    [2, 2, 64.4, 85.6],
    [3, 3, 68.1, 88.2],
    [4, 4, 69.2, 89.0],
    [5, 5, 69.8, 89.3],
  ],
  resnet50: [
    [32, 32, 76.9, 93.1],
    [32, 3, 75.5, 92.6],
    [32, 4, 75.9, 92.9],
    [32, 5, 76.0, 92.9],
    [1, 2, 67.8, 87.9],
    [2, 2, 72.2, 90.5],
    [2, 4, 74.5, 91.9],
    [3, 3, 75.3, 92.6],
    [4, 4, 76.5, 93.2],
    [5, 5, 76.7, 93.3],
  ],
} as const;

function fromTable1([network, full, dorefa, pact]: (typeof table1)[number]): PublishedAccuracy[] {
  const row = (method: PublishedAccuracy['method'], bits: number, share: number): PublishedAccuracy => ({
    network,
    method,
    weightBits: bits,
    activationBits: bits,
    top1Percent: Number((100 * share).toFixed(1)),
    top5Percent: null,
    source: `${PAPER}, Table 1`,
  });
  return [
    row('full precision', 32, full),
    ...dorefa.map((share, at) => row('DoReFa', at + 2, share)),
    ...pact.map((share, at) => row('PACT', at + 2, share)),
  ];
}

/** Everything the paper's Tables 1 and 3 to 8 say, in their order. A network may stand in two tables. */
export const publishedAccuracies: readonly PublishedAccuracy[] = [
  ...table1.flatMap(fromTable1),
  ...Object.entries(tables3To8).flatMap(([network, rows]) =>
    rows.map(
      ([weightBits, activationBits, top1Percent, top5Percent]): PublishedAccuracy => ({
        network,
        method: weightBits === 32 && activationBits === 32 ? 'full precision' : 'PACT',
        weightBits,
        activationBits,
        top1Percent,
        top5Percent,
        source: `${PAPER}, Tables 3 to 8`,
      }),
    ),
  ),
];

/**
 * Table 2: validation error of ResNet20 on CIFAR10 in percent, by bits of the layers between the first and the last and
 * by bits of those two; 32 is single precision.
 */
export const publishedEdgeErrors = [
  { bits: 2, errorPercentByEdgeBits: { 2: 21.0, 4: 12.9, 8: 11.1, 32: 10.9 } },
  { bits: 3, errorPercentByEdgeBits: { 2: 17.4, 4: 10.0, 8: 9.4, 32: 8.9 } },
  { bits: 4, errorPercentByEdgeBits: { 2: 15.9, 4: 9.7, 8: 9.2, 32: 8.9 } },
  { bits: 5, errorPercentByEdgeBits: { 2: 18.2, 4: 9.0, 8: 8.4, 32: 8.5 } },
] as const;
