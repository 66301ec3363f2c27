import { metrics, samplerOf, type MainEffect, type StudySummary } from '../../explore/index.js';
import type { Document } from '../document.js';
import { percent, times } from '../figures.js';
import { levelText } from '../metric-texts.js';

/** Less than this is said to be nothing. */
const LEAST_EFFECT = 1.005;

/** What each axis does to each objective by itself, the most first; nothing where no effect is known. */
export function effectBlocks(summary: StudySummary): Document {
  const { effects, study } = summary;
  const items = study.objectives.flatMap((metric) => {
    const own = effects.filter((effect) => effect.metric === metric && effect.ratio !== null);
    if (own.length === 0) return [];
    const ranked = own.toSorted((a, b) => b.ratio! - a.ratio!);
    const moving = ranked.filter(({ ratio }) => ratio! >= LEAST_EFFECT);
    const still = ranked.filter((effect) => !moving.includes(effect)).map(({ axis }) => axis);
    const words = [...moving.map(effectWords), ...(still.length === 0 ? [] : [`nothing by ${still.join(', ')}`])];
    return [`${metrics[metric].label}: ${words.join('; ')}`];
  });
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: 'What each axis does by itself' },
    { kind: 'list', items },
    {
      kind: 'paragraph',
      text:
        'The greatest geometric mean of a level over the least, the level that is best, and the part of all differences ' +
        `(variance of the logarithm) that goes with the axis. Over every point with an answer, feasible or not.${balanceWords(summary)}`,
    },
  ];
}

/** What makes levels unlike in more than themselves. */
function balanceWords({ study, counts }: StudySummary): string {
  if (!samplerOf(study.sampler).complete) {
    return ` Points sampled by ${study.sampler.kind} are not alike in the other axes at every level: take these as estimates.`;
  }
  return counts.poisoned === 0
    ? ''
    : ' Levels with points without an answer lack them: their means are over fewer values of the other axes.';
}

/** `2.31x by bits (best 4; 62.1% of the differences)` */
function effectWords({ axis, metric, levels, ratio, share }: MainEffect): string {
  const known = levels.filter(({ mean }) => mean !== null);
  const sign = metrics[metric].direction === 'minimise' ? 1 : -1;
  const best = known.reduce((one, other) => (sign * other.mean! < sign * one.mean! ? other : one));
  const part = share === null ? '' : `; ${percent(share)} of the differences`;
  return `${times(ratio!)} by ${axis} (best ${levelText(best.label)}${part})`;
}
