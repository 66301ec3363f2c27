import type { EnergyPricer } from './pricer.js';
import type { Frontier, KeptSchedule } from './frontier.js';
import type { ObjectiveRule } from './objective.js';

/** Sizes of memory told apart at a glance: eight to each doubling, below 2^31 bytes. */
const STEPS_LOG2 = 3;
const LARGEST = 2 ** 31 - 1;

/**
 * What a search looks for: the best mappings at each of some rates of the off-chip channel. For most of what is tried a
 * glance says that it is too dear: a table has, for each rate and some sizes of memory, the cost of what was found so far.
 */
export class Goals {
  /** Bytes per cycle of the channel. */
  readonly rates: readonly number[];
  readonly cyclesPerByte: Float64Array;
  /** By rate. */
  readonly frontiers: readonly Frontier[];
  readonly rule: ObjectiveRule;
  /** By rate: tile choices that no bound ruled out. */
  readonly left: Float64Array;
  /** By size and rate: what costs more than this adds nothing to memory of this size or more. */
  readonly limits: Float64Array;
  private readonly floorBytes: number;
  private readonly mostBytes: number;
  /** The size of the floor. */
  private readonly firstSize: number;
  private readonly energy: EnergyPricer;
  private readonly fixedEnergy: number;

  /** No mapping takes more than `mostBytes`. `fixedEnergy`: quanta that are the same whatever the mapping. */
  constructor(
    rates: readonly number[],
    frontiers: readonly Frontier[],
    floorBytes: number,
    mostBytes: number,
    rule: ObjectiveRule,
    energy: EnergyPricer,
    fixedEnergy: number,
  ) {
    this.rates = rates;
    this.cyclesPerByte = new Float64Array(rates.length);
    for (let at = 0; at < rates.length; at++) this.cyclesPerByte[at] = 1 / rates[at]!;
    this.frontiers = frontiers;
    this.rule = rule;
    this.energy = energy;
    this.fixedEnergy = fixedEnergy;
    this.left = new Float64Array(rates.length);
    this.floorBytes = floorBytes;
    this.mostBytes = Math.max(floorBytes, mostBytes);
    this.firstSize = sizeOf(floorBytes);
    // The first stands for the floor, and none is above the last.
    const sizes = sizeOf(this.mostBytes) - this.firstSize + 2;
    this.limits = new Float64Array(sizes * rates.length).fill(Infinity);
  }

  /** Where the limits of all rates begin for mappings that take this memory. */
  limitsAt(memoryBytes: number): number {
    if (memoryBytes <= this.floorBytes) return 0;
    return (1 + sizeOf(Math.min(memoryBytes, this.mostBytes)) - this.firstSize) * this.rates.length;
  }

  /** What counts first: of a mapping, or from lower bounds of its figures a lower bound of it. Energy without leakage. */
  cost(cycles: number, offChipBytes: number, energy: number): number {
    const { ofEnergy, bytesFirst } = this.rule;
    if (ofEnergy !== null) return ofEnergy(this.fixedEnergy + energy + this.energy.leakage(cycles), cycles);
    return bytesFirst ? offChipBytes : cycles;
  }

  tie(cycles: number, offChipBytes: number): number {
    const { ofEnergy, bytesFirst } = this.rule;
    return ofEnergy !== null || bytesFirst ? cycles : offChipBytes;
  }

  /** Adds a mapping to the frontier of a rate. */
  add(rate: number, memoryBytes: number, cost: number, tie: number, cycles: number, choice: KeptSchedule): void {
    const { limits, firstSize, floorBytes } = this;
    this.frontiers[rate]!.add(memoryBytes, cost, tie, cycles, choice);
    const step = this.rates.length;
    let size = sizeOf(Math.max(memoryBytes, floorBytes));
    if (memoryBytes <= floorBytes) limits[rate] = Math.min(limits[rate]!, cost);
    // The size also stands for less memory than this.
    else if (smallestOf(size) < memoryBytes) size += 1;
    let at = (1 + size - firstSize) * step + rate;
    for (; at < limits.length && limits[at]! > cost; at += step) limits[at] = cost;
  }
}

/** Its number. */
function sizeOf(bytes: number): number {
  const whole = Math.min(bytes, LARGEST);
  const doublings = 31 - Math.clz32(whole);
  if (doublings < STEPS_LOG2) return whole;
  return (doublings << STEPS_LOG2) + ((whole >>> (doublings - STEPS_LOG2)) & ((1 << STEPS_LOG2) - 1));
}

/** The fewest bytes of the size with this number. */
function smallestOf(at: number): number {
  const doublings = at >>> STEPS_LOG2;
  if (doublings < STEPS_LOG2) return at;
  return (((1 << STEPS_LOG2) + (at & ((1 << STEPS_LOG2) - 1))) << (doublings - STEPS_LOG2)) >>> 0;
}
