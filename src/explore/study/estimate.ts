import { countPoints, startSampler, type PointCount } from '../sampler/index.js';
import { chunksOf, type ChunkOptions } from './chunks.js';
import { evaluatePoints } from './evaluate.js';
import type { DesignPoint, KeyedPoint } from './point.js';
import type { PreparedStudy } from './prepared-study.js';

/** Chunks that are timed, after a first one that warms up. */
const SAMPLED_CHUNKS = 3;
/** Points of a first batch that the sample is taken from, spread over them. */
const MOST_SEEN = 100_000;
/** A sample that takes longer is cut short. */
const LONG_ENOUGH_MS = 300;
/** Points of a chunk that are timed: they share less work than all of it, so that the estimate is rather too long. */
const MOST_TIMED = 16;

export interface StudyEstimate {
  readonly count: PointCount;
  /** On one core; null where no point could be timed. Stored points and the executor's workers are not taken off. */
  readonly milliseconds: number | null;
  /** Points that were answered to know. */
  readonly sampled: number;
}

export interface EstimateOptions extends Pick<ChunkOptions, 'chunkMs'> {
  /**
   * For about so many milliseconds the same chunks are answered over and over, and the best time of each is taken: what is
   * compiled by then is several times as fast. Left out, each is answered once, and the estimate is of the longest.
   */
  readonly thoroughMs?: number;
}

/**
 * How many points a study has, and how long one core will take, by the time that a few of its chunks take.
 * @param now milliseconds of a clock that does not go back
 * @param options as the run will have them
 */
export function estimateStudy(
  study: PreparedStudy,
  now: () => number,
  { thoroughMs = 0, ...options }: EstimateOptions = {},
): StudyEstimate {
  const count = countPoints(study);
  const [first, ...others] = sampledChunks(study, options);
  const timed = (points: readonly DesignPoint[]): number => {
    const begin = now();
    evaluatePoints(study, points);
    return now() - begin;
  };
  if (first === undefined) return { count, milliseconds: null, sampled: 0 };
  // The first one pays for the networks and the compiler, unless there is no other.
  if (others.length > 0) evaluatePoints(study, first);
  let spentMs = 0;
  const samples: { readonly points: readonly DesignPoint[]; ms: number }[] = [];
  for (const points of others.length > 0 ? others : [first]) {
    const ms = timed(points);
    samples.push({ points, ms });
    spentMs += ms;
    if (spentMs > LONG_ENOUGH_MS) break;
  }
  while (spentMs < thoroughMs) {
    for (const sample of samples) {
      const ms = timed(sample.points);
      sample.ms = Math.min(sample.ms, ms);
      spentMs += ms;
    }
  }
  const sampled = samples.reduce((sum, { points }) => sum + points.length, 0);
  const milliseconds = samples.reduce((sum, { ms }) => sum + ms, 0);
  return { count, milliseconds: (milliseconds / sampled) * count.points, sampled };
}

/** A first chunk, and others at equal distances. */
function sampledChunks(study: PreparedStudy, options: ChunkOptions): (readonly DesignPoint[])[] {
  const chunks = [...chunksOf(study, firstPoints(study), () => '', options)].map(({ points }) => points);
  const places = Array.from({ length: SAMPLED_CHUNKS }, (_, at) =>
    Math.floor(((at + 0.5) * chunks.length) / SAMPLED_CHUNKS),
  );
  return [...new Set([0, ...places])].flatMap((place) =>
    chunks.slice(place, place + 1).map((points) => points.slice(0, MOST_TIMED)),
  );
}

function* firstPoints(study: PreparedStudy): Generator<KeyedPoint> {
  let seen = 0;
  for (const point of startSampler(study).next([]) ?? []) {
    if (seen++ === MOST_SEEN) return;
    yield { ...point, key: '' };
  }
}
