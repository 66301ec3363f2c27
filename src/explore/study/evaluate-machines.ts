import { resolveMachine, toArchJson, type ArchSpec, type Machine } from '../../arch/index.js';
import { AccelsimError } from '../../errors.js';
import type { Mode, NetworkTotals } from '../../performance/index.js';
import { assignPrecision, type Precision, type PrecisionChoice } from '../../precision/index.js';
import { Frontiers } from '../../simulate/frontiers.js';
import { LoopsMemory } from '../../simulate/loops-memory.js';
import { simulateNetwork } from '../../simulate/network.js';
import { NetworkSteps } from '../../simulate/network-steps.js';
import type { PlanMemory } from '../../simulate/plan-network.js';
import { kibToBytes } from '../../units.js';
import type { Network } from '../../workload/index.js';

/** One network on one machine. */
export interface MachineQuestion {
  readonly arch: ArchSpec;
  /** At its batch. The same object where it is the same network, so that work is shared. */
  readonly network: Network;
  readonly choice: PrecisionChoice;
  readonly mode: Mode;
}

/** What it came to. */
export interface MachineAnswer {
  readonly totals: NetworkTotals;
  readonly precision: Pick<Precision, 'bits' | 'edgeBits'>;
}

/**
 * Answers questions as `simulateRun` answers each by itself, faster where they share work: the one place where the exploration
 * meets the simulator. A question that cannot be answered is answered by its error.
 */
export function evaluateMachines(questions: readonly MachineQuestion[]): (MachineAnswer | AccelsimError)[] {
  const answers: (MachineAnswer | AccelsimError)[] = [];
  for (const network of new Set(questions.map((question) => question.network))) {
    const mine = [...questions.keys()].filter((at) => questions[at]!.network === network);
    const sharing = new Sharing(mine.map((at) => questions[at]!.arch.scratchpad.capacityKiB));
    for (const at of mine) answers[at] = orItsError(() => answerOf(questions[at]!, sharing));
  }
  return answers;
}

function answerOf({ arch, network, choice, mode }: MachineQuestion, sharing: Sharing): MachineAnswer {
  const precision = assignPrecision(network, choice);
  const machine = resolveMachine(arch, { bits: precision.bits });
  const { bits, edgeBits } = precision;
  const memory = sharing.memoryFor(
    arch,
    JSON.stringify(choice),
    machine,
    () => new NetworkSteps(network, precision, machine),
  );
  return { totals: simulateNetwork(network, precision, machine, mode, memory).totals, precision: { bits, edgeBits } };
}

function orItsError(answer: () => MachineAnswer): MachineAnswer | AccelsimError {
  try {
    return answer();
  } catch (error) {
    if (error instanceof AccelsimError) return error;
    throw error;
  }
}

/** What simulations of one network on many machines share. */
class Sharing {
  readonly #largestKiB: number;
  readonly #smallestBytes: number;
  readonly #loops = new LoopsMemory();
  readonly #steps = new Map<string, NetworkSteps>();
  readonly #frontiers = new Map<string, Frontiers>();

  constructor(capacitiesKiB: readonly number[]) {
    this.#largestKiB = capacitiesKiB.reduce((most, one) => Math.max(most, one), 0);
    this.#smallestBytes = kibToBytes(capacitiesKiB.reduce((least, one) => Math.min(least, one), Infinity));
  }

  memoryFor(arch: ArchSpec, choice: string, machine: Machine, newSteps: () => NetworkSteps): PlanMemory {
    const { scratchpad, offChip, ...rest } = toArchJson(arch);
    const { capacityKiB, ...ways } = scratchpad;
    const { bandwidthGBps, ...channel } = offChip;
    // With a shared buffer a frontier tells sizes of that apart, and holds for one scratchpad only.
    const sized = machine.sharedBuffer !== null;
    const stepsKey = JSON.stringify([choice, rest, ways, channel]);
    const frontiersKey = JSON.stringify([stepsKey, bandwidthGBps, sized ? capacityKiB : null]);

    let steps = this.#steps.get(stepsKey);
    if (steps === undefined) this.#steps.set(stepsKey, (steps = newSteps()));
    let frontiers = this.#frontiers.get(frontiersKey);
    if (frontiers === undefined) {
      const roomy = sized ? machine : { ...machine, scratchpadBytesPerCore: kibToBytes(this.#largestKiB) };
      const smallest = sized ? machine.scratchpadBytesPerCore : this.#smallestBytes;
      this.#frontiers.set(frontiersKey, (frontiers = new Frontiers(roomy, this.#loops, smallest)));
    }
    return { steps, frontiers };
  }
}
