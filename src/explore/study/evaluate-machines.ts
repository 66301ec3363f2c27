import { resolveMachine, type ArchSpec } from '../../arch/index.js';
import { AccelsimError } from '../../errors.js';
import type { Objective } from '../../mapping/index.js';
import type { Mode, SumTotals } from '../../performance/index.js';
import { assignPrecision, type Precision, type PrecisionChoice } from '../../precision/index.js';
import { objectiveRule, simulateGrid } from '../../simulate/index.js';
import type { Network } from '../../workload/index.js';

/** One network on one machine. */
export interface MachineQuestion {
  readonly arch: ArchSpec;
  /** At its batch. The same object where it is the same network, so that work is shared. */
  readonly network: Network;
  readonly choice: PrecisionChoice;
  readonly mode: Mode;
  readonly objective: Objective;
}

/** What it came to. */
export interface MachineAnswer {
  readonly totals: SumTotals;
  readonly precision: Pick<Precision, 'bits' | 'edgeBits'>;
}

type Answer = MachineAnswer | AccelsimError;

/**
 * Answers questions as `simulateRun` answers each by itself, faster where they share work: the one place where the
 * exploration meets the simulator. A question that cannot be answered is answered by its error.
 */
export function evaluateMachines(questions: readonly MachineQuestion[]): Answer[] {
  const answers: Answer[] = [];
  for (const network of new Set(questions.map((question) => question.network))) {
    for (const mode of new Set(questions.map((question) => question.mode))) {
      const isMine = (question: MachineQuestion) => question.network === network && question.mode === mode;
      const mine = [...questions.keys()].filter((at) => isMine(questions[at]!));
      try {
        answerTogether(questions, mine, network, mode, answers);
      } catch (error) {
        if (!(error instanceof AccelsimError)) throw error;
        // Some machine cannot be built, or not at its precision, or gives no energy: the others are asked without it.
        const left = mine.filter((at) => answers[at] === undefined);
        const possible = left.filter((at) => {
          const impossible = errorOf(questions[at]!);
          if (impossible !== null) answers[at] = impossible;
          return impossible === null;
        });
        answerTogether(questions, possible, network, mode, answers);
      }
    }
  }
  return answers;
}

function answerTogether(
  questions: readonly MachineQuestion[],
  asked: readonly number[],
  network: Network,
  mode: Mode,
  answers: Answer[],
): void {
  const known = new Map<string, MachineAnswer['precision']>();
  const widthsOf = (choice: PrecisionChoice): MachineAnswer['precision'] => {
    const key = JSON.stringify(choice);
    let widths = known.get(key);
    if (widths === undefined) {
      const { bits, edgeBits } = assignPrecision(network, choice);
      known.set(key, (widths = { bits, edgeBits }));
    }
    return widths;
  };
  const points = asked.map((at) => {
    const { arch, choice, objective } = questions[at]!;
    return { arch, precision: choice, objective };
  });
  for (const { index, totals, noRoom } of simulateGrid({ network, mode, points })) {
    const at = asked[index]!;
    answers[at] = totals === null ? noRoom! : { totals, precision: widthsOf(questions[at]!.choice) };
  }
}

function errorOf({ arch, network, choice, objective }: MachineQuestion): AccelsimError | null {
  try {
    const machine = resolveMachine(arch, { bits: assignPrecision(network, choice).bits });
    objectiveRule(objective, machine);
    return null;
  } catch (error) {
    if (error instanceof AccelsimError) return error;
    throw error;
  }
}
