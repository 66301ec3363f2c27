import type { Job, JobsOptions, Queue } from 'bullmq';
import type { Piece } from './chunk-in-hand.js';
import { FORGOTTEN_AFTER_SECONDS, QUEUE_NAME, studyKey, type JobData, type JobReply, type PackedStudy } from './job.js';
import type { QueuePackages, RedisConnection } from './redis.js';

/** A failed job may be an accident of its worker: others have a try. What kills workers is counted by BullMQ apart. */
const JOB_OPTIONS: JobsOptions = {
  attempts: 3,
  backoff: { type: 'fixed', delay: 1000 },
  removeOnComplete: { age: FORGOTTEN_AFTER_SECONDS },
  removeOnFail: { age: FORGOTTEN_AFTER_SECONDS },
};
/** Events carry the answers a second time; nobody reads them. */
const EVENTS_KEPT = 10;

export type AccelsimJob = Job<JobData, JobReply>;

export interface JobsSetting {
  readonly packages: QueuePackages;
  readonly connection: RedisConnection;
  readonly study: PackedStudy;
}

/** The jobs of one study as they lie in Redis, which may lose any of them at any time. */
export class StudyJobs {
  readonly #queue: Queue<JobData, JobReply>;
  readonly #setting: JobsSetting;

  private constructor(setting: JobsSetting) {
    const { packages, connection } = setting;
    this.#setting = setting;
    this.#queue = new packages.Queue(QUEUE_NAME, {
      connection: connection.redis,
      streams: { events: { maxLen: EVENTS_KEPT } },
    });
    // The connection tells of its own; what a command comes to, its promise tells.
    this.#queue.on('error', () => undefined);
  }

  static async open(setting: JobsSetting): Promise<StudyJobs> {
    const jobs = new StudyJobs(setting);
    await jobs.#queue.waitUntilReady();
    return jobs;
  }

  /** A job that is there already, from a run before, is not added again: it is waited for, or finished. */
  async add(pieces: readonly Piece[]): Promise<void> {
    if (pieces.length === 0) return;
    const { hash } = this.#setting.study;
    await this.keepStudy();
    await this.#queue.addBulk(
      pieces.map(({ jobId, whole, from, to }) => ({
        name: 'chunk',
        data: {
          study: hash,
          points: whole.chunk.points.slice(from, to).map(({ index, values }) => ({ index, values })),
        },
        opts: { ...JOB_OPTIONS, jobId },
      })),
    );
  }

  /** Workers read the study from beside the queue, where it is forgotten after a while. */
  async keepStudy(): Promise<void> {
    const { connection, study } = this.#setting;
    const key = studyKey(study.hash);
    const isThere = await connection.redis.expire(key, FORGOTTEN_AFTER_SECONDS);
    if (isThere === 0) await connection.redis.set(key, study.text, 'EX', FORGOTTEN_AFTER_SECONDS);
  }

  /** Completed or failed, of whichever study. */
  async finishedIds(): Promise<readonly string[]> {
    return this.#queue.getRanges(['completed', 'failed'], 0, -1);
  }

  /** As BullMQ calls them, in the order of the pieces; `unknown` for a job that is not there. */
  async statesOf(pieces: readonly Piece[]): Promise<readonly string[]> {
    return Promise.all(pieces.map(({ jobId }) => this.#queue.getJobState(jobId)));
  }

  async find(jobId: string): Promise<AccelsimJob | undefined> {
    return this.#queue.getJob(jobId);
  }

  /** @returns whether it was there, and no worker has it */
  async remove(jobId: string): Promise<boolean> {
    return (await this.#queue.remove(jobId)) === 1;
  }

  /** Whether a job is at work without a worker: one that lives renews its lock. */
  async isAbandoned(jobId: string): Promise<boolean> {
    const isHeld = await this.#setting.connection.redis.exists(this.#queue.toKey(`${jobId}:lock`));
    return isHeld === 0 && (await this.#queue.getJobState(jobId)) === 'active';
  }
}
