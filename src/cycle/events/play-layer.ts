import type { Machine } from '../../arch/machine.js';
import { failure } from '../../errors.js';
import { Channel, firstComeFirstServed, type Arbitration, type Phase } from './channel.js';
import { PlayedCore, type CoreSurroundings, type Operand } from './core.js';
import { coreShares, tripsOf, type CoreShare } from './core-share.js';
import type { EventSink } from './played-event.js';
import { SharedReads } from './shared-reads.js';
import { walkTiles, type Step } from './tile-walk.js';
import type { PlayedLayer, TilePlan } from './tile-plan.js';
import { TimeQueue } from './time-queue.js';

/** What playing a layer came to. */
export interface LayerPlay {
  /** From the first request to the last result in memory. */
  readonly cycles: number;
  /** Of the core that computes longest. */
  readonly computeCycles: number;
  /** The off-chip channel at work, and waiting for the first byte of loads. */
  readonly channelCycles: number;
  readonly latencyCycles: number;
  /** Tiles of the core that has most. */
  readonly steps: number;
  /** Over the off-chip channel; partial sums both ways. */
  readonly bytes: {
    readonly inputs: number;
    readonly second: number;
    readonly outputs: number;
    readonly partialSums: number;
    readonly prefetch: number;
    readonly total: number;
  };
}

export interface PlayOptions {
  /** Told of each event; they are not kept. */
  readonly sink?: EventSink | undefined;
  /** First come, first served, if left out. */
  readonly arbitration?: Arbitration | undefined;
}

/** Sums of float times miss a whole number by less. */
const ROUNDING = 1e-6;

/**
 * Plays a layer from its mapping, tile by tile: every core runs its own loops, all load and store over one channel.
 * @throws AccelsimError where the machine has memories or buses that the engine does not know.
 */
export function playLayer(
  layer: PlayedLayer,
  plan: TilePlan,
  machine: Machine,
  { sink, arbitration = firstComeFirstServed }: PlayOptions = {},
): LayerPlay {
  refuseOtherPaths(machine);
  return new LayerGame(layer, plan, machine, sink, arbitration).play();
}

class LayerGame implements CoreSurroundings {
  private readonly layer: PlayedLayer;
  private readonly time = new TimeQueue();
  private readonly channel: Channel;
  private readonly cores: readonly PlayedCore[];
  private readonly shared: { readonly inputs: SharedReads; readonly second: SharedReads } | null;
  private readonly sink: EventSink | undefined;
  private readonly steps: number;

  constructor(
    layer: PlayedLayer,
    plan: TilePlan,
    machine: Machine,
    sink: EventSink | undefined,
    arbitration: Arbitration,
  ) {
    this.layer = layer;
    this.sink = sink;
    this.channel = new Channel(machine, this.time, arbitration, sink);
    const shares = coreShares(layer.nest, plan);
    this.steps = stepsOf(shares[0]!);
    this.shared = machine.interconnect.multicast
      ? {
          inputs: new SharedReads(layer.nest, shares, 'inputs'),
          second: new SharedReads(layer.nest, shares, 'second'),
        }
      : null;
    const { inputs, second, outputs } = plan.doubleBuffered;
    const operands: readonly Operand[] = [
      { kind: 'inputs', doubleBuffered: inputs, bytesOf: (step) => (step.loadedInputs * layer.inputBits) / 8 },
      { kind: 'second', doubleBuffered: second, bytesOf: (step) => (step.loadedSecond * layer.secondBits) / 8 },
      { kind: 'loadedSums', doubleBuffered: outputs, bytesOf: (step) => (step.loadedSums * layer.accumulatorBits) / 8 },
    ];
    this.cores = shares.map(
      (share) => new PlayedCore(share.core, walkTiles(layer, plan, machine, share), operands, outputs, this),
    );
  }

  play(): LayerPlay {
    let now = 0;
    for (const core of this.cores) core.start(now);
    this.channel.settle(now);
    for (let next = this.time.nextTime; next !== undefined; next = this.time.nextTime) {
      now = next;
      while (this.time.nextTime === now) this.time.runNext();
      this.channel.settle(now);
    }
    if (!this.cores.every((core) => core.isDone)) throw new Error('a core waits for what never comes');
    const { bytes, movingCycles, waitingCycles } = this.channel;
    const whole = (moved: number): number => Math.max(0, Math.ceil(moved - ROUNDING));
    const inputs = whole(bytes.inputs);
    const second = whole(bytes.second);
    const outputs = whole(bytes.outputs);
    const partialSums = whole(bytes.storedSums) + whole(bytes.loadedSums);
    const prefetch = whole(bytes.prefetch);
    return {
      cycles: Math.ceil(now - ROUNDING),
      computeCycles: Math.ceil(this.cores.reduce((most, core) => Math.max(most, core.computeCycles), 0) - ROUNDING),
      channelCycles: movingCycles,
      latencyCycles: waitingCycles,
      steps: this.steps,
      bytes: {
        inputs,
        second,
        outputs,
        partialSums,
        prefetch,
        total: inputs + second + outputs + partialSums + prefetch,
      },
    };
  }

  load(core: number, { kind, bytesOf }: Operand, step: Step, phase: Phase, now: number): void {
    const isShared = kind === 'inputs' || kind === 'second';
    const cores = isShared && this.shared !== null ? this.shared[kind].ask(core, step.place) : [core];
    if (cores === undefined) return;
    const onEnd = (ended: number): void => {
      for (const reader of cores) this.cores[reader]!.arrive(ended);
    };
    this.channel.request(now, { kind, step: step.index, phase, cores, bytes: bytesOf(step), onEnd });
  }

  store(core: number, step: Step, now: number): void {
    const { outputBits, accumulatorBits } = this.layer;
    const bits = step.storedOutputs * outputBits + step.storedSums * accumulatorBits;
    const onEnd = (ended: number): void => this.cores[core]!.empty(ended);
    // What stays on chip is where it belongs.
    if (bits === 0) return onEnd(now);
    const kind = step.storedSums > 0 ? 'storedSums' : 'outputs';
    this.channel.request(now, { kind, step: step.index, phase: 'after', cores: [core], bytes: bits / 8, onEnd });
  }

  compute(core: number, step: Step, now: number): void {
    const endCycle = now + step.computeCycles;
    this.time.add(endCycle, () => {
      this.sink?.({ what: 'compute', core, step: step.index, startCycle: now, endCycle });
      this.cores[core]!.finish(endCycle);
    });
    if (core === 0 && this.layer.prefetchBytes > 0) this.prefetch(step, now);
  }

  /** The weights of the next layer come in equal parts, one for each step of the first core, which has most. */
  private prefetch({ index }: Step, now: number): void {
    const bytes = this.layer.prefetchBytes / this.steps;
    const cores = this.cores.map(({ core }) => core);
    this.channel.request(now, { kind: 'prefetch', step: index + 1, phase: 'during', cores, bytes, onEnd: () => {} });
  }
}

function stepsOf(share: CoreShare): number {
  const { groups, pixels, outputChannels, reduction } = tripsOf(share);
  return groups * pixels * outputChannels * reduction;
}

function refuseOtherPaths({ name, sharedBuffer, interconnect, scratchpadBytesPerCycle }: Machine): void {
  const path =
    sharedBuffer !== null
      ? 'sharedBuffer'
      : interconnect.bytesPerCycle < Infinity
        ? 'interconnect.bandwidthBytesPerCycle'
        : scratchpadBytesPerCycle < Infinity
          ? 'scratchpad.bandwidthBytesPerCycle'
          : undefined;
  if (path !== undefined)
    throw failure(`machine ${name}`, path, 'must be left out: timelines know the off-chip channel only');
}
