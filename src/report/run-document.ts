import type { NetworkResult, Run } from '../performance/result.js';
import { accuracyOf } from './accuracy.js';
import type { Document, Fact } from './document.js';
import { bandwidth, bitWidth, bytes, count, grouped, milliseconds, percent, significant, times } from './figures.js';
import { energyLine } from './energy.js';
import { fitList } from './fits.js';
import { layerTable, layerTableLegend } from './layer-table.js';
import { questionFacts } from './question.js';
import { scheduleFacts } from './schedule-facts.js';

/** One run, whole: what was asked, every layer, the totals, and the speedup with where it comes from. */
export function runDocument(run: Run): Document {
  return [
    { kind: 'facts', facts: questionFacts(run.result) },
    { kind: 'heading', text: 'Layers' },
    { kind: 'table', table: layerTable(run) },
    { kind: 'paragraph', text: layerTableLegend(run) },
    { kind: 'heading', text: 'Totals' },
    { kind: 'facts', facts: [...totalsFacts(run.result), ...accuracyFacts(run)] },
    ...speedupBlocks(run),
  ];
}

export function totalsFacts({ totals, residency, arch }: NetworkResult): Fact[] {
  const { offChipBytes: moved } = totals;
  return [
    {
      label: 'latency',
      value: `${milliseconds(totals.latencyMs)}, ${significant(totals.inferencesPerSecond)} inferences per second`,
    },
    {
      label: 'cycles',
      value:
        `${grouped(totals.totalCycles)}: ${grouped(totals.computeCycles)} compute and ${grouped(totals.stallCycles)} ` +
        `stall (${percent(totals.stallCycles / totals.totalCycles)} of the time waits for memory)`,
    },
    {
      label: 'utilization',
      value:
        totals.macs === 0
          ? 'no MACs: only the vector unit works'
          : `${percent(totals.utilization)} of peak over ${count(totals.macs)} MACs`,
    },
    {
      label: 'off-chip traffic',
      value:
        `${bytes(moved.total)}: weights ${bytes(moved.weights)}, inputs ${bytes(moved.inputs)}, outputs ${bytes(moved.outputs)} ` +
        `(compulsory: ${bytes(totals.compulsoryBytes)})`,
    },
    {
      label: 'mapping search',
      value:
        `${grouped(totals.search.considered)} tile choices, ${percent(totals.search.pruned / totals.search.considered)} ruled out by a ` +
        `bound; no schedule could move less than ${bytes(totals.leastBytes)} off-chip`,
    },
    {
      label: 'on-chip memory',
      value: `at most ${bytes(residency.peakBytes)} of ${bytes(residency.capacityBytes)} in use at once`,
    },
    ...scheduleFacts(residency),
    {
      label: 'energy',
      value: energyLine({ totals, arch }),
    },
  ];
}

/** Said only where it is known: it is not simulated. */
function accuracyFacts(run: Run): Fact[] {
  const accuracy = accuracyOf(run);
  if (accuracy === null) return [];
  const value = `published top-1 ${accuracy.top1Percent.toFixed(1)} %: ${accuracy.source}, first and last layer in single precision`;
  return [{ label: 'accuracy', value }];
}

function speedupBlocks({ result, speedup, narrower }: Run): Document {
  const blocks: Document[number][] = [];
  if (speedup !== null) {
    const { factors } = speedup;
    blocks.push(
      {
        kind: 'heading',
        text: `Speedup over ${bitWidth(speedup.baselineBits)}, ${bandwidth(result.arch.bandwidthGBps)}`,
      },
      {
        kind: 'paragraph',
        text:
          `${times(speedup.value)} = ${times(factors.peak)} peak x ${times(factors.utilization)} utilization ` +
          `x ${times(factors.memoryRelief)} memory relief`,
      },
      ...fitList(speedup.beganToFit),
    );
  }
  if (narrower !== null) {
    blocks.push({
      kind: 'paragraph',
      text: `Next narrower precision: ${bitWidth(narrower.bits)} would take ${milliseconds(narrower.latencyMs)}, ${times(narrower.speedup)} faster.`,
    });
  }
  return blocks;
}
