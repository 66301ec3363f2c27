import { failure } from '../../errors.js';
import type { Executor, StopSignal } from '../executor/executor.js';
import { countPoints, samplerOf, startSampler, type PointCount } from '../sampler/index.js';
import type { ResultStore } from '../store/result-store.js';
import { chunkId, chunksOf } from './chunks.js';
import { keysOf, type KeyOf } from './identity.js';
import type { Chunk, DesignPoint, KeyedPoint, PointAnswer, PointResult } from './point.js';
import type { PreparedStudy } from './prepared-study.js';
import { asAnswered } from './study-results.js';

/** Counts of points so far. */
export interface StudyProgress {
  /** Answered in this run. */
  readonly evaluated: number;
  /** Of those, answered with an error. */
  readonly failed: number;
  /** Found in the store. */
  readonly reused: number;
  /** Points there are, or at most are; of all shards. */
  readonly count: PointCount;
}

export interface StudyListener {
  /** After each chunk that was stored, or found there whole. */
  progress(progress: StudyProgress): void;
}

export interface StudyRun {
  readonly executor: Executor;
  readonly store: ResultStore;
  readonly keyOf: KeyOf;
  readonly signal: StopSignal;
  readonly listener?: StudyListener | undefined;
  /** What a chunk should last at least, by a cautious estimate; 100 where left out. The same for all shards of a study. */
  readonly chunkMs?: number | undefined;
  /** Of all chunks those whose number leaves `index` over, divided by `count`; from 0. */
  readonly shard?: { readonly index: number; readonly count: number } | undefined;
}

export interface StudyOutcome extends StudyProgress {
  /** False where the signal ended the run before the last point. */
  readonly complete: boolean;
}

/**
 * Answers every point of a study that the store does not have yet, and puts it there. What is stored is never answered again; a run that
 * was stopped, or whose process died, is taken up by running it again.
 * @throws AccelsimError for a shard of a study whose later points hang on earlier ones; what executor or store throw
 */
export async function runStudy(study: PreparedStudy, run: StudyRun): Promise<StudyOutcome> {
  const { learns } = samplerOf(study.sampler);
  if (learns && run.shard !== undefined && run.shard.count > 1) {
    const rule = `${study.sampler.kind} chooses points by what others came to, so it cannot be cut into shards`;
    throw failure(study.name, 'sampler', rule, undefined, 'run it with threads or a queue, or use another sampler');
  }
  const loop = new StudyLoop(study, run, learns);
  return loop.run();
}

class StudyLoop {
  readonly #study: PreparedStudy;
  readonly #run: StudyRun;
  readonly #learns: boolean;
  readonly #key: (point: DesignPoint) => string;
  readonly #count: PointCount;
  /** By key, for samplers that learn: what was stored before and since. */
  readonly #known = new Map<string, PointResult>();
  /** Keys of points that are being answered: two points may be the same machine. */
  readonly #pending = new Set<string>();
  /** The batch has no chunks that no one has drawn. */
  #drawn = false;
  #ordinal = 0;
  #evaluated = 0;
  #failed = 0;
  #reused = 0;

  constructor(study: PreparedStudy, run: StudyRun, learns: boolean) {
    this.#study = study;
    this.#run = run;
    this.#learns = learns;
    this.#key = keysOf(study, run.keyOf);
    this.#count = countPoints(study);
  }

  async run(): Promise<StudyOutcome> {
    const { signal, store } = this.#run;
    if (this.#learns) for await (const result of store.load()) this.#known.set(result.key, result);
    const sampler = startSampler(this.#study);
    let results: readonly PointResult[] = [];
    for (;;) {
      const batch = sampler.next(results);
      if (batch === null) return this.#outcome(true);
      const points = this.#learns ? [...batch] : batch;
      if (signal.aborted || !(await this.#answer(points))) return this.#outcome(false);
      if (this.#learns) results = [...points].map((point) => this.#resultOf(point));
    }
  }

  /** False where the signal left points unanswered. */
  async #answer(points: Iterable<DesignPoint>): Promise<boolean> {
    const { executor, signal } = this.#run;
    const chunks = this.#missing(points);
    await executor.run(this.#study, chunks, (chunk, answers) => this.#keep(chunk, answers), signal);
    // An executor that stops early closes the chunks, and one that does not may not have looked past the last.
    chunks.next();
    const isThrough = this.#drawn && this.#pending.size === 0;
    if (!isThrough && !signal.aborted) throw new Error(`executor ${executor.name} left chunks unanswered`);
    return isThrough;
  }

  /** Chunks of this shard, with the points of each that the store does not have. */
  *#missing(points: Iterable<DesignPoint>): Generator<Chunk> {
    const { store, shard, keyOf, chunkMs } = this.#run;
    const options = { firstOrdinal: this.#ordinal, chunkMs };
    this.#drawn = false;
    for (const chunk of chunksOf(this.#study, this.#keyed(points), keyOf, options)) {
      this.#ordinal = chunk.ordinal + 1;
      if (shard !== undefined && chunk.ordinal % shard.count !== shard.index) continue;
      const left: KeyedPoint[] = [];
      for (const point of chunk.points) {
        if (store.has(point.key) || this.#pending.has(point.key)) continue;
        this.#pending.add(point.key);
        left.push(point);
      }
      this.#reused += chunk.points.length - left.length;
      if (left.length === 0) this.#tell();
      else yield left.length === chunk.points.length ? chunk : { ...chunk, id: chunkId(left, keyOf), points: left };
    }
    this.#drawn = true;
  }

  *#keyed(points: Iterable<DesignPoint>): Generator<KeyedPoint> {
    for (const point of points) yield { ...point, key: this.#key(point) };
  }

  async #keep(chunk: Chunk, answers: readonly PointAnswer[]): Promise<void> {
    const results = answers.map((answer, at): PointResult => ({ key: chunk.points[at]!.key, ...answer }));
    await this.#run.store.append(chunk.id, results);
    for (const result of results) {
      this.#pending.delete(result.key);
      if (this.#learns) this.#known.set(result.key, result);
      if (result.error !== null) this.#failed += 1;
    }
    this.#evaluated += results.length;
    this.#tell();
  }

  #resultOf(point: DesignPoint): PointResult {
    return asAnswered(this.#study, point, this.#known.get(this.#key(point))!);
  }

  #tell(): void {
    this.#run.listener?.progress(this.#progress());
  }

  #progress(): StudyProgress {
    return { evaluated: this.#evaluated, failed: this.#failed, reused: this.#reused, count: this.#count };
  }

  #outcome(complete: boolean): StudyOutcome {
    return { ...this.#progress(), complete };
  }
}
