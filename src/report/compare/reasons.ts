import type { MachineComparison } from '../../explore/index.js';
import type { Bound, NetworkResult } from '../../performance/result.js';
import type { Block, Document } from '../document.js';
import { percent, plural, significant } from '../figures.js';
import { fitItems } from '../fits.js';
import { ratioText, shortNames } from './names.js';

/** Why one machine is faster than the other: the factors of the speedup, what bounds the layers, what fits on which chip. */
export function reasons(comparison: MachineComparison): Document {
  const { first, second, speedup, fitsFirst } = comparison;
  const [one, other] = shortNames(comparison);
  return [
    { kind: 'heading', text: 'Why' },
    {
      kind: 'list',
      items: [
        `Peak, ${ratioText(speedup.factors.peak)}: ${peakText(comparison)}`,
        `Utilization, ${ratioText(speedup.factors.utilization)}: ${utilizationText(comparison)}`,
        `Memory relief, ${ratioText(speedup.factors.memoryRelief)}: ${percent(stallFraction(first))} and ${percent(stallFraction(second))} of the time waits for memory.`,
      ],
    },
    boundTable(comparison),
    ...fits(
      `${plural(speedup.beganToFit.length, 'tensor')} on the chip of ${other}, not on that of ${one}:`,
      speedup.beganToFit,
    ),
    ...fits(`${plural(fitsFirst.length, 'tensor')} on the chip of ${one}, not on that of ${other}:`, fitsFirst),
  ];
}

function fits(text: string, tensors: MachineComparison['fitsFirst']): Document {
  if (tensors.length === 0) return [];
  return [
    { kind: 'paragraph', text },
    { kind: 'list', items: fitItems(tensors) },
  ];
}

function peakText({ first, second }: MachineComparison): string {
  return first.totals.macs === 0
    ? `the network has no MACs, which a peak would be of; clocks of ${first.arch.clockGHz} and ${second.arch.clockGHz} GHz.`
    : `${teraMacs(first)} and ${teraMacs(second)} TMAC/s at this precision.`;
}

function utilizationText({ first, second }: MachineComparison): string {
  return first.totals.macs === 0
    ? `the vector units work for ${plural(first.totals.computeCycles, 'cycle')} and ${plural(second.totals.computeCycles, 'cycle')}.`
    : `${percent(whileComputing(first))} and ${percent(whileComputing(second))} of that while they compute.`;
}

function teraMacs({ totals, arch }: NetworkResult): string {
  return significant((totals.peakMacsPerCycle * arch.clockGHz) / 1e3);
}

function whileComputing({ totals }: NetworkResult): number {
  return totals.peakMacsPerCycle === 0 ? 0 : totals.macs / (totals.peakMacsPerCycle * totals.computeCycles);
}

function stallFraction({ totals }: NetworkResult): number {
  return totals.stallCycles / totals.totalCycles;
}

/** Which part of each machine bounds how many layers, and how much of its time. */
function boundTable(comparison: MachineComparison): Block {
  const { first, second } = comparison;
  const [one, other] = shortNames(comparison);
  const bounds = [...new Set([...first.layers, ...second.layers].map(({ bound }) => bound))];
  const share = ({ layers: all, totals }: NetworkResult, bound: Bound): string[] => {
    const held = all.filter((layer) => layer.bound === bound);
    const cycles = held.reduce((sum, { totalCycles }) => sum + totalCycles, 0);
    return [String(held.length), percent(cycles / totals.totalCycles)];
  };
  return {
    kind: 'table',
    table: {
      columns: [
        { header: 'layers bound by', align: 'left' },
        { header: `${one}\nlayers`, align: 'right' },
        { header: '\nof the time', align: 'right' },
        { header: `${other}\nlayers`, align: 'right' },
        { header: '\nof the time', align: 'right' },
      ],
      rows: bounds.map((bound) => [bound, ...share(first, bound), ...share(second, bound)]),
    },
  };
}
