import { findingsStudy as study } from '../../index.js';
import type { Difficulty } from './data/task.js';
import { defaultPlan, type TrainingPlan } from './plan.js';

/** How much a study of the findings takes on. */
export interface StudySize {
  readonly description: string;
  readonly difficulty: Difficulty;
  readonly epochs: number;
  readonly seeds: number;
  /** Every scheme at every width; else only what the findings ask. */
  readonly comparesAll: boolean;
}

/** Few images and noise keep the digits hard for so small a network, or all schemes would look alike. */
export const studySizes = {
  full: {
    description: 'every scheme and width, 3 seeds',
    difficulty: { trainingImages: 2000, testImages: 2000, noise: 0.15, shift: 1 },
    epochs: 20,
    seeds: 3,
    comparesAll: true,
  },
  short: {
    description: 'what the findings ask, 2 seeds, fewer images and passes',
    difficulty: { trainingImages: 1000, testImages: 1000, noise: 0.15, shift: 1 },
    epochs: 10,
    seeds: 2,
    comparesAll: false,
  },
} as const satisfies Record<string, StudySize>;

/** Every training that the findings of the paper are judged by. */
export function studyPlans({ epochs, seeds, comparesAll }: StudySize): TrainingPlan[] {
  const base: TrainingPlan = {
    ...defaultPlan,
    network: study.network,
    scheme: 'pact',
    epochs,
    edgeBits: study.edgeBits,
    levelDecay: study.levelDecay,
    startLevel: study.startLevel,
  };
  const compared = comparesAll
    ? study.schemes.flatMap((scheme) => study.bits.map((bits) => ({ scheme, bits })))
    : [
        { scheme: 'pact' as const, bits: 4 },
        { scheme: 'pact' as const, bits: 2 },
        { scheme: 'dorefa' as const, bits: 2 },
      ];
  const variations: Partial<TrainingPlan>[] = [
    { scheme: 'full-precision', bits: null },
    ...compared,
    ...study.edges.filter((bits) => bits !== study.edgeBits).map((edgeBits) => ({ bits: 2, edgeBits })),
    ...study.levelDecays.filter((decay) => decay !== study.levelDecay).map((levelDecay) => ({ bits: 2, levelDecay })),
    { bits: 4, startLevel: study.otherStart },
  ];
  return Array.from({ length: seeds }, (_, at) => at + 1).flatMap((seed) =>
    variations.map((variation) => ({ ...base, ...variation, seed })),
  );
}
