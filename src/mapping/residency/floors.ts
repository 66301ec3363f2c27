import { floorsToGo, layerFloor, lesser } from './layer-floor.js';
import type { MappingPrice, ResidencyProblem } from './residency-problem.js';
import { OFF_CHIP, ON_CHIP, type Slot } from './slots.js';
import type { StateSpace } from './state-space.js';
import { partsOf, type WeightRegion } from './region.js';

/** Tensors kept through a layer that does not read them leave it this many steps of room, rounded up. */
const LEVELS = 32;

interface Live {
  readonly slot: Slot;
  readonly bytes: number;
  readonly lastReader: number;
}

/** Inputs of a layer that live at some boundary before it. */
interface Reader {
  readonly layer: number;
  readonly inputs: readonly {
    readonly slot: Slot;
    readonly bytes: number;
    readonly stride: number;
    readonly isLast: boolean;
  }[];
}

/**
 * What layers cannot go below from a state on: each by itself at its best, with what is known to be off-chip off-chip,
 * and with only so much on chip as fits beside it.
 */
export class Floors {
  private readonly problem: ResidencyProblem;
  private readonly region: WeightRegion;
  private readonly price: number;
  private readonly known: Map<number, MappingPrice>[];
  /** By layer: everything that is ever on chip taken to be. */
  private readonly whole: readonly MappingPrice[];
  private readonly wholePattern: readonly number[];
  /** By boundary: the floors of all that is to come. */
  private readonly toGo: readonly MappingPrice[];
  private readonly live: readonly (readonly Live[])[];
  /** By boundary: layers from there on to the last that reads what lives there. */
  private readonly readers: readonly (readonly Reader[])[];
  private readonly occupied: Float64Array;
  private readonly levelBytes: number;
  /** What was measured last. */
  cycles = 0;
  bytes = 0;

  constructor(problem: ResidencyProblem, region: WeightRegion, price: number) {
    this.problem = problem;
    this.region = region;
    this.price = price;
    const { layers, steps } = problem.graph;
    this.known = layers.map(() => new Map());
    this.occupied = new Float64Array(layers.length + 1);
    this.levelBytes = Math.max(1, (problem.memory.banks * problem.memory.bytesPerBank) / LEVELS);
    this.wholePattern = layers.map((_, index) => steps[index]!.variants.whole);
    this.whole = layers.map((_, index) => this.floor(index, this.wholePattern[index]!, 0));
    this.toGo = floorsToGo(problem, this.whole);
    // What a layer in a chain takes is not known by itself, whatever the state.
    const alone = steps.length === layers.length ? layers : [];
    this.live = alone.map((_, boundary) => this.liveAt(boundary));
    this.readers = alone.map((_, boundary) => this.readersAt(boundary));
  }

  /**
   * From a state of a boundary to the end, at least: left in `cycles` and `bytes`. Once that is more than `upperCycles`
   * it is not looked at further.
   */
  measure(space: StateSpace, boundary: number, state: number, upperCycles: number): void {
    this.cycles = this.toGo[boundary]!.cycles;
    this.bytes = this.toGo[boundary]!.offChipBytes;
    const readers = this.readers[boundary];
    if (readers === undefined || this.cycles > upperCycles) return;
    const { occupied } = this;
    occupied.fill(0, boundary, boundary + readers.length + 1);
    for (const { slot, bytes, lastReader } of this.live[boundary]!) {
      if (space.place(state, slot) !== ON_CHIP) continue;
      occupied[boundary] = occupied[boundary]! + bytes;
      occupied[lastReader + 1] = occupied[lastReader + 1]! - bytes;
    }
    let kept = 0;
    for (let at = 0; at < readers.length; at++) {
      const { layer, inputs } = readers[at]!;
      if (this.cycles > upperCycles) return;
      kept += occupied[boundary + at]!;
      let beside = kept;
      let off = 0;
      for (let input = 0; input < inputs.length; input++) {
        const { slot, bytes, stride, isLast } = inputs[input]!;
        const place = space.place(state, slot);
        if (place === ON_CHIP) beside -= bytes;
        else if (place === OFF_CHIP || isLast) off += stride;
      }
      const level = Math.floor(beside / this.levelBytes);
      // What cannot run at all is floor enough.
      if ((off === 0 && level === 0) || this.whole[layer]!.cycles === Infinity) continue;
      const floor = this.floor(layer, this.wholePattern[layer]! - off, level);
      this.cycles += floor.cycles - this.whole[layer]!.cycles;
      this.bytes += floor.offChipBytes - this.whole[layer]!.offChipBytes;
    }
  }

  private liveAt(boundary: number): Live[] {
    const { steps, tensors } = this.problem.graph;
    return tensors.flatMap(({ producer, consumers, bytes }) =>
      producer >= 0 && producer < boundary && (consumers.at(-1) ?? -1) >= boundary
        ? [{ slot: steps[producer]!.output.slot!, bytes, lastReader: consumers.at(-1)! }]
        : [],
    );
  }

  private readersAt(boundary: number): Reader[] {
    const { steps, tensors } = this.problem.graph;
    const readers: Reader[] = [];
    const last = Math.max(-1, ...this.live[boundary]!.map(({ lastReader }) => lastReader));
    for (let layer = boundary; layer <= last; layer++) {
      const { inputs, variants } = steps[layer]!;
      const live = inputs.flatMap(({ tensor, slot, bytes, readersLeft }, at) =>
        slot !== undefined && tensors[tensor]!.producer < boundary
          ? [{ slot, bytes, stride: variants.sums ? variants.stride(at) : 0, isLast: readersLeft === 0 }]
          : [],
      );
      readers.push({ layer, inputs: live });
    }
    return readers;
  }

  /** The least a layer takes when no more inputs than those of a pattern can be on chip, beside so much that is not its own. */
  private floor(index: number, pattern: number, level: number): MappingPrice {
    const known = this.known[index]!;
    const key = pattern * (LEVELS + 1) + level;
    let floor = known.get(key);
    if (floor === undefined) {
      const beside = this.region.bytes + level * this.levelBytes;
      known.set(key, (floor = this.lookUp(index, pattern, beside)));
    }
    return floor;
  }

  private lookUp(index: number, pattern: number, besideBytes: number): MappingPrice {
    const { problem, region, price } = this;
    const { weightBytes } = problem.graph.layers[index]!;
    const off = () => layerFloor(problem, index, pattern, besideBytes, false);
    if (region.bytes === 0 || weightBytes === 0) return off();
    const { cycles, offChipBytes } = layerFloor(problem, index, pattern, besideBytes, true);
    if (region.holdsAll) return { cycles, offChipBytes };
    return lesser(off(), { cycles: cycles + price * partsOf(weightBytes, region), offChipBytes });
  }
}
