import { sharesWork } from '../sampler/index.js';
import { estimatedMs } from './cost.js';
import type { KeyOf } from './identity.js';
import type { Chunk, KeyedPoint } from './point.js';
import type { PreparedStudy } from './prepared-study.js';

/** What chunks should last: twice what an executor needs so that handing them out costs next to nothing. */
const CHUNK_MS = 100;
/** A group of points that would last so many times as long, or that has more points, is cut: all of a chunk is lost when its worker dies. */
const LONGEST = 20;
const MOST_POINTS = 2_000;
/** Points that are looked at together for others that share their work. */
const WINDOW = 10_000;

export interface ChunkOptions {
  /** Number of the first chunk; 0 where left out. */
  readonly firstOrdinal?: number | undefined;
  /** What a chunk should last at least, by a cautious estimate, in milliseconds; 100 where left out. */
  readonly chunkMs?: number | undefined;
}

/**
 * Cuts points into chunks, in their order but for points that share work, which are brought together. The same points give the same
 * chunks. Reads no more than a window of points at a time.
 */
export function* chunksOf(
  study: PreparedStudy,
  points: Iterable<KeyedPoint>,
  keyOf: KeyOf,
  { firstOrdinal = 0, chunkMs = CHUNK_MS }: ChunkOptions = {},
): Generator<Chunk> {
  const longestMs = LONGEST * chunkMs;
  let ordinal = firstOrdinal;
  const chunk = (members: readonly KeyedPoint[]): Chunk => ({
    id: chunkId(members, keyOf),
    ordinal: ordinal++,
    points: members,
  });
  let open: KeyedPoint[] = [];
  let openMs = 0;
  for (const group of groupsOf(study, points)) {
    const ms = estimatedMs(study, group);
    if (open.length > 0 && openMs + ms > longestMs) {
      yield chunk(open);
      [open, openMs] = [[], 0];
    }
    if (ms > longestMs || group.length > MOST_POINTS) for (const part of cut(group, ms / longestMs)) yield chunk(part);
    else {
      open.push(...group);
      openMs += ms;
    }
    if (openMs >= chunkMs) {
      yield chunk(open);
      [open, openMs] = [[], 0];
    }
  }
  if (open.length > 0) yield chunk(open);
}

/** The same points in the same order have the same. */
export function chunkId(points: readonly KeyedPoint[], keyOf: KeyOf): string {
  return keyOf(points.map(({ key }) => key).join());
}

/** Points that differ in nothing but bandwidth and scratchpad, as far as a window shows them. */
function* groupsOf({ axes }: PreparedStudy, points: Iterable<KeyedPoint>): Generator<KeyedPoint[]> {
  const names = axes.filter((axis) => !sharesWork(axis)).map(({ name }) => name);
  let groups = new Map<string, KeyedPoint[]>();
  let held = 0;
  for (const point of points) {
    const key = JSON.stringify(names.map((name) => point.values[name]));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [point]);
    else group.push(point);
    held += 1;
    if (held < WINDOW) continue;
    // The group of the last point may go on.
    const going = groups.size === 1 ? undefined : groups.get(key)!;
    if (going !== undefined) groups.delete(key);
    yield* groups.values();
    groups = new Map(going === undefined ? [] : [[key, going]]);
    held = going?.length ?? 0;
  }
  yield* groups.values();
}

/** Parts of about the same size, each of neighbours. */
function cut(group: readonly KeyedPoint[], times: number): KeyedPoint[][] {
  const parts = Math.min(group.length, Math.ceil(Math.max(times, group.length / MOST_POINTS)));
  const bounds = Array.from({ length: parts + 1 }, (_, part) => Math.round((part * group.length) / parts));
  return bounds.slice(1).map((end, part) => group.slice(bounds[part], end));
}
