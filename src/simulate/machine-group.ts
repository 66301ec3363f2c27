import type { Machine } from '../arch/machine.js';
import { AccelsimError } from '../errors.js';
import {
  NoRoom,
  objectives,
  piecesOfPlan,
  planOf,
  ResidencyProblem,
  type FoundPlan,
  type LayerProblem,
  type Mapping,
  type MappingChoices,
  type Objective,
  type ObjectiveRule,
  type Piece,
  type ResidencyPlan,
} from '../mapping/index.js';
import {
  compulsoryBytes,
  LayerPricer,
  layerSums,
  totalsOfSums,
  type LayerSums,
  type Mode,
  type PieceSums,
  type SumTotals,
} from '../performance/index.js';
import type { Precision } from '../precision/index.js';
import type { Network } from '../workload/network.js';
import { Frontiers } from './frontiers.js';
import type { LoopsMemory } from './loops-memory.js';
import { NetworkSteps, wholeOfStripes } from './network-steps.js';
import { objectiveRule } from './objective-rule.js';
import { findPlanFor, leastProductPlan, memoryOf, noRoom } from './plan-network.js';

/** For machines with the same scratchpads, or for all. */
interface SizedChoices {
  readonly frontiers: Frontiers;
  /** By place in the frontiers' list of rates: the residency problem on some machine's memory. */
  readonly problems: readonly ResidencyProblem[];
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
  private readonly sums = new Map<Mapping['candidate'], LayerSums[]>();
  private readonly pricers = new Map<LayerProblem, LayerPricer>();
  private readonly compulsory = new Map<LayerProblem, number>();

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
    const { network } = this;
    const machine = this.machines[at]!;
    try {
      const pieces = this.piecesOn(machine);
      const sums = pieces.map(
        (piece): PieceSums => ({
          sums: this.sumsOf(piece, machine),
          cycles: piece.mapping.cycles,
          times: piece.times,
        }),
      );
      return { totals: totalsOfSums(sums, this.compulsoryOf(pieces), network, machine), noRoom: null };
    } catch (error) {
      if (error instanceof AccelsimError) return { totals: null, noRoom: error };
      throw error;
    }
  }

  /** @throws AccelsimError where a layer does not fit */
  private piecesOn(machine: Machine): readonly Piece[] {
    const { rule, steps } = this;
    if (rule.additive) return this.found(rule, machine, piecesOfPlan);
    const planUnder = (some: ObjectiveRule): ResidencyPlan => this.found(some, machine, planOf);
    return leastProductPlan(planUnder, steps, machine).steps.flatMap(({ pieces }) => pieces);
  }

  /** @throws AccelsimError where a layer does not fit */
  private found<Result>(
    rule: ObjectiveRule,
    machine: Machine,
    resultOf: (problem: ResidencyProblem, plan: FoundPlan) => Result | NoRoom,
  ): Result {
    const { problems, frontiers } = SHARED_RULES.has(rule)
      ? this.sharedChoices(rule, machine)
      : this.choicesOf(new Frontiers(machine, { memory: this.memory, rule }), machine);
    const problem = problems[frontiers.rates.indexOf(machine.offChipBytesPerCycle)]!.on(memoryOf(machine));
    const result = resultOf(problem, findPlanFor(this.mode, problem));
    if (result instanceof NoRoom) throw noRoom(this.network, this.precision, machine, result.layer, frontiers);
    return result;
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
      sized = this.choicesOf(new Frontiers(largest, { rates, memory, smallestBytes, rule }), largest);
      bySize.set(size, sized);
    }
    return sized;
  }

  private choicesOf(frontiers: Frontiers, machine: Machine): SizedChoices {
    const { steps } = this;
    const known: (readonly MappingChoices[])[][] = [];
    const choicesAt = (rate: number) => (step: number, variant: number) => {
      const variants = (known[step] ??= []);
      return (variants[variant] ??= steps.choices(step, variant, frontiers))[rate]!;
    };
    const memory = memoryOf(machine);
    const problems = frontiers.rates.map((_, rate) => new ResidencyProblem(steps.graph, memory, choicesAt(rate)));
    return { problems, frontiers };
  }

  /** Of each layer as a whole: pieces of one follow each other. */
  private compulsoryOf(pieces: readonly Piece[]): number {
    const { layers } = this.network;
    let bytes = 0;
    let before = -1;
    for (const { layer, problem } of pieces) {
      if (layer === before) continue;
      before = layer;
      let own = this.compulsory.get(problem);
      if (own === undefined) {
        own = compulsoryBytes(wholeOfStripes(problem, layers[layer]!));
        this.compulsory.set(problem, own);
      }
      bytes += own;
    }
    return bytes;
  }

  /** Many machines come to the same schedule of a layer, those with other bandwidths too. */
  private sumsOf({ layer, problem, mapping }: Piece, machine: Machine): LayerSums {
    const { candidate } = mapping;
    let byLayer = this.sums.get(candidate);
    if (byLayer === undefined) this.sums.set(candidate, (byLayer = []));
    let sums = byLayer[layer];
    if (sums === undefined) {
      let pricer = this.pricers.get(problem);
      if (pricer === undefined) this.pricers.set(problem, (pricer = new LayerPricer(problem, machine)));
      sums = layerSums(this.network.layers[layer]!, this.precision.layers[layer]!, problem, mapping, machine, pricer);
      byLayer[layer] = sums;
    }
    return sums;
  }
}
