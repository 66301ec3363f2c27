import type { Machine } from '../arch/machine.js';
import type { Candidate } from '../mapping/candidate.js';
import { loopAt, OUTPUT_CHANNELS, PIXELS, REDUCTION } from '../mapping/loop-order.js';
import type { LayerProblem } from '../mapping/problem.js';
import type { TileClasses } from '../mapping/tile-classes.js';
import type { TileSpace } from '../mapping/tile-space.js';
import { ComputeFactors, mixedFactor } from './compute-factors.js';

/**
 * What tells a step of a sequence from a step between mean tiles, as factors: cycles of the array and MACs of the tile that
 * is left, loads of the one that is reached, and what is stored of the one that is left. Last the shares of such steps in
 * which the loops over pixels and output channels are at their first tile, where they stand outside.
 */
export interface StepKind {
  compute: number;
  macs: number;
  input: number;
  second: number;
  sum: number;
  store: number;
  pixelsFirst: number;
  channelsFirst: number;
}

/** Takes the steps of a sequence: `count` of a kind in which the loop at `depth` moves: -1 for groups, 2 the innermost. */
export interface StepTaker {
  addSteps(depth: number, count: number, kind: StepKind): void;
}

const GROUPS = 3;
const FULL = 0;
const REST = 1;

/**
 * The order in which full and rest tiles follow one another. A small tile hides less of the load of a large one after it
 * than two mean tiles would hide of one another, so steps are told apart by the classes of the tile that is left and of
 * the one that is reached. Every figure of a tile is a product over its loops, so for each loop two factors say how its
 * full and its rest tiles stand to the mean.
 */
export class TileSequence {
  /** Some loop has a rest, so that tiles differ. */
  uneven = false;
  /** Of the first tile, and of the last, to the mean. */
  firstInput = 1;
  firstSecond = 1;
  firstOutput = 1;
  lastCompute = 1;
  lastMacs = 1;
  lastStore = 1;
  private readonly last: Pick<Candidate, 'space' | 'g' | 'm' | 'c' | 'k'> = { space: null, g: 0, m: 0, c: 0, k: 0 };
  /** Of each loop the factors of full and rest tiles: pixels, output channels, reduction, groups. */
  private readonly compute = new Float64Array(8);
  /** Of groups and channels that share a side: full and rest tiles of groups, and within each of channels. */
  private readonly mixed = new Float64Array(4);
  private readonly macs = new Float64Array(8);
  private readonly input = new Float64Array(8);
  private readonly second = new Float64Array(8);
  private readonly output = new Float64Array(8);
  private hasFactors = false;
  private readonly classes: (TileClasses | null)[] = [null, null, null, null];
  private readonly kind: StepKind = stepKind();
  private readonly computeFactors: ComputeFactors;
  /** Of the space set last. */
  private factorsOf: ReturnType<ComputeFactors['of']> = null;

  constructor(problem: LayerProblem, machine: Machine) {
    this.computeFactors = new ComputeFactors(problem, machine);
  }

  set(candidate: Candidate): void {
    const { space, g, m, c, k } = candidate;
    const { last } = this;
    // Bounded, and then priced with one schedule after the other.
    if (space !== null && space === last.space && g === last.g && m === last.m && c === last.c && k === last.k) return;
    if (space !== null && space !== last.space) this.factorsOf = this.computeFactors.of(candidate, space.folds);
    last.space = space;
    last.g = g;
    last.m = m;
    last.c = c;
    last.k = k;
    this.hasFactors = false;
    this.firstInput = this.firstSecond = this.firstOutput = this.lastCompute = this.lastMacs = this.lastStore = 1;
    this.uneven = false;
    if (space !== null) this.setEnds(space, g, m, c, k);
  }

  private setEnds({ classes, folds }: TileSpace, g: number, m: number, c: number, k: number): void {
    const pixels = classes.pixels[m]!;
    const channels = classes.channels[k]!;
    const reductions = classes.reductions[c]!;
    const groups = classes.groups[g]!;
    this.uneven = pixels.hasRest || channels.hasRest || reductions.hasRest || groups.hasRest;
    if (!this.uneven) return;
    this.firstInput = pixels.fullInputs * reductions.fullInputs * groups.fullInputs;
    this.firstSecond = channels.fullInputs * reductions.fullInputs * groups.fullInputs;
    this.firstOutput = pixels.fullOutputs * channels.fullOutputs * groups.fullOutputs;
    this.lastStore = pixels.lastOutputs * channels.lastOutputs * groups.lastOutputs;
    this.lastMacs = pixels.lastOutputs * channels.lastOutputs * reductions.lastOutputs * groups.lastOutputs;
    if (this.factorsOf === null) {
      this.lastCompute = this.lastMacs;
      return;
    }
    const [ofPixels, ofChannels, ofReductions, ofGroups] = this.factorsOf;
    this.lastCompute =
      ofPixels![2 * m + (pixels.hasRest ? REST : FULL)]! * ofReductions![2 * c + (reductions.hasRest ? REST : FULL)]!;
    const [lastGroups, lastChannels] = [groups.hasRest ? REST : FULL, channels.hasRest ? REST : FULL];
    this.lastCompute *=
      folds!.mixed === null
        ? ofChannels![2 * k + lastChannels]! * ofGroups![2 * g + lastGroups]!
        : mixedFactor(folds!, classes, g, k, 2 * lastGroups + lastChannels);
  }

  /** Hands over the steps of the whole sequence. */
  steps(candidate: Candidate, taker: StepTaker): void {
    if (!this.hasFactors) this.setFactors(candidate.space!, candidate);
    for (let depth = -1; depth < 3; depth++) {
      const { trips, runs, fullPerRun, hasRest } = this.classes[this.loop(candidate, depth)]!;
      if (trips === 1) continue;
      if (!hasRest) this.moves(candidate, depth, FULL, FULL, trips - 1, taker);
      else {
        this.moves(candidate, depth, FULL, FULL, runs * (fullPerRun - 1), taker);
        this.moves(candidate, depth, FULL, REST, runs, taker);
        this.moves(candidate, depth, REST, FULL, runs - 1, taker);
      }
    }
  }

  /** All steps in which the loop at `depth` moves from one class of tiles to another, `count` in each of its traversals. */
  private moves(candidate: Candidate, depth: number, from: number, to: number, count: number, taker: StepTaker): void {
    if (count === 0) return;
    const { kind } = this;
    // Each combination of full and rest tiles of the loops outside: bit 0 is the loop over groups.
    const rests = this.restsOutside(candidate, depth);
    for (let outside = 0; outside <= rests; outside++) {
      if (outside & ~rests) continue;
      let steps = count;
      let mixed = 0;
      let compute = 1;
      let macs = 1;
      let input = 1;
      let second = 1;
      let sum = 1;
      let store = 1;
      kind.pixelsFirst = kind.channelsFirst = 1;
      for (let at = -1; at < 3; at++) {
        const loop = this.loop(candidate, at);
        const around = (outside >> (at + 1)) & 1;
        if (at < depth) {
          steps *= this.countOf(loop, around);
          // The first tile of a loop is a full one.
          const share = around === FULL ? 1 / this.countOf(loop, FULL) : 0;
          if (loop === PIXELS) kind.pixelsFirst = share;
          if (loop === OUTPUT_CHANNELS) kind.channelsFirst = share;
        }
        const left = loop * 2 + (at < depth ? around : at === depth ? from : this.lastClass(loop));
        const reached = loop * 2 + (at < depth ? around : at === depth ? to : FULL);
        compute *= this.compute[left]!;
        macs *= this.macs[left]!;
        store *= this.output[left]!;
        if (loop === GROUPS) mixed += 2 * (left & 1);
        if (loop === OUTPUT_CHANNELS) mixed += left & 1;
        input *= this.input[reached]!;
        second *= this.second[reached]!;
        sum *= this.output[reached]!;
      }
      kind.compute = compute * this.mixed[mixed]!;
      kind.macs = macs;
      kind.input = input;
      kind.second = second;
      kind.sum = sum;
      kind.store = store;
      taker.addSteps(depth, steps, kind);
    }
  }

  /** Which loops outside have a rest, as bits: the loop over groups first. */
  private restsOutside(candidate: Candidate, depth: number): number {
    let rests = 0;
    for (let at = -1; at < depth; at++) {
      if (this.classes[this.loop(candidate, at)]!.hasRest) rests |= 1 << (at + 1);
    }
    return rests;
  }

  private loop({ order }: Candidate, depth: number): number {
    return depth < 0 ? GROUPS : loopAt(order, depth);
  }

  private countOf(loop: number, tileClass: number): number {
    const { trips, runs, hasRest } = this.classes[loop]!;
    const rests = hasRest ? runs : 0;
    return tileClass === REST ? rests : trips - rests;
  }

  private lastClass(loop: number): number {
    return this.classes[loop]!.hasRest ? REST : FULL;
  }

  private setFactors(space: TileSpace, { g, m, c, k }: Candidate): void {
    const { compute, macs, input, second, output, classes, factorsOf } = this;
    this.hasFactors = true;
    classes[PIXELS] = space.classes.pixels[m]!;
    classes[OUTPUT_CHANNELS] = space.classes.channels[k]!;
    classes[REDUCTION] = space.classes.reductions[c]!;
    classes[GROUPS] = space.classes.groups[g]!;
    for (let loop = 0; loop <= GROUPS; loop++) {
      const { fullInputs, restInputs, fullOutputs, restOutputs } = classes[loop]!;
      const [full, rest] = [loop * 2, loop * 2 + 1];
      input[full] = loop === OUTPUT_CHANNELS ? 1 : fullInputs;
      input[rest] = loop === OUTPUT_CHANNELS ? 1 : restInputs;
      second[full] = loop === PIXELS ? 1 : fullInputs;
      second[rest] = loop === PIXELS ? 1 : restInputs;
      output[full] = loop === REDUCTION ? 1 : fullOutputs;
      output[rest] = loop === REDUCTION ? 1 : restOutputs;
      compute[full] = macs[full] = fullOutputs;
      compute[rest] = macs[rest] = restOutputs;
    }
    this.mixed.fill(1);
    if (factorsOf === null) return;
    const { folds } = space;
    const places = [m, k, c, g];
    for (let loop = 0; loop <= GROUPS; loop++) {
      compute[loop * 2] = factorsOf[loop]![2 * places[loop]!]!;
      compute[loop * 2 + 1] = factorsOf[loop]![2 * places[loop]! + 1]!;
    }
    if (folds!.mixed === null) return;
    for (let tile = 0; tile < 4; tile++) this.mixed[tile] = mixedFactor(folds!, space.classes, g, k, tile);
    for (const loop of [OUTPUT_CHANNELS, GROUPS]) compute[loop * 2] = compute[loop * 2 + 1] = 1;
  }
}

/** A step between two mean tiles, of loops that are all at their first tile. */
export function stepKind(): StepKind {
  return { compute: 1, macs: 1, input: 1, second: 1, sum: 1, store: 1, pixelsFirst: 1, channelsFirst: 1 };
}
