import type { Phase } from './channel.js';
import type { Step } from './tile-walk.js';
import type { TransferKind } from './transfer-kind.js';

/** What a core reads in a step, and when it may ask for the next tile of it. */
export interface Operand {
  readonly kind: TransferKind;
  readonly doubleBuffered: boolean;
  readonly bytesOf: (step: Step) => number;
}

/** What a core asks of the rest of the machine; each is answered by the call that is named. */
export interface CoreSurroundings {
  /** `PlayedCore.arrive` */
  load(core: number, operand: Operand, step: Step, phase: Phase, now: number): void;
  /** `PlayedCore.empty` */
  store(core: number, step: Step, now: number): void;
  /** `PlayedCore.finish` */
  compute(core: number, step: Step, now: number): void;
}

/**
 * One core, tile by tile. A step begins when the one before has ended, its operands are there and the output buffer it
 * fills is empty. Then the next tiles of double-buffered operands are asked for, those of the others when it ends.
 */
export class PlayedCore {
  readonly core: number;
  computeCycles = 0;
  private readonly steps: Iterator<Step, void>;
  private readonly operands: readonly Operand[];
  private readonly outputBuffers: number;
  private readonly around: CoreSurroundings;
  private current: Step | undefined;
  private next: Step | undefined;
  /** Tiles of the next step that are not there yet. */
  private missing = 0;
  /** Output buffers that hold sums in use or results on their way out. */
  private fullBuffers = 0;

  constructor(
    core: number,
    steps: Iterator<Step, void>,
    operands: readonly Operand[],
    doubleBufferedOutputs: boolean,
    around: CoreSurroundings,
  ) {
    this.core = core;
    this.steps = steps;
    this.operands = operands;
    this.outputBuffers = doubleBufferedOutputs ? 2 : 1;
    this.around = around;
  }

  /** Nothing is in the buffers, so everything can be asked for at once. */
  start(now: number): void {
    this.next = this.takeStep();
    for (const operand of this.operands) this.ask(operand, 'during', now);
    this.begin(now);
  }

  arrive(now: number): void {
    this.missing -= 1;
    this.begin(now);
  }

  empty(now: number): void {
    this.fullBuffers -= 1;
    this.begin(now);
  }

  finish(now: number): void {
    const step = this.current!;
    this.current = undefined;
    for (const operand of this.operands) if (!operand.doubleBuffered) this.ask(operand, 'after', now);
    if (step.leavesOutputs) this.around.store(this.core, step, now);
    this.begin(now);
  }

  get isDone(): boolean {
    return this.current === undefined && this.next === undefined && this.fullBuffers === 0;
  }

  private begin(now: number): void {
    const step = this.next;
    if (step === undefined || this.current !== undefined || this.missing > 0) return;
    if (step.entersOutputs && this.fullBuffers === this.outputBuffers) return;
    if (step.entersOutputs) this.fullBuffers += 1;
    this.current = step;
    this.computeCycles += step.computeCycles;
    this.around.compute(this.core, step, now);
    this.next = this.takeStep();
    for (const operand of this.operands) if (operand.doubleBuffered) this.ask(operand, 'during', now);
  }

  private ask(operand: Operand, phase: Phase, now: number): void {
    if (this.next === undefined || operand.bytesOf(this.next) === 0) return;
    this.missing += 1;
    this.around.load(this.core, operand, this.next, phase, now);
  }

  private takeStep(): Step | undefined {
    const { done, value } = this.steps.next();
    return done === true ? undefined : value;
  }
}
