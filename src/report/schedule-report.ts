import { superLinearShare, type ScheduleStudy } from '../explore/index.js';
import type { NetworkResult } from '../performance/result.js';
import type { Block, Document } from './document.js';
import { bandwidth, bitWidth, bytes, grouped, times } from './figures.js';
import { documentToMarkdown } from './markdown.js';
import { questionFacts } from './question.js';
import { findings, plainGain, share } from './schedule-findings.js';
import { documentToText } from './text.js';

/** The gains and what they say, for a terminal. */
export function scheduleStudyToText(study: ScheduleStudy): string {
  return documentToText([question(study), ...gainBlocks(study), ...findings(study)]);
}

/** The whole report; `chart` is a file beside it. */
export function scheduleStudyToMarkdown(study: ScheduleStudy, chart: string): string {
  const document: Document = [
    question(study),
    {
      kind: 'facts',
      facts: questionFacts(study.runs[0]!.result).filter(({ label }) => DESCRIBES_MACHINE.has(label)),
    },
    ...findings(study),
    ...gainBlocks(study),
    ...runBlocks(study),
    ...chainBlocks(study),
    ...limits(),
  ];
  return `# What fusion and prefetching leave of the super-linear gain\n\n${documentToMarkdown(document)}\n## Chart\n\n![Speedups by schedule](${chart})\n`;
}

/** The figures, for programs. */
export function scheduleStudyToJson({ gains, runs }: ScheduleStudy): string {
  const value = {
    schemaVersion: 1,
    gains: gains.map((gain) => ({ ...gain })),
    runs: runs.map(({ schedule, result }) => ({
      schedule,
      bits: result.precision.bits,
      bandwidthGBps: result.arch.bandwidthGBps,
      totalCycles: result.totals.totalCycles,
      offChipBytes: { ...result.totals.offChipBytes },
      exact: result.residency.exact,
      prefetched: result.residency.prefetched.length,
      chains: result.residency.chains.map(({ layers, stripes, heldWeights }) => ({
        layers: [...layers],
        stripes,
        heldWeights: [...heldWeights],
      })),
    })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Facts that hold for every run of the study. */
const DESCRIBES_MACHINE: ReadonlySet<string> = new Set(['machine', 'area', 'workload', 'question']);

function question({ runs }: ScheduleStudy): Block {
  const { workload, arch } = runs[0]!.result;
  return {
    kind: 'paragraph',
    text:
      `On ${arch.name}, ${workload.name} at few bits is faster over 16 bits than its peak, since at 16 bits more has to move. ` +
      'A better schedule hides some of what moves: it may load the weights of the next layer while there is room ' +
      '(prefetch), and compute chains of layers in stripes, so that what lies between them never has to fit (fusion). ' +
      'PACT runs layer by layer. How much of the gain is left when the 16-bit baseline need not?',
  };
}

function gainBlocks({ gains }: ScheduleStudy): Document {
  return [
    { kind: 'heading', text: 'Speedup over 16 bits' },
    {
      kind: 'table',
      table: {
        columns: [
          { header: 'precision', align: 'left' },
          { header: 'bandwidth', align: 'left' },
          { header: 'schedule', align: 'left' },
          { header: 'only the\nbaseline may', align: 'right' },
          { header: 'both\nmay', align: 'right' },
          { header: 'linear', align: 'right' },
          { header: 'left beyond linear:\nonly the baseline', align: 'right' },
          { header: 'left beyond linear:\nboth', align: 'right' },
        ],
        rows: gains.map((gain) => {
          const { ofBoth } = plainGain(gains, gain);
          return [
            bitWidth(gain.bits),
            bandwidth(gain.bandwidthGBps),
            gain.schedule,
            times(gain.againstBaseline),
            times(gain.ofBoth),
            times(gain.peak),
            share(superLinearShare(gain.againstBaseline, ofBoth, gain.peak)),
            share(superLinearShare(gain.ofBoth, ofBoth, gain.peak)),
          ];
        }),
      },
    },
  ];
}

function runBlocks({ runs }: ScheduleStudy): Document {
  return [
    { kind: 'heading', text: 'The runs' },
    {
      kind: 'table',
      table: {
        columns: [
          { header: 'precision', align: 'left' },
          { header: 'bandwidth', align: 'left' },
          { header: 'schedule', align: 'left' },
          { header: 'cycles', align: 'right' },
          { header: 'weights\nmoved', align: 'right' },
          { header: 'activations\nmoved', align: 'right' },
          { header: 'chains', align: 'right' },
          { header: 'layers\nprefetched for', align: 'right' },
        ],
        rows: runs.map(({ schedule, result: { precision, arch, totals, residency } }) => [
          bitWidth(precision.bits),
          bandwidth(arch.bandwidthGBps),
          schedule,
          grouped(totals.totalCycles),
          bytes(totals.offChipBytes.weights),
          bytes(totals.offChipBytes.inputs + totals.offChipBytes.outputs),
          grouped(residency.chains.length),
          grouped(residency.prefetched.length),
        ]),
      },
    },
    { kind: 'paragraph', text: exactness(runs.map(({ result }) => result)) },
  ];
}

function exactness(results: readonly NetworkResult[]): string {
  const open = results.filter(({ residency }) => !residency.exact).length;
  return open === 0
    ? 'Every run is the fastest there is of its space of mappings, residency, prefetching and chains.'
    : `${open} of ${results.length} runs are not proved to be the fastest of their space.`;
}

function chainBlocks({ runs }: ScheduleStudy): Document {
  const chosen = runs.filter(({ schedule, result }) => schedule === 'fusion' && result.residency.chains.length > 0);
  return [
    { kind: 'heading', text: 'Chains that were chosen, with fusion alone' },
    {
      kind: 'list',
      items: chosen.map(({ result: { precision, arch, residency } }) => {
        const chains = residency.chains.map(({ layers, stripes }) => `${layers.join(' + ')} in ${stripes} stripes`);
        return `${bitWidth(precision.bits)}, ${bandwidth(arch.bandwidthGBps)}: ${chains.join('; ')}`;
      }),
    },
  ];
}

function limits(): Document {
  return [
    { kind: 'heading', text: 'What this leaves out' },
    {
      kind: 'list',
      items: [
        'Chains have two to four consecutive layers and 2, 4, 8, ... stripes of rows; rows that two stripes need are kept, not computed twice. Longer chains, and stripes cut in both directions, might save more.',
        'Weights are loaded ahead for the next layer only, in quarters, and not into, out of or inside a chain.',
        'The memory, the machine and its calibration are those of the study without either: docs/validation.md says what they hang on.',
      ],
    },
  ];
}
