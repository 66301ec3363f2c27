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

/** What a sample of points lets expect of all, or of one of so many parts of them. */
export function estimateText(estimate: StudyEstimate, workers: number, parts: number): string {
  return expected('about', estimate, workers, parts);
}

/** The same by the first points of a process, which take the longest. */
export function firstEstimateText(estimate: StudyEstimate, workers: number, parts: number): string {
  return expected('at most', estimate, workers, parts);
}

function expected(measure: string, { milliseconds, sampled }: StudyEstimate, workers: number, parts: number): string {
  if (milliseconds === null) return 'no estimate: no point could be timed';
  const seconds = milliseconds / 1000 / workers / parts;
  const time = seconds < 1 ? duration(seconds) : `${measure} ${duration(seconds)}`;
  return `${time} with ${plural(workers, 'worker')}, by the time that ${plural(sampled, 'point')} took`;
}

/** What a folder lacks of the points that were asked for. */
export function leftText(left: number, folder: string): string {
  return left === 0 ? `nothing is left: ${folder} has all of them` : `${folder} lacks ${plural(left, 'point')} of them`;
}
