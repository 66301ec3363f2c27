import { compareResults } from '../performance/index.js';
import type { NetworkResult, Run } from '../performance/result.js';
import type { Document } from './document.js';
import { explainEnergy } from './energy.js';
import { explainFactors } from './explain-factors.js';
import { explainBounds, explainNarrower, explainRoofline } from './explain-layers.js';
import { bandwidth, bytes, milliseconds, times } from './figures.js';
import { fitItems } from './fits.js';
import { precisionLine, workloadLine } from './question.js';
import { documentToText } from './text.js';

/**
 * Why one run is faster than another, in words for somebody who has not built an accelerator: how much, from what, what
 * began to fit on chip, what holds the layers back, and what a simple estimate says.
 */
export function explain(baseline: Run, run: Run): string {
  return documentToText(explainDocument(baseline, run));
}

export function explainDocument(baseline: Run, run: Run): Document {
  const speedup = compareResults(baseline.result, run.result);
  return [
    { kind: 'paragraph', text: question(baseline.result, run.result) },
    { kind: 'paragraph', text: answer(baseline.result, run.result, speedup.value) },
    ...explainFactors(baseline.result, run.result, speedup),
    ...explainFits(run.result, fitItems(speedup.beganToFit)),
    ...explainEnergy(baseline.result, run.result),
    ...explainBounds(baseline.result, run.result),
    ...explainRoofline(baseline.result, run.result),
    ...explainNarrower(run),
  ];
}

function question(before: NetworkResult, after: NetworkResult): string {
  const { arch, objective } = after;
  const chosenFor = objective === undefined ? '' : ` Both with mappings chosen for ${objective}.`;
  return (
    `${workloadLine(after)}, on machine ${arch.name} with ${bandwidth(arch.bandwidthGBps)} of off-chip bandwidth: ` +
    `${precisionLine(after)}, compared with ${precisionLine(before)}.${chosenFor}`
  );
}

function answer(before: NetworkResult, after: NetworkResult, speedup: number): string {
  const how = speedup >= 1 ? `${times(speedup)} faster` : `${times(1 / speedup)} slower`;
  return `${how}: ${milliseconds(after.totals.latencyMs)} instead of ${milliseconds(before.totals.latencyMs)}.`;
}

function explainFits({ residency }: NetworkResult, items: readonly string[]): Document {
  const heading = { kind: 'heading', text: 'What began to fit on chip' } as const;
  const memory = `${bytes(residency.capacityBytes)} of on-chip memory`;
  if (items.length === 0) {
    return [heading, { kind: 'paragraph', text: `Nothing more stays in the ${memory} than before.` }];
  }
  return [
    heading,
    {
      kind: 'paragraph',
      text:
        `The machine has ${memory} at every precision. Narrower values take less of it, so these tensors (blocks of values that one layer ` +
        'makes or uses) now stay there, and need not be written to memory and read back:',
    },
    { kind: 'list', items },
  ];
}
