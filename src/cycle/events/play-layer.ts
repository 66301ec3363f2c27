import type { Machine } from '../../arch/machine.js';
import { Channel, type TransferKind } from './channel.js';
import { coreShares, type CoreShare } from './core-share.js';
import { walkTiles, type Step } from './tile-walk.js';
import { TimeQueue } from './time-queue.js';
import type { PlayedLayer, TilePlan } from './tile-plan.js';

export const LOCK = { step: false };

class Party {
  private readonly waiting = new Map<number, number[]>();
  constructor(readonly turns: number[]) {}
  ask(core: number, place: number, turn: number): number[] | undefined {
    let w = this.waiting.get(place);
    if (!w) this.waiting.set(place, (w = []));
    w.push(core);
    const expected = this.turns.filter((t) => t > turn).length;
    if (w.length < expected) return undefined;
    this.waiting.delete(place);
    return w;
  }
}

class Core {
  current: Step | null = null;
  next: Step | null = null;
  private pending = 0;
  private awaitsSingle = false;
  computing = false;
  private visits = 0;
  private stored = 0;
  computeCycles = 0;
  steps: Iterator<Step, void>;
  constructor(readonly play: Play, readonly share: CoreShare) {
    this.steps = walkTiles(play.layer, play.plan, play.machine, share);
  }
  private pull(): Step | null { const r = this.steps.next(); return r.done ? null : r.value; }

  start(now: number): void {
    this.next = this.pull();
    this.fetch(now, true); this.fetch(now, false);
    this.tryBegin(now);
  }
  private fetch(now: number, doubled: boolean): void {
    const { next } = this;
    if (next === null) return;
    const { layer, plan: { doubleBuffered } } = this.play;
    if (doubleBuffered.inputs === doubled && next.loadedInputs * layer.inputBits > 0) { this.pending++; this.play.ask(now, this, 'inputs', next); }
    if (doubleBuffered.second === doubled && next.loadedSecond * layer.secondBits > 0) { this.pending++; this.play.ask(now, this, 'second', next); }
    if (doubleBuffered.outputs === doubled && next.loadedSums * layer.accumulatorBits > 0) { this.pending++; this.play.ask(now, this, 'sumsIn', next); }
    this.awaitsSingle = doubled;
  }
  arrived(now: number): void { this.pending--; this.tryBegin(now); }
  ready(): boolean {
    const { next } = this;
    if (this.computing || next === null || this.pending > 0 || this.awaitsSingle) return false;
    const visits = this.visits + (next.newOutputs ? 1 : 0);
    const allowed = this.play.plan.doubleBuffered.outputs ? 2 : 1;
    return !(next.newOutputs && visits - this.stored > allowed);
  }
  tryBegin(now: number): void {
    if (LOCK.step) { this.play.tryStep(now); return; }
    if (this.ready()) this.begin(now);
  }
  begin(now: number): void {
    const step = this.next!;
    if (step.newOutputs) this.visits++;
    this.current = step;
    this.computing = true;
    this.computeCycles += step.computeCycles;
    this.next = this.pull();
    this.play.time.add(now + step.computeCycles, () => this.end(now + step.computeCycles));
    this.fetch(now, true);
    this.play.prefetch(now, this, step);
  }
  private end(now: number): void {
    const step = this.current!;
    this.computing = false;
    const { layer } = this.play;
    if (step.outputsLeave) {
      const bits = step.storedOutputs * layer.outputBits + step.storedSums * layer.accumulatorBits;
      if (bits > 0) this.play.channel.request(now, { kind: step.storedOutputs > 0 ? 'outputs' : 'sumsOut', bytes: bits / 8, cores: [this.share.core], step: step.index, done: (t) => { this.stored++; this.tryBegin(t); } });
      else this.stored++;
    }
    this.fetch(now, false);
    this.tryBegin(now);
  }
}

class Play {
  time = new TimeQueue();
  channel: Channel;
  cores: Core[];
  inputParties: Party[] = []; secondParties: Party[] = [];
  constructor(readonly layer: PlayedLayer, readonly plan: TilePlan, readonly machine: Machine, sink?: (e: unknown) => void) {
    this.channel = new Channel(machine, this.time, sink);
    const shares = coreShares(layer.nest, plan);
    this.cores = shares.map((s) => new Core(this, s));
    for (const s of shares) {
      (this.inputParties[s.inputParty] ??= new Party([])).turns.push(Math.ceil(s.outputChannels.size / plan.tile.outputChannels));
      const px = Math.ceil(s.batch.size / plan.tile.batch) * Math.ceil(s.outputRows.size / plan.tile.outputRows) * Math.ceil(layer.nest.outputColumns / plan.tile.outputColumns);
      (this.secondParties[s.secondParty] ??= new Party([])).turns.push(px);
    }
  }
  tryStep(now: number): void {
    // lockstep: all cores with a next step ready
    const live = this.cores.filter((c) => c.next !== null || c.computing);
    if (live.some((c) => c.computing)) return;
    const todo = live.filter((c) => c.next !== null);
    if (todo.length === 0 || !todo.every((c) => c.ready())) return;
    for (const c of todo) c.begin(now);
  }
  prefetch(_now: number, _core: Core, _step: Step): void {}
  ask(now: number, core: Core, kind: 'inputs' | 'second' | 'sumsIn', step: Step): void {
    const { nest } = this.layer;
    const p = step.place;
    const place = ((p.groups * 1e5 + p.pixels) * 1e4 + p.outputChannels) * 1e4 + p.reduction;
    let cores: number[] | undefined = [core.share.core];
    let bits = 0;
    if (kind === 'inputs') { cores = this.inputParties[core.share.inputParty]!.ask(core.share.core, place, p.outputChannels); bits = step.loadedInputs * this.layer.inputBits; }
    else if (kind === 'second') { cores = this.secondParties[core.share.secondParty]!.ask(core.share.core, place, p.pixels); bits = step.loadedSecond * this.layer.secondBits; }
    else bits = step.loadedSums * this.layer.accumulatorBits;
    void nest;
    if (cores === undefined) return;
    const to = cores;
    this.channel.request(now, { kind, bytes: bits / 8, cores: to, step: step.index, done: (t) => { for (const c of to) this.cores[c]!.arrived(t); } });
  }
  run(): { cycles: number; computeCycles: number; channelBusyCycles: number; bytes: Record<TransferKind, number> } {
    for (const core of this.cores) core.start(0);
    this.channel.endOfInstant(0);
    let now = 0;
    for (;;) {
      const next = this.time.nextTime;
      if (next === undefined) break;
      now = next;
      while (this.time.nextTime === now) this.time.runNext();
      this.channel.endOfInstant(now);
    }
    for (const c of this.cores) if (c.next !== null || c.computing) throw new Error('deadlock');
    return { cycles: Math.ceil(now - 1e-6), computeCycles: Math.max(...this.cores.map((c) => c.computeCycles)), channelBusyCycles: this.channel.busyCycles, bytes: this.channel.bytes };
  }
}
export function playLayer(layer: PlayedLayer, plan: TilePlan, machine: Machine, sink?: (e: unknown) => void) { return new Play(layer, plan, machine, sink).run(); }
