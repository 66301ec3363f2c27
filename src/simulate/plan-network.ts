import { AccelsimError, failure } from '../errors.js';
import type { Machine } from '../arch/machine.js';
import {
  findPlan,
  findPlanWithRegion,
  leastProduct,
  NoRoom,
  planOf,
  ResidencyProblem,
  type FoundPlan,
  type LayerDecision,
  type LayerProblem,
  type Objective,
  type ObjectiveRule,
  type ResidencyMemory,
  type ResidencyPlan,
  type SolvedPlan,
  type StepDecision,
} from '../mapping/index.js';
import { LayerPricer, MODES, type Mode } from '../performance/index.js';
import type { Precision } from '../precision/precision.js';
import { BYTES_PER_KIB } from '../units.js';
import type { Network } from '../workload/network.js';
import { Frontiers } from './frontiers.js';
import { distinctInputs, layerProblem } from './layer-problem.js';
import { LoopsMemory, spacesOf } from './loops-memory.js';
import { NetworkSteps } from './network-steps.js';
import { objectiveRule } from './objective-rule.js';

/** A layer, or a stripe of one, as it runs. */
export interface PlannedPiece extends LayerDecision {
  /** Its index in the network. */
  readonly layer: number;
  /** How often it runs: stripes that are alike stand once. */
  readonly times: number;
  readonly problem: LayerProblem;
}

/** How a network is to be run: what stays on chip, and for each layer what it then moves and its mapping. */
export interface NetworkPlan {
  readonly steps: NetworkSteps;
  readonly plan: ResidencyPlan;
  /** In the order of layers: one for each layer that is not cut into stripes. */
  readonly pieces: readonly PlannedPiece[];
}

/**
 * Chooses mappings and residency so that the whole network is best by the objective: the fastest where left out.
 * @throws AccelsimError when a layer's smallest working set does not fit the scratchpad, the mode or the objective is none,
 * or the machine gives no energy that the objective asks for.
 */
export function planNetwork(
  network: Network,
  precision: Precision,
  machine: Machine,
  mode: Mode,
  objective: Objective = 'latency',
): NetworkPlan {
  if (!MODES.includes(mode)) throw failure('mode', '', `must be ${MODES.join(' or ')}`, mode);
  const rule = objectiveRule(objective, machine);
  const steps = new NetworkSteps(network, precision, machine);
  const loops = loopsOf(network, machine);
  const planUnder = (some: ObjectiveRule): ResidencyPlan => {
    const frontiers = new Frontiers(machine, { memory: loops, rule: some });
    const problem = new ResidencyProblem(
      steps.graph,
      memoryOf(machine),
      (step, variant) => steps.choices(step, variant, frontiers)[0]!,
    );
    const plan = planOf(problem, findPlanFor(mode, problem));
    if (plan instanceof NoRoom) throw noRoom(network, precision, machine, plan.layer, frontiers);
    return plan;
  };
  const plan = rule.additive ? planUnder(rule) : leastProductPlan(planUnder, steps, machine);
  return { steps, plan, pieces: plan.steps.flatMap((step) => piecesOf(network, steps, step)) };
}

/** What stays on chip: in throughput weights may, too, from one inference to the next. */
export function findPlanFor(mode: Mode, problem: ResidencyProblem): FoundPlan {
  return mode === 'throughput' ? findPlanWithRegion(problem) : findPlan(problem);
}

/** The plan with the least product of energy and cycles, by those that are best under rules that add up. */
export function leastProductPlan(
  planUnder: (rule: ObjectiveRule) => ResidencyPlan,
  steps: NetworkSteps,
  machine: Machine,
): ResidencyPlan {
  const { plan, energy, cycles, exact, lowerBound } = leastProduct((rule): SolvedPlan<ResidencyPlan> => {
    const found = planUnder(rule);
    return { plan: found, energy: energyOf(found, steps, machine), cycles: found.cycles, lowerBound: found.lowerBound };
  });
  return { ...plan, cost: energy * cycles, exact, lowerBound };
}

/** In quanta. */
function energyOf(plan: ResidencyPlan, steps: NetworkSteps, machine: Machine): number {
  let energy = 0;
  for (const { pieces } of plan.steps) {
    for (const { layer, times, problem, mapping } of pieces) {
      const pricer = new LayerPricer(problem, machine);
      pricer.prepare({ ...mapping.candidate });
      const own = pricer.energy.ofPrepared(mapping.candidate) + pricer.energy.leakage(mapping.cycles);
      energy += times * (steps.fixedEnergy(layer, problem) + own);
    }
  }
  return energy;
}

function loopsOf(network: Network, machine: Machine): LoopsMemory {
  // Stripes of chains have loops of their own, too many to keep.
  const keeps = machine.schedule.fusion === 'none';
  return new LoopsMemory(keeps ? spacesOf(network, machine) : undefined);
}

function piecesOf(network: Network, { graph }: NetworkSteps, step: StepDecision): PlannedPiece[] {
  const onChip = new Set(
    graph.steps[step.chain < 0 ? step.first : graph.layers.length + step.chain]!.inputs.filter(
      (_, at) => step.inputsOnChip[at],
    ).map(({ tensor }) => tensor),
  );
  return step.pieces.map(
    (piece): PlannedPiece => ({
      ...piece,
      inputsOnChip: distinctInputs(network.layers[piece.layer]!).map(
        (tensor) => onChip.has(tensor) || network.tensors[tensor]!.producer >= step.first,
      ),
      outputWritten: piece.layer === step.last && step.outputWritten,
      weightsOnChip: step.weightsOnChip,
      occupiedBytes: step.occupiedBytes,
    }),
  );
}

/** Tensors stay in the shared buffer where there is one, and in the scratchpads where there is not. */
export function memoryOf({ cores, scratchpadBytesPerCore, sharedBuffer }: Machine): ResidencyMemory {
  return sharedBuffer === null
    ? {
        banks: cores,
        bytesPerBank: scratchpadBytesPerCore,
        tileBytes: (mapping) => cores * mapping.bufferBytesPerCore,
      }
    : { banks: 1, bytesPerBank: sharedBuffer.bytes, tileBytes: (mapping) => mapping.sharedBufferBytes };
}

/** The scratchpads of a machine have no room for this layer. */
export function noRoom(
  network: Network,
  precision: Precision,
  machine: Machine,
  index: number,
  frontiers: Frontiers,
): AccelsimError {
  const layer = network.layers[index]!;
  const nothingOnChip = layer.inputs.map(() => false);
  const alone = layerProblem(network, index, precision, machine, nothingOnChip, true, false);
  const smallestBufferBytes = frontiers.of(alone).smallestBufferBytes();
  return new AccelsimError([
    {
      source: machine.name,
      path: 'scratchpad.capacityKiB',
      rule: `layer ${layer.name} does not fit: its smallest tiles take ${smallestBufferBytes} bytes of each core's scratchpad`,
      found: `${machine.scratchpadBytesPerCore} bytes`,
      hint: `at least ${Math.ceil(smallestBufferBytes / BYTES_PER_KIB)} KiB are needed`,
    },
  ]);
}
