import type { Machine } from '../arch/machine.js';
import type { Candidate } from '../mapping/candidate.js';
import type { ClassFolds, FoldTables } from '../mapping/folds.js';
import { loopAt, OUTPUT_CHANNELS, PIXELS, REDUCTION } from '../mapping/loop-order.js';
import type { LayerProblem } from '../mapping/problem.js';
import type { TileClasses } from '../mapping/tile-classes.js';
import type { TileSpace } from '../mapping/tile-space.js';
import { pieceCycles } from './compute.js';

/**
 * Prices `count` steps in which the loop at `depth` moves: -1 is the loop over groups, 2 the innermost. The other figures
 * are factors to the mean tile: cycles of the array and MACs of the tile that is left, loads of the one that is reached,
 * and what is stored of the one that is left. Last the shares of these steps in which the loops over pixels and output
 * channels are at their first tile, where they stand outside.
 */
export interface StepPricer {
  stepsCycles(
    depth: number,
    count: number,
    compute: number,
    macs: number,
    input: number,
    second: number,
    sum: number,
    store: number,
    pixelsFirst: number,
    channelsFirst: number,
  ): number;
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
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  /** Of each loop the factors of full and rest tiles: pixels, output channels, reduction, groups. */
  private readonly compute = new Float64Array(8);
  /** Of groups and channels that share a side: full and rest tiles of groups, and within each of channels. */
  private readonly mixed = new Float64Array(4);
  private readonly macs = new Float64Array(8);
  private readonly input = new Float64Array(8);
  private readonly second = new Float64Array(8);
  private readonly output = new Float64Array(8);
  private readonly classes: (TileClasses | null)[] = [null, null, null, null];

  constructor(problem: LayerProblem, machine: Machine) {
    this.problem = problem;
    this.machine = machine;
  }

  set(candidate: Candidate): void {
    const { space, g, m, c, k } = candidate;
    const { last } = this;
    // Bounded, and then priced with one schedule after the other.
    if (space !== null && space === last.space && g === last.g && m === last.m && c === last.c && k === last.k) return;
    last.space = space;
    last.g = g;
    last.m = m;
    last.c = c;
    last.k = k;
    this.uneven = space !== null && this.setClasses(candidate, space.classes);
    this.firstInput = this.firstSecond = this.firstOutput = this.lastCompute = this.lastMacs = this.lastStore = 1;
    if (!this.uneven) return;
    this.setFactors(candidate, space!);
    for (let loop = 0; loop <= GROUPS; loop++) {
      const end = loop * 2 + this.lastClass(loop);
      this.firstInput *= this.input[loop * 2]!;
      this.firstSecond *= this.second[loop * 2]!;
      this.firstOutput *= this.output[loop * 2]!;
      this.lastCompute *= this.compute[end]!;
      this.lastMacs *= this.macs[end]!;
      this.lastStore *= this.output[end]!;
    }
    this.lastCompute *= this.mixed[2 * this.lastClass(GROUPS) + this.lastClass(OUTPUT_CHANNELS)]!;
  }

  /** Sums the steps of the whole sequence. */
  cycles(candidate: Candidate, pricer: StepPricer): number {
    let total = 0;
    for (let depth = -1; depth < 3; depth++) {
      const { trips, runs, fullPerRun, hasRest } = this.classes[this.loop(candidate, depth)]!;
      if (trips === 1) continue;
      if (!hasRest) total += this.moves(candidate, depth, FULL, FULL, trips - 1, pricer);
      else {
        total += this.moves(candidate, depth, FULL, FULL, runs * (fullPerRun - 1), pricer);
        total += this.moves(candidate, depth, FULL, REST, runs, pricer);
        total += this.moves(candidate, depth, REST, FULL, runs - 1, pricer);
      }
    }
    return total;
  }

  /** All steps in which the loop at `depth` moves from one class of tiles to another, `count` in each of its traversals. */
  private moves(
    candidate: Candidate,
    depth: number,
    from: number,
    to: number,
    count: number,
    pricer: StepPricer,
  ): number {
    if (count === 0) return 0;
    let total = 0;
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
      let pixelsFirst = 1;
      let channelsFirst = 1;
      for (let at = -1; at < 3; at++) {
        const loop = this.loop(candidate, at);
        const around = (outside >> (at + 1)) & 1;
        if (at < depth) {
          steps *= this.countOf(loop, around);
          // The first tile of a loop is a full one.
          const share = around === FULL ? 1 / this.countOf(loop, FULL) : 0;
          if (loop === PIXELS) pixelsFirst = share;
          if (loop === OUTPUT_CHANNELS) channelsFirst = share;
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
      compute *= this.mixed[mixed]!;
      total += pricer.stepsCycles(depth, steps, compute, macs, input, second, sum, store, pixelsFirst, channelsFirst);
    }
    return total;
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

  /** Whether any loop has a rest. */
  private setClasses(
    { g, m, c, k }: Candidate,
    { groups, pixels, channels, reductions }: TileSpace['classes'],
  ): boolean {
    const { classes } = this;
    classes[PIXELS] = pixels[m]!;
    classes[OUTPUT_CHANNELS] = channels[k]!;
    classes[REDUCTION] = reductions[c]!;
    classes[GROUPS] = groups[g]!;
    return pixels[m]!.hasRest || channels[k]!.hasRest || reductions[c]!.hasRest || groups[g]!.hasRest;
  }

  private setFactors(candidate: Candidate, { folds }: TileSpace): void {
    const { compute, macs, input, second, output, classes } = this;
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
    if (folds === null) this.mixed.fill(1);
    else this.setArrayFactors(candidate, folds);
  }

  private setArrayFactors(candidate: Candidate, { pixels, channels, reductions, groups, mixed }: FoldTables): void {
    const { stream, g, m, c, k } = candidate;
    this.setPositions(PIXELS, pixels, m, candidate, stream === 'pixels');
    this.setPositions(REDUCTION, reductions, c, candidate, stream === 'reduction');
    this.mixed.fill(1);
    if (mixed === null) {
      this.setPositions(OUTPUT_CHANNELS, channels, k, candidate, stream === 'outputChannels');
      this.setPositions(GROUPS, groups, g, candidate, false);
      return;
    }
    const at = g * channels.all.length + k;
    const mean = mixed.positions[at]! / (candidate.groupTrips * candidate.channelTrips);
    for (let tile = 0; tile < 4; tile++) this.mixed[tile] = mixed.ofTiles[at * 4 + tile]! / mean;
    for (const loop of [OUTPUT_CHANNELS, GROUPS]) this.compute[loop * 2] = this.compute[loop * 2 + 1] = 1;
  }

  private setPositions(loop: number, folds: ClassFolds, at: number, candidate: Candidate, streams: boolean): void {
    const { problem, machine } = this;
    let full = folds.full[at]!;
    let rest = folds.rest[at]!;
    if (streams) {
      full = pieceCycles(full, candidate, problem, machine);
      rest = pieceCycles(rest, candidate, problem, machine);
    }
    const [fulls, rests] = [folds.fullCount[at]!, folds.restCount[at]!];
    const mean = (full * fulls + rest * rests) / (fulls + rests);
    this.compute[loop * 2] = full / mean;
    this.compute[loop * 2 + 1] = rest / mean;
  }
}
