import type { ArchSpec } from '../../arch/index.js';
import { compareResults, type Mode, type NetworkResult, type Speedup } from '../../performance/index.js';
import { choiceAtWidth, BASELINE_BITS, simulateRun, sweep, type WidthQuestion } from '../../simulate/index.js';
import type { Network } from '../../workload/index.js';
import { capacityWithin, spentArea, splitShapes, withSplit, type SpentArea, type SplitShape } from './grid.js';

/** How one chip should spend its area, at each width and bandwidth. */
export interface SplitQuestion extends WidthQuestion {
  readonly arch: ArchSpec;
  readonly network: Network;
  readonly mode: Mode;
  readonly bits: readonly number[];
  /** The machine's own where left out. */
  readonly bandwidthsGBps?: readonly number[] | undefined;
  /** The machine's area at this width is the budget, or at one of `bits` if it is larger there. */
  readonly baselineBits?: number | undefined;
}

/** One way to spend the budget, and what it comes to. */
export interface SplitPoint {
  /** What the machine file would say; units built for the width of a run may be more. */
  readonly shape: SplitShape;
  readonly capacityKiB: number;
  readonly area: SpentArea;
  /** MACs over what is spent, 0..1. */
  readonly macFraction: number;
  readonly totalCycles: number;
  readonly latencyMs: number;
  readonly offChipBytes: number;
}

/** All splits at one width and bandwidth. */
export interface SplitSeries {
  readonly bits: number;
  readonly bandwidthGBps: number;
  /** Those within the budget on which the network runs, from few MACs to many. */
  readonly points: readonly SplitPoint[];
  /** The fastest of them; of equals the one with fewer MACs. */
  readonly best: SplitPoint;
  /** The machine as its file has it. */
  readonly standing: SplitPoint;
  readonly standingResult: NetworkResult;
  readonly bestResult: NetworkResult;
  /** Of the best split over the machine as it stands. */
  readonly speedup: Speedup;
}

export interface ChipSplitStudy {
  readonly arch: ArchSpec;
  readonly baselineBits: number;
  /** What may be spent, the area of the whole chip with it, and at which width the machine takes that. */
  readonly budget: SpentArea & { readonly bits: number };
  readonly shapes: readonly SplitShape[];
  /** Bandwidths outermost, then widths, in the order asked for. */
  readonly series: readonly SplitSeries[];
}

/**
 * Spends the area of a machine between MACs and scratchpad in every way of the grid: for each array all that is left
 * goes into scratchpad, as more of it never makes a network slower. Cores, vector units, interconnect and channel stay.
 * @param onProgress is told how many arrays are done, and how many there are
 * @throws AccelsimError when an area is not stated, or the machine is impossible
 */
export function studyChipSplit(
  question: SplitQuestion,
  onProgress?: (done: number, all: number) => void,
): ChipSplitStudy {
  const { arch, bits } = question;
  const baselineBits = question.baselineBits ?? BASELINE_BITS;
  const budget = budgetOf(arch, [baselineBits, ...bits]);
  const shapes = splitShapes(arch);
  const found = new Map<string, SplitPoint[]>();
  shapes.forEach((shape, done) => {
    onProgress?.(done, shapes.length);
    for (const point of pointsOf(question, shape, budget.spentMm2)) {
      const key = `${point.bits} ${point.bandwidthGBps}`;
      found.set(key, [...(found.get(key) ?? []), point.point]);
    }
  });
  onProgress?.(shapes.length, shapes.length);
  const series = bandwidthsOf(question).flatMap((bandwidthGBps) =>
    bits.map((width) => seriesOf(question, width, bandwidthGBps, found)),
  );
  return { arch, baselineBits, budget, shapes, series };
}

/** Units built for the width of a run seldom fill the same area at every width: the first of those that take most. */
function budgetOf(arch: ArchSpec, widths: readonly number[]): ChipSplitStudy['budget'] {
  return widths
    .map((bits) => ({ bits, ...spentArea(arch, bits) }))
    .reduce((most, one) => (one.spentMm2 > most.spentMm2 ? one : most));
}

function bandwidthsOf({ bandwidthsGBps }: SplitQuestion): readonly (number | undefined)[] {
  return bandwidthsGBps ?? [undefined];
}

interface PlacedPoint {
  readonly bits: number;
  readonly bandwidthGBps: number;
  readonly point: SplitPoint;
}

/** One array at all widths and bandwidths; widths that leave it the same memory share their searches. */
function pointsOf(question: SplitQuestion, shape: SplitShape, budgetMm2: number): PlacedPoint[] {
  const { arch, network, mode } = question;
  const groups = new Map<string, { readonly capacitiesKiB: readonly number[]; readonly bits: number[] }>();
  for (const bits of question.bits) {
    const capacitiesKiB = capacitiesOf(arch, shape, bits, budgetMm2);
    const key = capacitiesKiB.join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { capacitiesKiB, bits: [bits] });
    else group.bits.push(bits);
  }
  return [...groups.values()].flatMap(({ capacitiesKiB, bits }) => {
    if (capacitiesKiB.length === 0) return [];
    const points = sweep({
      arch: withSplit(arch, shape, capacitiesKiB[0]!),
      network,
      mode,
      bits,
      bandwidthsGBps: bandwidthsOf(question),
      scratchpadKiB: capacitiesKiB,
      cores: [arch.cores],
      choiceOf: (width) => choiceAtWidth(question, width),
    });
    return [...points].flatMap(({ bits: width, bandwidthGBps, scratchpadKiB, totals }) => {
      if (totals === null) return [];
      const area = spentArea(withSplit(arch, shape, scratchpadKiB), width);
      const macFraction = area.macsMm2 / area.spentMm2;
      const { totalCycles, latencyMs, offChipBytes } = totals;
      const figures = { totalCycles, latencyMs, offChipBytes: offChipBytes.total };
      const point = { shape, capacityKiB: scratchpadKiB, area, macFraction, ...figures };
      return [{ bits: width, bandwidthGBps, point }];
    });
  });
}

/** What is left beside an array; beside the machine's own also what it has, which rounding must not take off the grid. */
function capacitiesOf(arch: ArchSpec, shape: SplitShape, bits: number, budgetMm2: number): readonly number[] {
  const most = capacityWithin(arch, shape, bits, budgetMm2);
  const { capacityKiB } = arch.scratchpad;
  const standing = isOwnShape(arch, shape) ? [capacityKiB] : [];
  return [...new Set([...standing, ...(most === undefined ? [] : [most])])];
}

function isOwnShape({ array }: ArchSpec, { rows, columns }: SplitShape): boolean {
  return rows === array.rows && columns === array.columns;
}

function seriesOf(
  question: SplitQuestion,
  bits: number,
  asked: number | undefined,
  found: ReadonlyMap<string, readonly SplitPoint[]>,
): SplitSeries {
  const { arch, network, mode } = question;
  const choice = choiceAtWidth(question, bits);
  const standingResult = simulateRun({ arch, network, mode }, choice, asked);
  const { bandwidthGBps } = standingResult.arch;
  const points = (found.get(`${bits} ${bandwidthGBps}`) ?? []).toSorted((a, b) => a.macFraction - b.macFraction);
  // The budget has room for it, and a network that does not run on it was refused above.
  const standing = points.find(
    ({ shape, capacityKiB }) => isOwnShape(arch, shape) && capacityKiB === arch.scratchpad.capacityKiB,
  )!;
  const best = points.reduce((least, point) => (point.totalCycles < least.totalCycles ? point : least));
  const split = withSplit(arch, best.shape, best.capacityKiB);
  const bestResult = simulateRun({ arch: split, network, mode }, choice, asked);
  const speedup = compareResults(standingResult, bestResult);
  return { bits, bandwidthGBps, points, best, standing, standingResult, bestResult, speedup };
}
