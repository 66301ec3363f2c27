import type { Machine } from '../arch/machine.js';
import type { AccelsimError } from '../errors.js';
import {
  NoRoom,
  planResidency,
  planWithWeightRegion,
  ResidencyProblem,
  type LayerProblem,
  type Mapping,
  type MappingChoices,
  type Piece,
} from '../mapping/index.js';
import {
  LayerPricer,
  layerSums,
  totalsOfSums,
  type LayerSums,
  type Mode,
  type SumTotals,
} from '../performance/index.js';
import type { Precision } from '../precision/index.js';
import type { Network } from '../workload/network.js';
import { Frontiers } from './frontiers.js';
import type { LoopsMemory } from './loops-memory.js';
import { NetworkSteps } from './network-steps.js';
import { memoryOf, noRoom } from './plan-network.js';

/** For machines with the same scratchpads, or for all. */
interface SizedChoices {
  readonly frontiers: Frontiers;
  readonly choices: (step: number, variant: number, rate: number) => MappingChoices;
}

/**
 * Machines that differ in their off-chip bandwidth and the capacity of their scratchpads alone, at one precision of one
 * network. A mapping search serves all bandwidths, and its frontiers all capacities.
 */
export class MachineGroup {
  private readonly network: Network;
  private readonly precision: Precision;
  private readonly mode: Mode;
  private readonly machines: readonly Machine[];
  private readonly steps: NetworkSteps;
  private readonly memory: LoopsMemory;
  private readonly rates: readonly number[];
  /** By scratchpad capacity, or one for all. */
  private readonly sized = new Map<number, SizedChoices>();
  private readonly sums = new Map<Mapping, Map<number, LayerSums>>();
  private readonly pricers = new Map<LayerProblem, LayerPricer>();

  constructor(network: Network, precision: Precision, mode: Mode, machines: readonly Machine[], memory: LoopsMemory) {
    this.network = network;
    this.precision = precision;
    this.mode = mode;
    this.machines = machines;
    this.steps = new NetworkSteps(network, precision, machines[0]!);
    this.memory = memory;
    this.rates = [...new Set(machines.map(({ offChipBytesPerCycle }) => offChipBytesPerCycle))];
  }

  /** Totals of the machine with this number, or why it has none. */
  answer(at: number): { readonly totals: SumTotals | null; readonly noRoom: AccelsimError | null } {
    const { mode, network, precision, steps } = this;
    const machine = this.machines[at]!;
    const rate = this.rates.indexOf(machine.offChipBytesPerCycle);
    const { choices, frontiers } = this.choicesFor(machine);
    const problem = new ResidencyProblem(steps.graph, memoryOf(machine), (step, variant) =>
      choices(step, variant, rate),
    );
    const plan = mode === 'throughput' ? planWithWeightRegion(problem) : planResidency(problem);
    if (plan instanceof NoRoom) {
      return { totals: null, noRoom: noRoom(network, precision, machine, plan.layer, frontiers) };
    }
    const pieces = plan.steps.flatMap((step) =>
      step.pieces.map((piece) => ({ sums: this.sumsOf(piece, machine), times: piece.times })),
    );
    return { totals: totalsOfSums(pieces, network, machine), noRoom: null };
  }

  private choicesFor(machine: Machine): SizedChoices {
    const { machines, memory, rates, steps } = this;
    // With a shared buffer a frontier tells sizes of that apart, and holds for one scratchpad only.
    const sizes = machines.map(({ scratchpadBytesPerCore }) => scratchpadBytesPerCore);
    const size = machine.sharedBuffer === null ? Math.max(...sizes) : machine.scratchpadBytesPerCore;
    let sized = this.sized.get(size);
    if (sized === undefined) {
      const smallestBytes = machine.sharedBuffer === null ? Math.min(...sizes) : size;
      const frontiers = new Frontiers({ ...machine, scratchpadBytesPerCore: size }, { rates, memory, smallestBytes });
      const known: (readonly MappingChoices[])[][] = [];
      const choices: SizedChoices['choices'] = (step, variant, rate) => {
        const variants = (known[step] ??= []);
        return (variants[variant] ??= steps.choices(step, variant, frontiers))[rate]!;
      };
      this.sized.set(size, (sized = { choices, frontiers }));
    }
    return sized;
  }

  /** Many machines come to the same mapping of a layer. */
  private sumsOf({ layer, problem, mapping }: Piece, machine: Machine): LayerSums {
    let byLayer = this.sums.get(mapping);
    if (byLayer === undefined) this.sums.set(mapping, (byLayer = new Map()));
    let sums = byLayer.get(layer);
    if (sums === undefined) {
      let pricer = this.pricers.get(problem);
      if (pricer === undefined) this.pricers.set(problem, (pricer = new LayerPricer(problem, machine)));
      sums = layerSums(this.network.layers[layer]!, this.precision.layers[layer]!, problem, mapping, machine, pricer);
      byLayer.set(layer, sums);
    }
    return sums;
  }
}
