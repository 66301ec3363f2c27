import type { Machine } from '../../arch/machine.js';
import type { TimeQueue } from './time-queue.js';

export const TRANSFERS = ['outputs', 'sumsOut', 'inputs', 'second', 'sumsIn', 'prefetch'] as const;
export type TransferKind = (typeof TRANSFERS)[number];

export interface Transfer {
  readonly kind: TransferKind;
  readonly bytes: number;
  readonly cores: readonly number[];
  readonly step: number;
  readonly done: (now: number) => void;
}

const STORES: ReadonlySet<TransferKind> = new Set(['outputs', 'sumsOut']);

interface Queued { readonly transfer: Transfer; readonly requestedAt: number; readonly number: number }
export const RULE = { latency: 'batch' as 'batch' | 'pipelined' | 'own' | 'step' };

export class Channel {
  private readonly queue: Queued[] = [];
  private fresh: Queued[] = [];
  private head = 0;
  private busy = false;
  private numbered = 0;
  private waitedFor = -1;
  private stepWaited = -1;
  busyCycles = 0;
  freeAt = 0;
  readonly bytes: Record<TransferKind, number> = { outputs: 0, sumsOut: 0, inputs: 0, second: 0, sumsIn: 0, prefetch: 0 };
  constructor(private readonly machine: Machine, private readonly time: TimeQueue, private readonly sink?: (e: unknown) => void) {}

  request(now: number, transfer: Transfer): void {
    this.fresh.push({ transfer, requestedAt: now, number: 0 });
  }

  endOfInstant(now: number): void {
    if (this.fresh.length > 0) {
      const sorted = this.fresh.sort((a, b) => TRANSFERS.indexOf(a.transfer.kind) - TRANSFERS.indexOf(b.transfer.kind));
      for (const q of sorted) this.queue.push({ ...q, number: this.numbered++ });
      this.fresh = [];
    }
    if (!this.busy && this.head < this.queue.length) this.serve(now);
  }

  private serve(now: number): void {
    const q = this.queue[this.head]!;
    this.head += 1;
    if (this.head > 1024 && this.head * 2 > this.queue.length) { this.queue.splice(0, this.head); this.head = 0; }
    const { transfer } = q;
    const λ = this.machine.offChipLatencyCycles;
    let start = now;
    if (!STORES.has(transfer.kind)) {
      if (RULE.latency === 'pipelined') start = Math.max(now, q.requestedAt + λ);
      else if (RULE.latency === 'own') start = now + λ;
      else if (RULE.latency === 'step') { if (transfer.step > this.stepWaited) { start = now + λ; this.stepWaited = transfer.step; } }
      else if (q.number > this.waitedFor) {
        start = now + λ;
        this.waitedFor = this.numbered - 1;
      }
    }
    const end = start + transfer.bytes / this.machine.offChipBytesPerCycle;
    this.bytes[transfer.kind] += transfer.bytes;
    this.busyCycles += end - start;
    this.busy = true;
    this.time.add(end, () => {
      this.busy = false;
      this.sink?.({ transfer, requestedAt: q.requestedAt, start, end, λ: start - now });
      transfer.done(end);
    });
  }
}
