import type { Machine } from '../arch/machine.js';
import { AccelsimError } from '../errors.js';
import {
  NoRoom,
  objectives,
  planResidency,
  planWithWeightRegion,
  ResidencyProblem,
  type LayerProblem,
  type Mapping,
  type MappingChoices,
  type Objective,
  type ObjectiveRule,
  type Piece,
  type ResidencyPlan,
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
import { objectiveRule } from './objective-rule.js';
import { leastProductPlan, memoryOf, noRoom } from './plan-network.js';

/** For machines with the same scratchpads, or for all. */
interface SizedChoices {
  readonly frontiers: Frontiers;
  readonly choices: (step: number, variant: number, rate: number) => MappingChoices;
}

/** Rules that more than one machine is planned under; weighted sums are each machine's own. */
const SHARED_RULES: ReadonlySet<ObjectiveRule> = new Set(Object.values(objectives));

/**
 * Machines that differ in their off-chip bandwidth and the capacity of their scratchpads alone, at one precision of one
 * network, with mappings chosen for one objective. A mapping search serves all bandwidths, and its frontiers all
 * capacities, unless energy counts: larger scratchpads take more of it for each access.
 */
export class MachineGroup {
  private readonly network: Network;
  private readonly precision: Precision;
  private readonly mode: Mode;
  private readonly rule: ObjectiveRule;
  private readonly machines: readonly Machine[];
  private readonly steps: NetworkSteps;
  private readonly memory: LoopsMemory;
  private readonly rates: readonly number[];
  /** By rule, then by scratchpad capacity, or one for all. */
  private readonly sized = new Map<ObjectiveRule, Map<number, SizedChoices>>();
  private readonly sums = new Map<Mapping, Map<number, LayerSums>>();
  private readonly pricers = new Map<LayerProblem, LayerPricer>();

  /** @throws AccelsimError when a machine gives no energy that the objective asks for */
  constructor(
    network: Network,
    precision: Precision,
    mode: Mode,
    objective: Objective,
    machines: readonly Machine[],
    memory: LoopsMemory,
  ) {
    this.network = network;
    this.precision = precision;
    this.mode = mode;
    const rules = machines.map((machine) => objectiveRule(objective, machine));
    this.rule = rules[0]!;
    this.machines = machines;
    this.steps = new NetworkSteps(network, precision, machines[0]!);
    this.memory = memory;
    this.rates = [...new Set(machines.map(({ offChipBytesPerCycle }) => offChipBytesPerCycle))];
  }

  /** Totals of the machine with this number, or why it has none. */
  answer(at: number): { readonly totals: SumTotals | null; readonly noRoom: AccelsimError | null } {
    const { network, rule, steps } = this;
    const machine = this.machines[at]!;
    const planUnder = (some: ObjectiveRule): ResidencyPlan => this.planUnder(some, machine);
    try {
      const plan = rule.additive ? planUnder(rule) : leastProductPlan(planUnder, steps, machine);
      const pieces = plan.steps.flatMap((step) =>
        step.pieces.map((piece) => ({ sums: this.sumsOf(piece, machine), times: piece.times })),
      );
      return { totals: totalsOfSums(pieces, network, machine), noRoom: null };
    } catch (error) {
      if (error instanceof AccelsimError) return { totals: null, noRoom: error };
      throw error;
    }
  }

  /** @throws AccelsimError where a layer does not fit */
  private planUnder(rule: ObjectiveRule, machine: Machine): ResidencyPlan {
    const { mode, network, precision, steps } = this;
    const { choices, frontiers } = SHARED_RULES.has(rule)
      ? this.sharedChoices(rule, machine)
      : this.choicesOf(new Frontiers(machine, { memory: this.memory, rule }));
    const rate = frontiers.rates.indexOf(machine.offChipBytesPerCycle);
    const problem = new ResidencyProblem(steps.graph, memoryOf(machine), (step, variant) =>
      choices(step, variant, rate),
    );
    const plan = mode === 'throughput' ? planWithWeightRegion(problem) : planResidency(problem);
    if (plan instanceof NoRoom) throw noRoom(network, precision, machine, plan.layer, frontiers);
    return plan;
  }

  private sharedChoices(rule: ObjectiveRule, machine: Machine): SizedChoices {
    const { machines, memory, rates } = this;
    // With a shared buffer a frontier tells sizes of that apart, and holds for one scratchpad only.
    const isOwn = machine.sharedBuffer !== null || rule.ofEnergy !== null;
    const sizes = machines.map(({ scratchpadBytesPerCore }) => scratchpadBytesPerCore);
    const size = isOwn ? machine.scratchpadBytesPerCore : Math.max(...sizes);
    let bySize = this.sized.get(rule);
    if (bySize === undefined) this.sized.set(rule, (bySize = new Map()));
    let sized = bySize.get(size);
    if (sized === undefined) {
      const smallestBytes = isOwn ? size : Math.min(...sizes);
      const largest = { ...machine, scratchpadBytesPerCore: size };
      sized = this.choicesOf(new Frontiers(largest, { rates, memory, smallestBytes, rule }));
      bySize.set(size, sized);
    }
    return sized;
  }

  private choicesOf(frontiers: Frontiers): SizedChoices {
    const { steps } = this;
    const known: (readonly MappingChoices[])[][] = [];
    const choices: SizedChoices['choices'] = (step, variant, rate) => {
      const variants = (known[step] ??= []);
      return (variants[variant] ??= steps.choices(step, variant, frontiers))[rate]!;
    };
    return { choices, frontiers };
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
