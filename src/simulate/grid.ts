import { resolveMachine, withChannelOf, type ArchSpec } from '../arch/index.js';
import type { AccelsimError } from '../errors.js';
import type { Machine } from '../arch/machine.js';
import type { Objective } from '../mapping/index.js';
import type { Mode, SumTotals } from '../performance/index.js';
import { assignPrecision, type Precision, type PrecisionChoice } from '../precision/index.js';
import type { Network } from '../workload/network.js';
import { LoopsMemory } from './loops-memory.js';
import { MachineGroup } from './machine-group.js';

/** One simulation of a grid: what `simulateRun` is asked. */
export interface GridPoint {
  readonly arch: ArchSpec;
  readonly precision: PrecisionChoice;
  /** In place of the machine's own, or of its kind of memory. */
  readonly bandwidthGBps?: number | undefined;
  /** What mappings and residency are chosen for; the fewest cycles where left out. */
  readonly objective?: Objective | undefined;
}

/** Points by number: an array, or something that makes each when it is asked for, which may be more than once. */
export interface GridPoints {
  readonly length: number;
  at(index: number): GridPoint | undefined;
}

export interface GridQuestion {
  readonly network: Network;
  readonly mode: Mode;
  readonly points: GridPoints;
}

/** What a point comes to. */
export interface GridAnswer {
  readonly index: number;
  /** Null where a layer's smallest tiles do not fit the scratchpad. */
  readonly totals: SumTotals | null;
  /** What a run says in that case. */
  readonly noRoom: AccelsimError | null;
}

/** Bandwidths that are searched for together: more would only make the searches wider. */
const MOST_RATES = 16;

/**
 * Simulates one network at many points, far faster than one by one and with the same totals. Points may be any and in any
 * order; those whose machines differ in off-chip bandwidth and scratchpad capacity alone share all of their work, those
 * that differ in bits or bandwidth much of it, and those with other objectives next to none. Answers come group by group,
 * groups in the order of their first points, and points of a group in order. What is kept in memory is that of one group,
 * and a number for each point.
 * @throws AccelsimError when a machine or a precision is impossible, or a machine gives no energy that its objective asks
 * for, before the first answer of its group
 */
export function* simulateGrid({ network, mode, points }: GridQuestion): Generator<GridAnswer> {
  const memory = new LoopsMemory();
  for (const indices of groupsOf(points)) {
    const { precision: choice, objective = 'latency' } = points.at(indices[0]!)!;
    const precision = assignPrecision(network, choice);
    const machines = machinesOf(points, precision);
    for (let first = 0; first < indices.length; ) {
      let rates = new Set<number>();
      let last = first;
      for (; last < indices.length; last++) {
        rates.add(machines(indices[last]!).offChipBytesPerCycle);
        if (rates.size > MOST_RATES) break;
      }
      const batch = indices.slice(first, last);
      const group = new MachineGroup(network, precision, mode, objective, batch.map(machines), memory);
      for (const [at, index] of batch.entries()) yield { index, ...group.answer(at) };
      first = last;
    }
    memory.forgetSpaces();
  }
}

/** Numbers of the points that share their work. */
function groupsOf(points: GridPoints): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  const texts = new Texts();
  for (let index = 0; index < points.length; index++) {
    const { arch, precision, bandwidthGBps, objective = 'latency' } = points.at(index)!;
    // A bandwidth takes the place of a kind of memory.
    const channel = bandwidthGBps === undefined && arch.offChip.memory !== undefined ? 'memory' : 'bandwidth';
    const key = `${objective} ${channel} ${texts.of(precision)} ${texts.ofMachine(arch)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return [...groups.values()];
}

/** Numbers for values, equal ones for equal values. Points share most sections of their machines: each is written out once. */
class Texts {
  private readonly numbers = new Map<string, number>();
  private readonly known = new WeakMap<object, number>();
  private readonly machines = new WeakMap<ArchSpec, string>();

  /** Of an object without one of its fields, always the same one for the same object. */
  of(value: unknown, without?: string): number {
    if (typeof value !== 'object' || value === null) return this.number(`${typeof value} ${String(value)}`);
    let number = this.known.get(value);
    if (number === undefined) {
      number = this.number(JSON.stringify(without === undefined ? value : { ...value, [without]: null }));
      this.known.set(value, number);
    }
    return number;
  }

  /** Without what machines of a group differ in. */
  ofMachine(arch: ArchSpec): string {
    let text = this.machines.get(arch);
    if (text === undefined) {
      const { scratchpad, offChip, ...rest } = arch;
      text = `${this.of(scratchpad, 'capacityKiB')} ${this.of(offChip, 'bandwidthGBps')}`;
      for (const [name, section] of Object.entries(rest)) text += ` ${name} ${this.of(section)}`;
      this.machines.set(arch, text);
    }
    return text;
  }

  private number(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) this.numbers.set(text, (number = this.numbers.size));
    return number;
  }
}

/** The machine of each point of a group: its sizes are made once, and so are its channels. */
function machinesOf(points: GridPoints, { bits }: Precision): (index: number) => Machine {
  const bySize = new Map<number, Machine>();
  const byBandwidth = new Map<number | undefined, Machine>();
  return (index) => {
    const { arch, bandwidthGBps } = points.at(index)!;
    const choices = bandwidthGBps === undefined ? { bits } : { bits, bandwidthGBps };
    const { capacityKiB } = arch.scratchpad;
    let sized = bySize.get(capacityKiB);
    if (sized === undefined) bySize.set(capacityKiB, (sized = resolveMachine(arch, choices)));
    const ofChannel = bandwidthGBps ?? arch.offChip.bandwidthGBps;
    let rated = byBandwidth.get(ofChannel);
    if (rated === undefined) byBandwidth.set(ofChannel, (rated = resolveMachine(arch, choices)));
    return withChannelOf(sized, rated);
  };
}
