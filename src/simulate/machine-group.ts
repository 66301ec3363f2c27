import type { Machine } from '../arch/machine.js';
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
  addUp,
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
import { memoryOf } from './plan-network.js';

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
  private readonly choices = new Map<number, (step: number, variant: number, rate: number) => MappingChoices>();
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

  /** Of the machine with this number; null where it has no room for some layer. */
  totals(at: number): SumTotals | null {
    const { mode, steps } = this;
    const machine = this.machines[at]!;
    const rate = this.rates.indexOf(machine.offChipBytesPerCycle);
    const choices = this.choicesFor(machine);
    const problem = new ResidencyProblem(steps.graph, memoryOf(machine), (step, variant) =>
      choices(step, variant, rate),
    );
    const plan = mode === 'throughput' ? planWithWeightRegion(problem) : planResidency(problem);
    if (plan instanceof NoRoom) return null;
    const pieces = plan.steps.flatMap((step) =>
      step.pieces.map((piece) => ({ sums: this.sumsOf(piece, machine), times: piece.times })),
    );
    return totalsOfSums(addUp(pieces), this.network, machine);
  }

  private choicesFor(machine: Machine): (step: number, variant: number, rate: number) => MappingChoices {
    const { machines, memory, rates, steps } = this;
    // With a shared buffer a frontier tells sizes of that apart, and holds for one scratchpad only.
    const sizes = machines.map(({ scratchpadBytesPerCore }) => scratchpadBytesPerCore);
    const size = machine.sharedBuffer === null ? Math.max(...sizes) : machine.scratchpadBytesPerCore;
    let choices = this.choices.get(size);
    if (choices === undefined) {
      const smallestBytes = machine.sharedBuffer === null ? Math.min(...sizes) : size;
      const frontiers = new Frontiers({ ...machine, scratchpadBytesPerCore: size }, { rates, memory, smallestBytes });
      const known: (readonly MappingChoices[])[][] = [];
      choices = (step, variant, rate) => {
        const variants = (known[step] ??= []);
        return (variants[variant] ??= steps.choices(step, variant, frontiers))[rate]!;
      };
      this.choices.set(size, choices);
    }
    return choices;
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
