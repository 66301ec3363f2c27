import type { ArchSpec } from '../../arch/index.js';
import { failure } from '../../errors.js';
import type { Objective } from '../../mapping/index.js';
import { compareResults, type Mode, type NetworkResult, type Speedup } from '../../performance/index.js';
import type { PolicyChoice } from '../../precision/index.js';
import { BASELINE_BITS, simulateRun } from '../../simulate/index.js';
import { networkTotals, type Network } from '../../workload/index.js';
import { timeParts, type TimeParts } from './time-parts.js';

/** What is asked of every network alike. */
export interface SurveyQuestion {
  readonly arch: ArchSpec;
  readonly mode: Mode;
  /** As in a `Question`. */
  readonly objective?: Objective | undefined;
  /** Widths compared with the baseline of 16 bits; reports go into the middle one of the list. */
  readonly bits: readonly number[];
  /** As in a `Question`: least width of the first and last MAC layer, 8 where left out, or `same`. */
  readonly edgeBits?: number | 'same' | undefined;
  /** GB/s, `Infinity` for unlimited; the machine's own where left out. */
  readonly bandwidthGBps?: number | undefined;
}

export interface SurveySubject {
  readonly network: Network;
  /** What the network learns beside its weights, where that is known: biases, normalisations. */
  readonly otherParameters?: number;
}

/** One network at one width. */
export interface SurveyPoint {
  readonly bits: number;
  readonly result: NetworkResult;
  /** Over the baseline. */
  readonly speedup: Speedup;
  readonly parts: TimeParts;
}

export interface SurveyRow {
  readonly name: string;
  readonly macs: number;
  /** Weights, and what else is known to be learnt. */
  readonly parameters: number;
  readonly baseline: NetworkResult;
  /** One for each width, in the order they were asked for. */
  readonly points: readonly SurveyPoint[];
}

/** Many networks on one machine, each against itself at the baseline. */
export interface Survey {
  readonly baselineBits: number;
  readonly bits: readonly number[];
  /** The width that reports go into: the middle one. */
  readonly focusBits: number;
  /** In the order the networks were given. */
  readonly rows: readonly SurveyRow[];
}

/**
 * Simulates every network at the baseline and at each width.
 * @param onProgress is told how many networks are done, and how many there are
 * @throws AccelsimError when there is no network or width, or a machine, precision or layer's size is impossible
 */
export function surveyNetworks(
  question: SurveyQuestion,
  subjects: readonly SurveySubject[],
  onProgress?: (done: number, all: number) => void,
): Survey {
  const { bits } = question;
  const focusBits = bits[Math.floor(bits.length / 2)];
  if (focusBits === undefined) throw failure('bits', '', 'at least one precision is needed');
  if (subjects.length === 0) throw failure('workloads', '', 'at least one network is needed');
  const rows: SurveyRow[] = [];
  for (const [done, subject] of subjects.entries()) {
    onProgress?.(done, subjects.length);
    rows.push(surveyRow(question, subject));
  }
  onProgress?.(subjects.length, subjects.length);
  return { baselineBits: BASELINE_BITS, bits, focusBits, rows };
}

function surveyRow(question: SurveyQuestion, { network, otherParameters = 0 }: SurveySubject): SurveyRow {
  const { arch, mode, objective, edgeBits, bandwidthGBps } = question;
  const simulate = (choice: PolicyChoice): NetworkResult =>
    simulateRun({ arch, network, mode, objective }, choice, bandwidthGBps);
  const edges = (bits: number): PolicyChoice =>
    edgeBits === undefined ? { policy: 'edges', bits } : { policy: 'edges', bits, edgeBits };

  const baseline = simulate(edges(BASELINE_BITS));
  const points = question.bits.map((bits): SurveyPoint => {
    const result = bits === BASELINE_BITS ? baseline : simulate(edges(bits));
    const withoutEdges = result.precision.edgeBits === null ? result : simulate({ policy: 'uniform', bits });
    const speedup = compareResults(baseline, result);
    const parts = timeParts({ network, baseline, run: result, withoutEdges, peak: speedup.factors.peak });
    return { bits, result, speedup, parts };
  });
  const { macs, weightElements } = networkTotals(network);
  return { name: network.name, macs, parameters: weightElements + otherParameters, baseline, points };
}
