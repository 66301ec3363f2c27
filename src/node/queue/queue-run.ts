import { setTimeout as pause } from 'node:timers/promises';
import type { Chunk, OnChunk, StopSignal } from '../../index.js';
import { ChunkInHand, halves, pieceOf, type Piece } from './chunk-in-hand.js';
import { MAX_WORKER_DEATHS, type JobReply } from './job.js';
import { StudyJobs, type AccelsimJob, type JobsSetting } from './study-jobs.js';

export interface QueuePace {
  /** Jobs that are in the queue or with workers at once. */
  readonly jobs: number;
  /** Between two looks for what is finished, in milliseconds. */
  readonly lookMs: number;
  /** Between two looks at every job, for those that Redis has forgotten. */
  readonly sweepMs: number;
  /** Without a worker for so long, the user is told. */
  readonly lonelyMs: number;
}

const PACE: QueuePace = { jobs: 512, lookMs: 50, sweepMs: 2000, lonelyMs: 10_000 };

/** What BullMQ says of a job whose workers died of it. */
const DEATH = /stalled more than/;

interface QueueSetting extends JobsSetting {
  readonly say: (line: string) => void;
  readonly pace?: Partial<QueuePace> | undefined;
}

/** One run of a study over a queue. */
export class QueueRun {
  readonly #jobs: StudyJobs;
  readonly #setting: QueueSetting;
  readonly #pace: QueuePace;
  /** By job: what is asked for and not yet handed over. */
  readonly #pieces = new Map<string, Piece>();
  #stopping = false;
  #lonelySince = 0;

  private constructor(setting: QueueSetting, jobs: StudyJobs) {
    this.#setting = setting;
    this.#pace = { ...PACE, ...setting.pace };
    this.#jobs = jobs;
  }

  static async open(setting: QueueSetting): Promise<QueueRun> {
    return new QueueRun(setting, await StudyJobs.open(setting));
  }

  /** Answers chunks as an executor does. */
  async answerAll(chunks: Iterator<Chunk>, onChunk: OnChunk, signal: StopSignal): Promise<void> {
    let isDry = false;
    let sweptAt = 0;
    try {
      for (;;) {
        this.#stopping = signal.aborted;
        if (!this.#stopping && !isDry) isDry = await this.#fill(chunks);
        if (this.#pieces.size === 0) return;
        const isSweep = performance.now() - sweptAt >= this.#pace.sweepMs;
        if (isSweep) sweptAt = performance.now();
        const done = isSweep || this.#stopping ? await this.#sweep() : await this.#finished();
        for (const piece of done) await this.#collect(piece, onChunk);
        if (done.length === 0) await this.#wait(signal);
      }
    } finally {
      // After a failure; what can not be taken back is answered in vain, and found by the next run.
      if (this.#pieces.size > 0 && !this.#setting.connection.isAway) await this.#withdraw().catch(() => undefined);
    }
  }

  /** Asks for as many chunks as the queue should hold. @returns whether there are no more */
  async #fill(chunks: Iterator<Chunk>): Promise<boolean> {
    const pieces: Piece[] = [];
    let isDry = false;
    while (!isDry && this.#pieces.size + pieces.length < this.#pace.jobs) {
      const next = chunks.next();
      if (next.done === true) isDry = true;
      else pieces.push(pieceOf(new ChunkInHand(next.value), this.#setting.study.hash));
    }
    await this.#ask(pieces);
    return isDry;
  }

  async #ask(pieces: readonly Piece[]): Promise<void> {
    for (const piece of pieces) this.#pieces.set(piece.jobId, piece);
    await this.#jobs.add(pieces);
  }

  async #finished(): Promise<Piece[]> {
    const ids = await this.#jobs.finishedIds();
    return ids.flatMap((id) => this.#pieces.get(id) ?? []);
  }

  /** Looks at every job: those that the server lost are asked for again, or let go where an end is asked for. */
  async #sweep(): Promise<Piece[]> {
    await this.#jobs.keepStudy();
    const pieces = [...this.#pieces.values()];
    const states = await this.#jobs.statesOf(pieces);
    const inState = (...names: string[]): Piece[] => pieces.filter((_, at) => names.includes(states[at]!));
    const lost = inState('unknown');
    if (this.#stopping) {
      for (const { jobId } of lost) this.#pieces.delete(jobId);
      await this.#withdraw();
      await this.#letGoOfTheDead(inState('active'));
    } else {
      await this.#ask(lost);
      await this.#tellIfLonely(inState('active').length > 0);
    }
    return inState('completed', 'failed');
  }

  /** Takes back the jobs that no worker has begun. */
  async #withdraw(): Promise<void> {
    const pieces = [...this.#pieces.values()];
    const states = await this.#jobs.statesOf(pieces);
    await Promise.all(
      pieces.map(async ({ jobId }, at) => {
        if (!['waiting', 'delayed', 'prioritized'].includes(states[at]!)) return;
        // Otherwise a worker was quicker.
        if (await this.#jobs.remove(jobId)) this.#pieces.delete(jobId);
      }),
    );
  }

  async #letGoOfTheDead(active: readonly Piece[]): Promise<void> {
    for (const { jobId } of active) if (await this.#jobs.isAbandoned(jobId)) this.#pieces.delete(jobId);
  }

  async #tellIfLonely(isActive: boolean): Promise<void> {
    const now = performance.now();
    if (isActive || this.#lonelySince === 0) this.#lonelySince = now;
    if (isActive || now - this.#lonelySince < this.#pace.lonelyMs) return;
    this.#lonelySince = Number.POSITIVE_INFINITY;
    this.#setting.say('no worker takes chunks from the queue: start some with accelsim worker --queue');
  }

  async #collect(piece: Piece, onChunk: OnChunk): Promise<void> {
    const job = await this.#jobs.find(piece.jobId);
    // Lost in this moment: the next sweep asks again.
    if (job === undefined) return;
    const reply = job.returnvalue as JobReply | null;
    if (reply !== null && job.finishedOn !== undefined) await this.#take(piece, reply, onChunk);
    else if (await job.isFailed()) await this.#takeFailure(piece, job, onChunk);
  }

  async #take(piece: Piece, reply: JobReply, onChunk: OnChunk): Promise<void> {
    const { whole } = piece;
    whole.take(piece, reply);
    this.#pieces.delete(piece.jobId);
    if (whole.isWhole) await onChunk(whole.chunk, whole.answers);
    // Only now: had this process died before, the next would find it.
    await this.#jobs.remove(piece.jobId);
  }

  /** What workers died of is told apart by halving; a point that is left alone is answered with that as its error. */
  async #takeFailure(piece: Piece, job: AccelsimJob, onChunk: OnChunk): Promise<void> {
    if (!DEATH.test(job.failedReason)) {
      await this.#jobs.remove(piece.jobId);
      this.#pieces.delete(piece.jobId);
      throw new Error(`a queue worker failed: ${job.stacktrace?.at(-1) ?? job.failedReason}`);
    }
    if (piece.to - piece.from === 1) {
      const error = `ended its worker process ${MAX_WORKER_DEATHS} times`;
      await this.#take(piece, { answers: [{ metrics: null, feasible: false, error }] }, onChunk);
      return;
    }
    this.#pieces.delete(piece.jobId);
    await this.#jobs.remove(piece.jobId);
    if (!this.#stopping) await this.#ask(halves(piece, this.#setting.study.hash));
  }

  async #wait(signal: StopSignal): Promise<void> {
    if (this.#stopping) return pause(this.#pace.lookMs);
    const controller = new AbortController();
    const wake = (): void => controller.abort();
    signal.addEventListener('abort', wake);
    await pause(this.#pace.lookMs, undefined, { signal: controller.signal }).catch(() => undefined);
    signal.removeEventListener('abort', wake);
  }
}
