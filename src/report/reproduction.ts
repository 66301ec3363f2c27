import { edgeGainAt, speedupAt } from '../explore/index.js';
import type { ClaimResult, PactFigures, SensitivityRow } from '../explore/index.js';
import type { Run } from '../performance/result.js';
import { ACCURACY_NOTE } from '../quantization/index.js';
import { accuracyBesideSpeed } from './accuracy.js';
import type { Document, Table } from './document.js';
import { bandwidth, bitWidth } from './figures.js';
import { documentToMarkdown } from './markdown.js';
import { precisionLabel, questionFacts } from './question.js';
import { documentToText } from './text.js';

/** A reproduction of the PACT system study: what was simulated, and how it stands against the paper. */
export interface Reproduction {
  readonly claims: readonly ClaimResult[];
  readonly figures: PactFigures;
  readonly sensitivity: readonly SensitivityRow[];
  /** Runs of networks whose accuracy is published, at one bandwidth. */
  readonly accuracyRuns: readonly Run[];
}

/** The verdicts, for a terminal. */
export function reproductionToText(reproduction: Reproduction): string {
  return documentToText([...question(reproduction), ...claimBlocks(reproduction), ...sensitivityBlocks(reproduction)]);
}

/** The whole report; `charts` are files beside it, by what they show. */
export function reproductionToMarkdown(
  reproduction: Reproduction,
  charts: readonly { readonly title: string; readonly file: string }[],
): string {
  const document: Document = [
    ...question(reproduction),
    ...claimBlocks(reproduction),
    ...figureBlocks(reproduction.figures),
    ...accuracyBlocks(reproduction),
    ...sensitivityBlocks(reproduction),
  ];
  const pictures = charts.map(({ title, file }) => `![${title}](${file})`);
  return `# The system study of PACT, reproduced\n\n${documentToMarkdown(document)}\n## Charts\n\n${pictures.join('\n\n')}\n`;
}

/** The verdicts and the figures behind them, for programs. `"inf"` is an unlimited channel. */
export function reproductionToJson({ claims, figures, sensitivity, accuracyRuns }: Reproduction): string {
  const bar = ({ bits, bandwidthGBps, value }: PactFigures['speedups'][number]) => ({
    bits,
    bandwidthGBps: Number.isFinite(bandwidthGBps) ? bandwidthGBps : 'inf',
    value,
  });
  const value = {
    schemaVersion: 1,
    claims: claims.map((claim) => ({
      id: claim.id,
      statement: claim.statement,
      paper: claim.paper,
      where: claim.where,
      simulated: claim.simulated,
      tolerance: claim.tolerance,
      origin: claim.origin,
      fittedBy: claim.fittedBy ?? null,
      holds: claim.holds,
    })),
    macDensityRatio: figures.macDensityRatio,
    peakRatio: figures.peakRatio,
    speedups: figures.speedups.map(bar),
    edgeGains: figures.edgeGains.map(bar),
    sensitivity,
    accuracyBesideSpeed: accuracyBesideSpeed(accuracyRuns).map(
      ({ run: { result }, published, fullPrecision, speedup }) => ({
        workload: result.workload.name,
        ...result.precision,
        bandwidthGBps: result.arch.bandwidthGBps,
        speedup,
        top1Percent: published.top1Percent,
        fullPrecisionTop1Percent: fullPrecision?.top1Percent ?? null,
        source: published.source,
      }),
    ),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function question({ figures }: Reproduction): Document {
  const baseline = figures.runs[0]!.result;
  return [
    {
      kind: 'paragraph',
      text:
        'The system study of PACT (arXiv:1805.06085v2, section 6 and Figure 6) runs ResNet50 on a chip whose area, on-chip memory and ' +
        'bandwidth are the same at every precision, and finds that it speeds up more than its bits shrink.',
    },
    { kind: 'facts', facts: questionFacts(baseline).filter(({ label }) => DESCRIBES_MACHINE.has(label)) },
  ];
}

/** A verdict alone says less than it seems to. */
const HOW_TO_READ =
  'Fitted claims (fitted on arch/default.json) and those by construction say that the model can reach the figure, not ' +
  'that it is right; the predicted ones are the test. The MAC density is about area and changes no time. See ' +
  'docs/validation.md for what the speedups hang on.';

/** Facts that hold for every run of the study. */
const DESCRIBES_MACHINE: ReadonlySet<string> = new Set(['machine', 'area', 'workload', 'question']);

function claimBlocks({ claims }: Reproduction): Document {
  const out = claims.filter(({ holds }) => !holds);
  const fitted = claims
    .filter(({ origin }) => origin === 'fitted')
    .map(({ statement, fittedBy }) => `${statement}: fitted by ${fittedBy}`);
  return [
    { kind: 'heading', text: 'Claims' },
    {
      kind: 'table',
      table: {
        columns: [
          { header: 'claim', align: 'left' },
          { header: 'paper', align: 'left' },
          { header: 'simulated', align: 'right' },
          { header: 'accepted', align: 'left' },
          { header: 'how', align: 'left' },
          { header: 'verdict', align: 'left' },
        ],
        rows: claims.map((claim) => [
          claim.statement,
          claim.paper,
          `${claim.simulated.toFixed(3)}x`,
          claim.tolerance,
          claim.origin,
          claim.holds ? 'holds' : 'OUT',
        ]),
      },
    },
    {
      kind: 'paragraph',
      text:
        out.length === 0
          ? `All ${claims.length} claims hold. ${HOW_TO_READ}`
          : `${out.length} of ${claims.length} claims are out: ${out.map(({ statement }) => statement).join('; ')}.`,
    },
    {
      kind: 'list',
      items: [
        ...fitted,
        ...claims.flatMap(({ statement, detail }) => (detail === '' ? [] : [`${statement}: ${detail}`])),
      ],
    },
  ];
}

function figureBlocks({ speedups, edgeGains }: PactFigures): Document {
  const bandwidths = [...new Set(speedups.map((bar) => bar.bandwidthGBps))];
  const table = (bars: PactFigures['speedups'], digits: number): Table => ({
    columns: [
      { header: 'precision', align: 'left' },
      ...bandwidths.map((gbps) => ({ header: bandwidth(gbps), align: 'right' }) as const),
    ],
    rows: [...new Set(bars.map((bar) => bar.bits))].map((bits) => [
      bitWidth(bits),
      ...bandwidths.map(
        (gbps) => `${bars.find((bar) => bar.bits === bits && bar.bandwidthGBps === gbps)!.value.toFixed(digits)}x`,
      ),
    ]),
  });
  return [
    { kind: 'heading', text: 'Figure 6(c): speedup over 16 bits' },
    { kind: 'paragraph', text: 'First and last layer at 8 bits where the rest has fewer.' },
    { kind: 'table', table: table(speedups, 2) },
    { kind: 'heading', text: 'What quantising the first and last layer too gives on top' },
    { kind: 'table', table: table(edgeGains, 3) },
  ];
}

function accuracyBlocks({ accuracyRuns }: Reproduction): Document {
  const rows = accuracyBesideSpeed(accuracyRuns);
  if (rows.length === 0) return [];
  const bandwidths = [...new Set(rows.map(({ run }) => bandwidth(run.result.arch.bandwidthGBps)))];
  return [
    { kind: 'heading', text: 'Accuracy beside speedup' },
    {
      kind: 'table',
      table: {
        columns: [
          { header: 'network', align: 'left' },
          { header: 'precision', align: 'left' },
          { header: 'published top-1', align: 'right' },
          { header: 'in full precision', align: 'right' },
          { header: `speedup at ${bandwidths.join(', ')}`, align: 'right' },
        ],
        rows: rows.map(({ run, published, fullPrecision, speedup }) => [
          run.result.workload.name,
          precisionLabel(run.result.precision),
          `${published.top1Percent.toFixed(1)} %`,
          fullPrecision === null ? '-' : `${fullPrecision.top1Percent.toFixed(1)} %`,
          `${speedup.toFixed(2)}x`,
        ]),
      },
    },
    {
      kind: 'paragraph',
      text: `${ACCURACY_NOTE} PACT names an AlexNet with batch normalisation and prints no shapes of it: those are assumed.`,
    },
  ];
}

function sensitivityBlocks({ sensitivity, figures }: Reproduction): Document {
  const nominal = speedupAt(figures, 4, 64);
  const edges = edgeGainAt(figures, 2, 32);
  return [
    { kind: 'heading', text: 'How the figures move with each parameter' },
    {
      kind: 'table',
      table: {
        columns: [
          { header: 'parameter', align: 'left' },
          { header: 'change', align: 'left' },
          { header: 'speedup at\n4 bits, 64 GB/s', align: 'right' },
          { header: 'edges too at\n2 bits, 32 GB/s', align: 'right' },
        ],
        rows: [
          ['as it stands', '', `${nominal.toFixed(3)}x`, `${edges.toFixed(3)}x`],
          ...sensitivity.map((row) => [
            row.parameter,
            row.change,
            `${row.speedup.toFixed(3)}x`,
            `${row.edgeGain.toFixed(3)}x`,
          ]),
        ],
      },
    },
  ];
}
