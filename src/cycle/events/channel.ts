import type { Machine } from '../../arch/machine.js';
import type { EventSink } from './played-event.js';
import type { TimeQueue } from './time-queue.js';
import { isStore, transferKinds, type TransferKind } from './transfer-kind.js';
import { transferTimer, type TransferTimer } from './transfer-timer.js';

/** When a load goes out: while the tile before is computed, or once it is (what has one buffer only). */
export type Phase = 'during' | 'after';

export interface Transfer {
  readonly kind: TransferKind;
  /** The step of a core that it is for, and the cores. */
  readonly step: number;
  readonly phase: Phase;
  readonly cores: readonly number[];
  readonly bytes: number;
  readonly onEnd: (now: number) => void;
}

interface Request extends Transfer {
  readonly requestedCycle: number;
}

/** Which of the requests that wait is served next, by its place among them: they stand as they came. */
export type Arbitration = (waiting: readonly Transfer[]) => number;

export const firstComeFirstServed: Arbitration = () => 0;

/**
 * The one off-chip channel of all cores: it serves one request at a time. Loads of one step that go out in one phase are
 * answered after one latency, which is waited for when the first of them is served; stores do not wait.
 */
export class Channel {
  /** Time at work, waits for the latency left out, and time spent in these. */
  movingCycles = 0;
  waitingCycles = 0;
  readonly bytes = { outputs: 0, storedSums: 0, inputs: 0, second: 0, loadedSums: 0, prefetch: 0 };
  private readonly machine: Machine;
  private readonly timer: TransferTimer;
  private readonly time: TimeQueue;
  private readonly arbitration: Arbitration;
  private readonly sink: EventSink | undefined;
  private readonly waiting: Request[] = [];
  private arriving: Request[] = [];
  private busy = false;
  /** The last step whose latency was waited for. */
  private readonly answeredStep: Record<Phase, number> = { during: -1, after: -1 };

  constructor(machine: Machine, time: TimeQueue, arbitration: Arbitration, sink: EventSink | undefined) {
    this.machine = machine;
    this.timer = transferTimer(machine);
    this.time = time;
    this.arbitration = arbitration;
    this.sink = sink;
  }

  request(now: number, transfer: Transfer): void {
    this.arriving.push({ ...transfer, requestedCycle: now });
  }

  /** To be called when everything of an instant has happened: lines its requests up, and turns to the next one. */
  settle(now: number): void {
    if (this.arriving.length > 0) {
      this.arriving.sort((one, other) => transferKinds.indexOf(one.kind) - transferKinds.indexOf(other.kind));
      this.waiting.push(...this.arriving);
      this.arriving = [];
    }
    if (this.busy || this.waiting.length === 0) return;
    const [served] = this.waiting.splice(this.arbitration(this.waiting), 1);
    if (served !== undefined) this.serve(now, served);
  }

  private serve(now: number, { kind, step, phase, cores, bytes, requestedCycle, onEnd }: Request): void {
    const { offChipLatencyCycles, burstBytes } = this.machine;
    const isAnswered = isStore(kind) || step <= this.answeredStep[phase];
    const startCycle = isAnswered ? now : now + offChipLatencyCycles;
    if (!isAnswered) {
      this.answeredStep[phase] = step;
      this.waitingCycles += offChipLatencyCycles;
      if (startCycle > now) this.sink?.({ what: 'latency', step, startCycle: now, endCycle: startCycle });
    }
    const moved = burstBytes === 1 ? bytes : Math.ceil(bytes / burstBytes) * burstBytes;
    const endCycle = this.timer.endOf(kind, moved, requestedCycle, startCycle);
    this.bytes[kind] += moved;
    this.movingCycles += endCycle - startCycle;
    this.busy = true;
    this.time.add(endCycle, () => {
      this.busy = false;
      this.sink?.({ what: 'transfer', kind, step, cores, bytes: moved, requestedCycle, startCycle, endCycle });
      onEnd(endCycle);
    });
  }
}
