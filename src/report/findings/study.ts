/** What the findings compare: which trainings there have to be, by name. */
export const study = {
  network: 'svhn-small',
  schemes: ['relu', 'fixed-clip', 'dorefa', 'pact', 'pact-sawb'],
  bits: [2, 3, 4],
  /** Of the first and last layer in the comparison of schemes. */
  edgeBits: 8,
  /** Of the first and last layer around a middle of 2 bits; null: not rounded. */
  edges: [2, 4, 8, null],
  /** L2 strengths of clipping levels around the usual one. */
  levelDecays: [1e-4, 1e-3, 1e-2, 1e-1],
  levelDecay: 1e-2,
  startLevel: 10,
  /** A second start, to see whether levels settle where they started. */
  otherStart: 5,
} as const;
