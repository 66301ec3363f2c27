import type { Memory } from '../../arch/memory/index.js';

/** Bursts that wait in a channel's controller: rows of those are opened while data of earlier ones move. */
const QUEUE_BURSTS = 32;

/** Some bursts of one channel, one after the other, by their place in its memory. */
export interface Bursts {
  readonly first: number;
  readonly count: number;
  readonly isWrite: boolean;
}

/**
 * One channel of external memory, command by command: banks with an open row each, data strictly first come, first
 * served, rows opened ahead for what waits in the queue, all banks refreshed together. Times are those of column
 * commands; the constant delay from a command to its data belongs to the latency of the machine.
 *
 * Consecutive bursts fill a row, consecutive rows lie in different banks. Which, is mixed with the bits above (permutation
 * interleaving: Zhang, Zhu and Zhang, MICRO 2000), or two operands that advance alike would meet in one bank for long.
 */
export class DramChannel {
  private readonly memory: Memory;
  private readonly burstNs: number;
  private readonly burstsPerRow: number;
  private readonly openRow: Float64Array;
  /** By bank: its last activation, and when it may be precharged. */
  private readonly activatedNs: Float64Array;
  private readonly prechargeableNs: Float64Array;
  /** The last four activations, the oldest first. */
  private readonly activations = [-Infinity, -Infinity, -Infinity, -Infinity];
  private lastColumnNs = -Infinity;
  private lastIsWrite = false;
  private refreshedNs = -Infinity;
  private nextRefreshNs: number;

  constructor(memory: Memory) {
    this.memory = memory;
    this.burstNs = memory.burstBytes / memory.channelGBps;
    this.burstsPerRow = memory.pageBytes / memory.burstBytes;
    this.openRow = new Float64Array(memory.banks).fill(-1);
    this.activatedNs = new Float64Array(memory.banks).fill(-Infinity);
    this.prechargeableNs = new Float64Array(memory.banks).fill(-Infinity);
    // Where in the interval a layer begins is chance: the mean.
    this.nextRefreshNs = memory.timing.tRefiNs / 2;
  }

  /** Moves bursts that were known since `knownNs`, none before `startNs`; when the last has moved. */
  serve({ first, count, isWrite }: Bursts, knownNs: number, startNs: number): number {
    const { burstsPerRow, burstNs } = this;
    let next = first;
    const end = first + count;
    while (next < end) {
      const row = Math.floor(next / burstsPerRow);
      const columnNs = this.firstColumn(row, isWrite, knownNs, startNs);
      // A refresh that falls due stops the run; one burst at least moves before it.
      const beforeRefresh = Math.max(1, Math.ceil((this.nextRefreshNs - columnNs) / burstNs));
      const run = Math.min(end - next, (row + 1) * burstsPerRow - next, beforeRefresh);
      this.lastColumnNs = columnNs + (run - 1) * burstNs;
      this.lastIsWrite = isWrite;
      this.holdOpen(this.bankOf(row), isWrite);
      next += run;
    }
    return this.lastColumnNs + burstNs;
  }

  private firstColumn(row: number, isWrite: boolean, knownNs: number, startNs: number): number {
    const free = Math.max(startNs, this.busFree(isWrite));
    if (free >= this.nextRefreshNs) this.refresh(free);
    const queued = Math.max(knownNs, this.lastColumnNs - (QUEUE_BURSTS - 1) * this.burstNs);
    return Math.max(free, this.rowReady(row, queued));
  }

  /** When the data bus can turn to the next burst. */
  private busFree(isWrite: boolean): number {
    const { tClNs, tCwlNs, tWtrNs, tRtwNs } = this.memory.timing;
    const next = this.lastColumnNs + this.burstNs;
    if (isWrite === this.lastIsWrite) return next;
    return isWrite ? next + tClNs + tRtwNs - tCwlNs : next + tCwlNs + tWtrNs;
  }

  /** When columns of a row may be asked for: at once if it is open, else once its bank has let go of another. */
  private rowReady(row: number, queuedNs: number): number {
    const { banks, timing } = this.memory;
    const bank = this.bankOf(row);
    const own = Math.floor(row / banks);
    if (this.openRow[bank] !== own) {
      const closed = this.openRow[bank]! < 0;
      const bankFree = closed ? queuedNs : Math.max(queuedNs, this.prechargeableNs[bank]!) + timing.tRpNs;
      const activatedNs = Math.max(
        bankFree,
        this.refreshedNs,
        this.activations[3]! + timing.tRrdNs,
        this.activations[0]! + timing.tFawNs,
      );
      this.activations.shift();
      this.activations.push(activatedNs);
      this.activatedNs[bank] = activatedNs;
      this.prechargeableNs[bank] = activatedNs + timing.tRasNs;
      this.openRow[bank] = own;
    }
    return this.activatedNs[bank]! + timing.tRcdNs;
  }

  private bankOf(row: number): number {
    const { banks } = this.memory;
    let mix = Math.floor(row / banks);
    mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
    mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
    return (row ^ mix ^ (mix >>> 16)) & (banks - 1);
  }

  private holdOpen(bank: number, isWrite: boolean): void {
    const { tRtpNs, tCwlNs, tWrNs } = this.memory.timing;
    const until = this.lastColumnNs + (isWrite ? tCwlNs + this.burstNs + tWrNs : tRtpNs);
    this.prechargeableNs[bank] = Math.max(this.prechargeableNs[bank]!, until);
  }

  /** All that fell due by now; those of idle times cost nothing but the open rows. */
  private refresh(nowNs: number): void {
    const { tRefiNs, tRpNs, tRfcNs } = this.memory.timing;
    this.nextRefreshNs += tRefiNs * Math.floor((nowNs - this.nextRefreshNs) / tRefiNs);
    const open = this.openRow.some((row) => row >= 0);
    const idle = Math.max(this.nextRefreshNs, ...(open ? this.prechargeableNs : []));
    this.refreshedNs = idle + (open ? tRpNs : 0) + tRfcNs;
    this.openRow.fill(-1);
    this.nextRefreshNs += tRefiNs;
  }
}
