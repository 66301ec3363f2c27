import type { PointCount, StudyEstimate } from '../../../index.js';
import { duration, plural } from '../../../index.js';
import type { Shard } from '../../explore/shard.js';

/** `1 point`, `4,800 points`, `at most 5,000 points` */
export function countText({ points, exact }: PointCount): string {
  return `${exact ? '' : 'at most '}${plural(points, 'point')}`;
}

/** `, part 3 of 8 as the Slurm array says` */
export function partText(shard: Shard | undefined): string {
  return shard === undefined ? '' : `, part ${shard.number} of ${shard.count} as ${shard.saidBy} says`;
}

/** What a sample of points lets expect of all, or of one part of them. */
export function estimateText({ milliseconds, sampled }: StudyEstimate, workers: number, parts: number): string {
  if (milliseconds === null) return 'no estimate: no point could be timed';
  // Nobody waits for less than a second, and `about under 1 s` is no English.
  const time = duration(Math.max(1, milliseconds / 1000 / workers / parts));
  return `about ${time} with ${plural(workers, 'worker')}, by the time that ${plural(sampled, 'point')} took`;
}
