import { AccelsimError } from '../../errors.js';
import { areKept } from './constraints.js';
import { evaluateMachines, type MachineAnswer, type MachineQuestion } from './evaluate-machines.js';
import { metricsOf, type Measured } from './measures.js';
import { openStudy, type OpenedStudy } from './opened-study.js';
import type { DesignPoint, PointAnswer } from './point.js';
import type { PreparedStudy } from './prepared-study.js';

/**
 * Answers points of a study, in their order. Points that share work are answered together, with the same answers as each by itself.
 * A point that cannot be answered has an error, and does not keep others from theirs.
 */
export function evaluatePoints(study: PreparedStudy, points: readonly DesignPoint[]): PointAnswer[] {
  const opened = openStudy(study);
  const tasks = points.map((point) => orItsMessage(() => taskOf(opened, point)));
  const questions = tasks.flatMap((task) => (typeof task === 'string' ? [] : task.questions));
  const answers = evaluateAll(questions);
  let next = 0;
  return points.map((point, at) => {
    const task = tasks[at]!;
    if (typeof task === 'string') return failed(point, task);
    const mine = answers.slice(next, (next += task.questions.length));
    const error = mine.find((answer) => typeof answer === 'string');
    if (error !== undefined) return failed(point, error);
    return answered(
      study,
      point,
      task,
      mine.filter((answer) => typeof answer !== 'string'),
    );
  });
}

interface Task {
  readonly questions: readonly MachineQuestion[];
  readonly weights: readonly number[];
}

/** @throws AccelsimError where the machine cannot be built or the network cannot have the batch */
function taskOf(opened: OpenedStudy, point: DesignPoint): Task {
  const { machine, run } = opened.question(point);
  const { workloads, batch, mode, mappingObjective } = run;
  const arch = opened.arch(machine);
  return {
    questions: workloads.map(({ workload, choice }) => ({
      arch,
      network: opened.network(workload, batch),
      choice,
      mode,
      objective: mappingObjective,
    })),
    weights: workloads.map(({ weight }) => weight),
  };
}

/** A question that throws what is nobody's mistake is found by asking each alone, and told as its point's error. */
function evaluateAll(questions: readonly MachineQuestion[]): (MachineAnswer | string)[] {
  const inWords = (answer: MachineAnswer | AccelsimError): MachineAnswer | string =>
    answer instanceof AccelsimError ? answer.message : answer;
  try {
    return evaluateMachines(questions).map(inWords);
  } catch {
    return questions.map((question) => orItsMessage(() => inWords(evaluateMachines([question])[0]!)));
  }
}

function orItsMessage<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof AccelsimError) return error.message;
    return `a bug of accelsim: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function answered(
  study: PreparedStudy,
  { index, values }: DesignPoint,
  { questions, weights }: Task,
  answers: readonly MachineAnswer[],
): PointAnswer {
  const workloads = answers.map(
    (answer, at): Measured => ({ network: questions[at]!.network, weight: weights[at]!, answer }),
  );
  const metrics = metricsOf(workloads, study.mean);
  return { index, values, metrics, feasible: areKept(study.constraints, metrics), error: null };
}

function failed({ index, values }: DesignPoint, error: string): PointAnswer {
  return { index, values, metrics: null, feasible: false, error };
}
