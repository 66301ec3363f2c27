import type { StudyAxis } from '../study/study-axis.js';
import type { Random } from './random.js';

/** Each gene of the child is the mother's or the father's, as likely (uniform crossover, Syswerda 1989). */
export function crossed(mother: readonly number[], father: readonly number[], random: Random): number[] {
  return mother.map((level, at) => (random.below(2) === 0 ? level : father[at]!));
}

/**
 * Each axis moves with probability 1 / axes: half of the time to a level beside its own, else to any other. Levels of most axes
 * are ordered, so that steps refine what is good; a jump leaves no level out of reach.
 */
export function mutated(levels: readonly number[], axes: readonly StudyAxis[], random: Random): number[] {
  return levels.map((level, at) => {
    const count = axes[at]!.levels.length;
    if (count === 1 || random.below(axes.length) !== 0) return level;
    if (random.below(2) === 0) {
      const step = random.below(2) === 0 ? -1 : 1;
      const beside = level + step;
      return beside < 0 || beside >= count ? level - step : beside;
    }
    return (level + 1 + random.below(count - 1)) % count;
  });
}

/** A level of each axis, all as likely. */
export function anyLevels(axes: readonly StudyAxis[], random: Random): number[] {
  return axes.map(({ levels }) => random.below(levels.length));
}
