import type { NetworkResult, Speedup } from '../performance/result.js';
import type { Document } from './document.js';
import { bitWidth, bytes, grouped, percent, plural, times } from './figures.js';
import { precisionExceptions } from './question.js';

/** Less than this part of the time is not worth a sentence. */
const NEGLIGIBLE = 0.0005;

/** The three factors whose product is the speedup, each with the figures it is made of. */
export function explainFactors(before: NetworkResult, after: NetworkResult, { value, factors }: Speedup): Document {
  return [
    { kind: 'heading', text: 'Where it comes from' },
    {
      kind: 'paragraph',
      text:
        `${times(value)} = ${times(factors.peak)} peak x ${times(factors.utilization)} utilization ` +
        `x ${times(factors.memoryRelief)} memory relief. Three things multiply:`,
    },
    {
      kind: 'list',
      items: [
        `Peak, ${times(factors.peak)}: ${peakText(before, after, factors.peak)}`,
        `Utilization, ${times(factors.utilization)}: ${utilizationText(before, after, factors.utilization)}`,
        `Memory relief, ${times(factors.memoryRelief)}: ${memoryText(before, after)}`,
      ],
    },
  ];
}

const WHY_NARROW_IS_MORE = 'A narrow multiplication takes a part of the circuits or of the steps of a wide one, so';

/** What stands for the peak and its utilization where a network has no MACs: only the vector unit works. */
const NO_MACS = 'the network has no multiply-accumulates (MACs), which a peak would be of.';

function peakText(before: NetworkResult, after: NetworkResult, factor: number): string {
  if (before.totals.macs === 0) return NO_MACS;
  const peakOf = ({ totals, precision }: NetworkResult): string =>
    `${grouped(totals.peakMacsPerCycle)} at ${bitWidth(precision.bits)}`;
  const clocks =
    before.arch.clockGHz === after.arch.clockGHz
      ? ''
      : ` The clock goes from ${before.arch.clockGHz} to ${after.arch.clockGHz} GHz, which is counted here too.`;
  const change =
    Math.abs(factor - 1) < 0.005
      ? 'This machine does no more of them at the one width than at the other.'
      : factor > 1
        ? `${WHY_NARROW_IS_MORE} the same silicon does more of them at once.`
        : `${WHY_NARROW_IS_MORE} the same silicon does fewer of the wider ones at once.`;
  return (
    'how many multiply-accumulates (MACs, the one operation that nearly all the work is made of) the machine can do in each ' +
    `clock cycle, ${peakOf(before)} and ${peakOf(after)}. ${change}${clocks}`
  );
}

function utilizationText(before: NetworkResult, after: NetworkResult, factor: number): string {
  if (before.totals.macs === 0)
    return `how long the vector unit works, ${vectorWork(before)} and ${vectorWork(after)}.`;
  const change =
    Math.abs(factor - 1) < 0.005
      ? 'The width changes little about it here.'
      : factor < 1
        ? 'The more the machine can do at once, the harder it is to keep all of it busy.'
        : 'The layers keep it busier than before.';
  const wider = widerText(after);
  const losses = [
    'where a layer does not fill the array',
    'while data runs into and out of it',
    'while pooling and additions take their turn',
    ...(wider === '' ? [] : [wider]),
  ];
  return (
    `the part of that peak which it reaches while it computes, ${percent(whileComputing(before))} and ${percent(whileComputing(after))}. ` +
    `The rest is lost ${losses.slice(0, -1).join(', ')}, and ${losses.at(-1)}. ${change}`
  );
}

function vectorWork({ totals, precision }: NetworkResult): string {
  return `${plural(totals.computeCycles, 'cycle')} at ${bitWidth(precision.bits)}`;
}

/** Layers whose operands are wider than the narrowest ones cannot reach the peak, which is that of the narrowest. */
function widerText({ layers, totals }: NetworkResult): string {
  const wider = layers.filter(({ macs, peakMacsPerCycle }) => macs > 0 && peakMacsPerCycle < totals.peakMacsPerCycle);
  if (wider.length === 0) return '';
  const [only] = wider;
  const which = wider.length === 1 ? `layer ${only!.name} computes` : `${wider.length} layers compute`;
  return `where ${which} with wider operands than the rest`;
}

function memoryText(before: NetworkResult, after: NetworkResult): string {
  const [earlier, now] = [stallShare(before), stallShare(after)];
  if (earlier < NEGLIGIBLE && now < NEGLIGIBLE) {
    return 'neither run waits for memory, so moving fewer bytes saves no time.';
  }
  return (
    `computing stops while data is on its way from or to off-chip memory, ${percent(earlier)} of the time before and ` +
    `${percent(now)} now. ${trafficText(before, after)}`
  );
}

function stallShare({ totals }: NetworkResult): number {
  return totals.stallCycles / totals.totalCycles;
}

function trafficText(before: NetworkResult, after: NetworkResult): string {
  const [from, to] = [before.totals.offChipBytes.total, after.totals.offChipBytes.total];
  const moved = `${bytes(from)} moved before, ${bytes(to)} now`;
  if (to === 0 || to >= from) return `${moved}.`;
  const narrower = widthRatio(before, after);
  const fell = `${moved}: ${times(from / to)} less`;
  if (narrower === null || from / to <= narrower) return `${fell}.`;
  const atMost = precisionExceptions(after.precision).length === 0 ? '' : ' at most';
  return `${fell}. Values that are${atMost} ${grouped(narrower, Number.isInteger(narrower) ? 0 : 2)} times narrower explain a part; the rest stays on chip or is fetched fewer times.`;
}

/** How many times narrower the values are; null where layers have widths of their own. */
function widthRatio(before: NetworkResult, after: NetworkResult): number | null {
  return before.precision.bits === null || after.precision.bits === null
    ? null
    : before.precision.bits / after.precision.bits;
}

/** Part of the peak while the array or the vector unit is at work: MACs over peak times compute cycles. */
function whileComputing({ totals }: NetworkResult): number {
  return totals.peakMacsPerCycle === 0 ? 0 : totals.macs / (totals.peakMacsPerCycle * totals.computeCycles);
}
