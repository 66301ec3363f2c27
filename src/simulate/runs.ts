import { failure } from '../errors.js';
import { narrowerBits } from '../arch/mac/index.js';
import { resolveMachine, type ArchSpec } from '../arch/index.js';
import type { Objective } from '../mapping/index.js';
import { compareResults, type Mode, type NarrowerRun, type NetworkResult, type Run } from '../performance/index.js';
import { assignPrecision, type PolicyChoice, type PrecisionChoice } from '../precision/index.js';
import type { Network } from '../workload/network.js';
import { simulateNetwork } from './network.js';

/** What the baseline of every speedup is, unless the question says otherwise. */
export const BASELINE_BITS = 16;

/** A question to the simulator: one network on one machine at several precisions and bandwidths. */
export interface Question {
  readonly arch: ArchSpec;
  /** At the batch it is to run with. */
  readonly network: Network;
  /** Nominal widths, one run each. Ignored where `policy` gives each layer its own. */
  readonly bits: readonly number[];
  /** Width of the first and last MAC layer, or `same` for no exception; the paper's 8 where left out. */
  readonly edgeBits?: number | 'same' | undefined;
  /** Least width of residual shortcuts; as wide as the rest where left out. */
  readonly shortcutBits?: number | undefined;
  /** Widths by layer, from a file, in place of `bits`, `edgeBits` and `shortcutBits`. */
  readonly policy?: PolicyChoice | undefined;
  /** Width of keys and values that attention keeps from step to step; as any other tensor where left out. */
  readonly kvCacheBits?: number | undefined;
  /** Off-chip bandwidths, one run each; the machine's own where left out. `Infinity` for unlimited. */
  readonly bandwidthsGBps?: readonly number[] | undefined;
  readonly mode: Mode;
  /** What mappings and residency are chosen for; the fewest cycles where left out. */
  readonly objective?: Objective | undefined;
  readonly baselineBits?: number | undefined;
}

type Widths = 'bits' | 'edgeBits' | 'shortcutBits' | 'policy' | 'kvCacheBits';

/** What a question says of widths beside the nominal one. */
export type WidthQuestion = Pick<Question, 'edgeBits' | 'shortcutBits' | 'kvCacheBits'>;

/**
 * Answers a question: one run for each precision and bandwidth, bandwidths outermost, each with its speedup over the
 * baseline at the same bandwidth (which keeps no cache of its own width) and with what the next narrower precision
 * would give. No run is simulated twice.
 * @throws AccelsimError when the machine, the precision or a layer's size is impossible.
 */
export function simulateRuns(question: Question): Run[] {
  const { bits, policy } = question;
  if (policy === undefined && bits.length === 0) throw failure('bits', '', 'at least one precision is needed');
  const results = new Map<string, NetworkResult>();
  const simulate = (choice: PrecisionChoice, bandwidthGBps: number | undefined): NetworkResult => {
    const key = `${JSON.stringify(choice)} ${bandwidthGBps}`;
    let result = results.get(key);
    if (result === undefined) results.set(key, (result = simulateRun(question, choice, bandwidthGBps)));
    return result;
  };
  const choices = choicesOf(question);
  const bandwidths: readonly (number | undefined)[] = question.bandwidthsGBps ?? [undefined];
  return bandwidths.flatMap((bandwidth) => {
    const baseline = simulate(atWidth(question, question.baselineBits ?? BASELINE_BITS), bandwidth);
    return choices.map((choice): Run => {
      const result = withLosses(simulate(choice, bandwidth), baseline);
      const nominal = result.precision.bits;
      const next = nominal === null ? null : narrowerBits(question.arch.mac, nominal);
      const narrower = next === null ? null : narrowerRun(result, simulate(withBits(choice, next), bandwidth));
      return { result, speedup: compareResults(baseline, result), narrower };
    });
  });
}

/** What a question says of bits, one choice for each precision that it asks for. */
export function choicesOf(question: Pick<Question, Widths>): PrecisionChoice[] {
  const { bits, policy, kvCacheBits } = question;
  const choices = policy === undefined ? bits.map((width) => atWidth(question, width)) : [policy];
  return choices.map((choice) => (kvCacheBits === undefined ? choice : { ...choice, kvCacheBits }));
}

/** The policy of a question at one nominal width, its cache included. */
export function choiceAtWidth(question: WidthQuestion, bits: number): PrecisionChoice {
  const { kvCacheBits } = question;
  return kvCacheBits === undefined ? atWidth(question, bits) : { ...atWidth(question, bits), kvCacheBits };
}

function atWidth({ edgeBits, shortcutBits }: WidthQuestion, bits: number): PolicyChoice {
  return {
    ...(shortcutBits === undefined ? { policy: 'edges' } : { policy: 'shortcuts', shortcutBits }),
    bits,
    ...(edgeBits === undefined ? {} : { edgeBits }),
  };
}

/**
 * One run, compared with nothing.
 * @throws AccelsimError when the machine, the precision or a layer's size is impossible.
 */
export function simulateRun(
  question: Pick<Question, 'arch' | 'network' | 'mode' | 'objective'>,
  choice: PrecisionChoice,
  bandwidthGBps?: number,
): NetworkResult {
  const precision = assignPrecision(question.network, choice);
  const machine = resolveMachine(question.arch, {
    bits: precision.bits,
    ...(bandwidthGBps === undefined ? {} : { bandwidthGBps }),
  });
  return simulateNetwork(question.network, precision, machine, question.mode, question.objective);
}

/** The same policy at another nominal width. */
function withBits(choice: PrecisionChoice, bits: number): PrecisionChoice {
  return 'bits' in choice ? { ...choice, bits } : choice;
}

/**
 * Silicon built for narrower operands is a larger array. Where a layer computes for longer on it all the same, the result says
 * why: a larger array fills and drains for longer and is harder to fill, or the layer's operands are wider than the
 * silicon and take several passes.
 */
function withLosses(result: NetworkResult, baseline: NetworkResult): NetworkResult {
  const { rows, columns } = result.arch;
  if (rows === baseline.arch.rows && columns === baseline.arch.columns) return result;
  const slower = result.layers.flatMap((layer, index) => {
    const before = baseline.layers[index]!;
    return layer.computeCycles > before.computeCycles
      ? [{ layer, lowerPeak: layer.peakMacsPerCycle < before.peakMacsPerCycle }]
      : [];
  });
  const array = `this ${rows} x ${columns} array than on the baseline's ${baseline.arch.rows} x ${baseline.arch.columns}`;
  const inPasses = slower.filter(({ lowerPeak }) => lowerPeak).map(({ layer }) => layer.name);
  const unfilled = slower.filter(({ lowerPeak }) => !lowerPeak).map(({ layer }) => layer.name);
  const warnings = [
    ...(inPasses.length === 0
      ? []
      : [`${slowLayers(inPasses)} on ${array}: their operands are wider than its units and take several passes`]),
    ...(unfilled.length === 0
      ? []
      : [
          `${slowLayers(unfilled)} on ${array}: fill, drain and part-filled folds cost more than narrower operands gain`,
        ]),
  ];
  return { ...result, warnings: [...result.warnings, ...warnings] };
}

/** `3 layers compute for longer (a, b, c)`. */
function slowLayers(names: readonly string[]): string {
  const few = names.slice(0, 5).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `${names.length} ${names.length === 1 ? 'layer computes' : 'layers compute'} for longer (${few}${more})`;
}

function narrowerRun(result: NetworkResult, narrower: NetworkResult): NarrowerRun {
  return {
    bits: narrower.precision.bits!,
    edgeBits: narrower.precision.edgeBits,
    totalCycles: narrower.totals.totalCycles,
    latencyMs: narrower.totals.latencyMs,
    speedup: result.totals.latencyMs / narrower.totals.latencyMs,
    layerCycles: narrower.layers.map((layer) => layer.totalCycles),
  };
}
