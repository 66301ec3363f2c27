import { atLeast, type Finding, type FindingResult, type Judgement, worst } from './finding.js';
import { accuracyOf, outcomesOf, type PlanFilter, percentPoints, spreadOf, type TrainingOutcome } from './outcome.js';
import { study } from './study.js';

const PAPER = 'PACT (arXiv:1805.06085v2)';

/** The plans of the comparison of schemes. */
const usual: PlanFilter = {
  network: study.network,
  edgeBits: study.edgeBits,
  levelDecay: study.levelDecay,
  startLevel: study.startLevel,
};

/** What the paper found out about accuracy, as far as trainings of this size can ask. */
export const findings: readonly Finding[] = [
  {
    id: 'four-bits',
    statement: 'PACT at 4 bits is as accurate as full precision',
    where: `${PAPER}, Table 1`,
    rule: 'at most one point below full precision',
    isExpected: true,
    judge(outcomes) {
      const full = accuracyOf(outcomes, { ...usual, scheme: 'full-precision' });
      const pact = accuracyOf(outcomes, { ...usual, scheme: 'pact', bits: 4 });
      return {
        measured: `full precision ${percentPoints(full)} %, PACT at 4 bits ${percentPoints(pact)} %`,
        verdict: atLeast(pact, full, -1),
      };
    },
  },
  {
    id: 'pact-beats-dorefa',
    statement: 'PACT is at least as accurate as DoReFa at 2 bits',
    where: `${PAPER}, Table 1`,
    rule: 'at least as high',
    isExpected: true,
    judge(outcomes) {
      const [pact, dorefa] = ['pact', 'dorefa'].map((scheme) => accuracyOf(outcomes, { ...usual, scheme, bits: 2 }));
      return {
        measured: `PACT ${percentPoints(pact!)} %, DoReFa ${percentPoints(dorefa!)} %`,
        verdict: atLeast(pact!, dorefa!, 0),
      };
    },
  },
  {
    id: 'levels-settle',
    statement: 'The clipping level falls from its large start and settles, in each layer where it likes',
    where: PAPER,
    rule:
      'every level ends below its start; the last fifth of the training moves it by less than a tenth of its fall; ' +
      'levels of different layers lie further apart than those of one layer under different seeds',
    isExpected: true,
    judge: judgeLevels,
  },
  {
    id: 'edges',
    statement: 'Rounding the first and last layer to 2 bits too costs most, to 8 bits little',
    where: `${PAPER}, Table 2`,
    rule: 'around a middle of 2 bits: 2 at the edges is worse than 4, 4 than 8, and 8 is at most one point below exact',
    isExpected: true,
    judge(outcomes) {
      const spreads = study.edges.map((edgeBits) =>
        accuracyOf(outcomes, { ...usual, scheme: 'pact', bits: 2, edgeBits }),
      );
      const [two, four, eight, exact] = spreads;
      const words = study.edges.map((bits, at) => `${bits ?? 'exact'}: ${percentPoints(spreads[at]!)} %`);
      return {
        measured: words.join(', '),
        verdict: worst([atLeast(four!, two!, 0), atLeast(eight!, four!, 0), atLeast(eight!, exact!, -1)]),
      };
    },
  },
  {
    id: 'level-decay',
    why:
      "Trainings here are much shorter than the paper's: a weak penalty has not brought the levels down by their end, " +
      'and a strong one pulls them far down.',
    statement: 'The strength of the L2 penalty on the clipping level matters little over a wide range',
    where: PAPER,
    rule: `at 2 bits, strengths from ${study.levelDecays[0]} to ${study.levelDecays.at(-1)} lie within two points`,
    isExpected: false,
    judge(outcomes) {
      const spreads = study.levelDecays.map((levelDecay) =>
        accuracyOf(outcomes, { ...usual, scheme: 'pact', bits: 2, levelDecay }),
      );
      const sorted = spreads.toSorted((a, b) => a.mean - b.mean);
      return {
        measured: study.levelDecays
          .map((levelDecay, at) => {
            const levels = endLevels(outcomesOf(outcomes, { ...usual, scheme: 'pact', bits: 2, levelDecay }));
            return `${levelDecay}: ${percentPoints(spreads[at]!)} % (levels at ${spreadOf(levels).mean.toFixed(1)})`;
          })
          .join(', '),
        verdict: atLeast(sorted[0]!, sorted.at(-1)!, -2),
      };
    },
  },
];

/** Judges every finding. */
export function judgeFindings(outcomes: readonly TrainingOutcome[]): FindingResult[] {
  return findings.map(({ judge, ...finding }) => ({ ...finding, ...judge(outcomes) }));
}

function judgeLevels(outcomes: readonly TrainingOutcome[]): Judgement {
  const runs = outcomesOf(outcomes, { ...usual, scheme: 'pact', bits: 4 });
  const layers = Object.keys(runs[0]!.epochs.at(-1)!.clipLevels);
  const ends = layers.map((layer) => spreadOf(runs.map(({ epochs }) => epochs.at(-1)!.clipLevels[layer]!)));
  const highest = Math.max(...endLevels(runs));
  const drift = Math.max(...runs.map(latestDrift));
  const between = spreadOf(ends.map(({ mean }) => mean)).deviation;
  const within = Math.sqrt(spreadOf(ends.map(({ deviation }) => deviation ** 2)).mean);
  const others = outcomesOf(outcomes, { ...usual, scheme: 'pact', bits: 4, startLevel: study.otherStart });
  const otherMean = spreadOf(endLevels(others)).mean;
  const ownMean = spreadOf(ends.map(({ mean }) => mean)).mean;
  return {
    measured:
      `from ${study.startLevel} to ${layers.map((layer, at) => `${layer} ${ends[at]!.mean.toFixed(1)}`).join(', ')}; ` +
      `the last fifth moves a level by up to ${(100 * drift).toFixed(0)} % of its fall; deviation between layers ` +
      `${between.toFixed(2)}, between seeds ${within.toFixed(2)}; started at ${study.otherStart}, levels end at ` +
      `${otherMean.toFixed(1)} on average in place of ${ownMean.toFixed(1)}`,
    verdict: highest < study.startLevel && drift < 0.1 && between > within ? 'reproduced' : 'not reproduced',
  };
}

/** Clipping levels of all layers when training ended. */
function endLevels(outcomes: readonly TrainingOutcome[]): number[] {
  return outcomes.flatMap(({ epochs }) => Object.values(epochs.at(-1)!.clipLevels));
}

/** Largest move of a level in the last fifth of the epochs, as a share of its whole fall. */
function latestDrift({ plan, epochs }: TrainingOutcome): number {
  const before = epochs[Math.min(epochs.length - 2, Math.ceil(epochs.length * 0.8) - 1)]!.clipLevels;
  const last = epochs.at(-1)!.clipLevels;
  return Math.max(
    ...Object.entries(last).map(
      ([layer, level]) => Math.abs(level - before[layer]!) / Math.abs(plan.startLevel - level),
    ),
  );
}
