import { resolveMachine, type ArchSpec } from '../arch/index.js';
import type { Machine } from '../arch/machine.js';
import {
  NoRoom,
  planResidency,
  planWithWeightRegion,
  ResidencyProblem,
  type MappingChoices,
} from '../mapping/index.js';
import type { Mode } from '../performance/index.js';
import { assignPrecision } from '../precision/index.js';
import { cyclesToMilliseconds, kibToBytes } from '../units.js';
import type { Network } from '../workload/network.js';
import { Frontiers } from './frontiers.js';
import { LoopsMemory } from './loops-memory.js';
import { NetworkSteps } from './network-steps.js';
import { memoryOf } from './plan-network.js';

/** A network on every combination of these; everything else as the machine file says. */
export interface SweepQuestion {
  readonly arch: ArchSpec;
  readonly network: Network;
  readonly mode: Mode;
  readonly bits: readonly number[];
  readonly bandwidthsGBps: readonly number[];
  readonly scratchpadKiB: readonly number[];
  readonly cores: readonly number[];
}

/** What one point comes to; `simulateRun` says the same, layer by layer. */
export interface SweepPoint {
  readonly cores: number;
  readonly bits: number;
  readonly bandwidthGBps: number;
  readonly scratchpadKiB: number;
  /** Null where a layer's smallest tiles do not fit the scratchpad. */
  readonly totals: {
    readonly totalCycles: number;
    readonly latencyMs: number;
    readonly offChipBytes: number;
  } | null;
}

/**
 * Simulates many machines that differ in a few numbers, faster than one by one and with the same answers: a frontier
 * answers for every scratchpad size, tiles to choose from are listed once, and mappings that were good at one bandwidth or
 * width are tried first at the next, which leaves most of the rest unpriced. Cores outermost, then bits, bandwidths and
 * capacities, in the order given.
 * @throws AccelsimError when a machine is impossible
 */
export function* sweep(question: SweepQuestion): Generator<SweepPoint> {
  const { arch, network, mode } = question;
  const [smallestKiB, largestKiB] = [Math.min(...question.scratchpadKiB), Math.max(...question.scratchpadKiB)];
  const memory = new LoopsMemory();
  for (const cores of question.cores) {
    const spec = { ...arch, cores, scratchpad: { ...arch.scratchpad, capacityKiB: largestKiB } };
    for (const bits of question.bits) {
      const precision = assignPrecision(network, { policy: 'edges', bits });
      const machines = question.bandwidthsGBps.map((bandwidthGBps) => resolveMachine(spec, { bits, bandwidthGBps }));
      const rates = machines.map((machine) => machine.offChipBytesPerCycle);
      const steps = new NetworkSteps(network, precision, machines[0]!);
      const common = new Frontiers(machines[0]!, { memory, smallestBytes: kibToBytes(smallestKiB), rates });
      for (const [rate, machine] of machines.entries()) {
        const bandwidthGBps = question.bandwidthsGBps[rate]!;
        const choicesOn = (some: Machine, smallestBytes: number) => {
          const frontiers = new Frontiers(some, { memory, smallestBytes });
          return remembered((step, variant) => steps.choices(step, variant, frontiers));
        };
        const shared = remembered((step, variant) => steps.choices(step, variant, common, rate));
        for (const scratchpadKiB of question.scratchpadKiB) {
          const own = { ...machine, scratchpadBytesPerCore: kibToBytes(scratchpadKiB) };
          // With a shared buffer a frontier tells sizes of that apart, and holds for one scratchpad only.
          const choices = machine.sharedBuffer === null ? shared : choicesOn(own, own.scratchpadBytesPerCore);
          const problem = new ResidencyProblem(steps.graph, memoryOf(own), choices);
          const plan = mode === 'throughput' ? planWithWeightRegion(problem) : planResidency(problem);
          const totals = plan instanceof NoRoom ? null : totalsOfPlan(plan.steps, machine);
          yield { cores, bits, bandwidthGBps, scratchpadKiB, totals };
        }
      }
    }
  }
}

function totalsOfPlan(
  steps: readonly {
    readonly pieces: readonly {
      readonly times: number;
      readonly mapping: { readonly cycles: number; readonly offChipBytes: number };
    }[];
  }[],
  machine: Machine,
): SweepPoint['totals'] {
  let totalCycles = 0;
  let offChipBytes = 0;
  for (const { pieces } of steps) {
    for (const { times, mapping } of pieces) {
      totalCycles += times * mapping.cycles;
      offChipBytes += times * mapping.offChipBytes;
    }
  }
  return { totalCycles, latencyMs: cyclesToMilliseconds(totalCycles, machine.clockGHz), offChipBytes };
}

/** Capacities ask for the same choices; making them anew each time would cost more than the answers. */
function remembered(
  choicesOf: (step: number, variant: number) => MappingChoices,
): (step: number, variant: number) => MappingChoices {
  const known: MappingChoices[][] = [];
  return (step, variant) => {
    const variants = (known[step] ??= []);
    return (variants[variant] ??= choicesOf(step, variant));
  };
}
