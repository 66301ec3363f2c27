import { edgeGainAt, speedupAt } from '../explore/index.js';
import type { ClaimResult, PactFigures, SensitivityRow } from '../explore/index.js';
import type { Run } from '../performance/result.js';
import { ACCURACY_NOTE } from '../quantization/index.js';
import { accuracyBesideSpeed } from './accuracy.js';
import type { Document, Table } from './document.js';
import { bandwidth, bitWidth } from './figures.js';
import { precisionLabel } from './question.js';

/** A verdict alone says less than it seems to. */
const HOW_TO_READ =
  'Fitted claims (fitted on arch/default.json) and those by construction say that the model can reach the figure, not ' +
  'that it is right; the predicted ones are the test. The MAC density is about area and changes no time. See ' +
  'docs/validation.md for what the speedups hang on.';

/** Each claim with its verdict, then what the verdicts are worth. */
export function claimBlocks(claims: readonly ClaimResult[]): Document {
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

/** Figure 6(c), and what quantising the first and last layer adds. */
export function figureBlocks({ speedups, edgeGains }: PactFigures): Document {
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

/** Published accuracy and simulated speedup side by side; nothing where none is published. */
export function accuracyBlocks(runs: readonly Run[]): Document {
  const rows = accuracyBesideSpeed(runs);
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

/** The figures as they stand, and with each parameter changed. */
export function sensitivityBlocks(sensitivity: readonly SensitivityRow[], figures: PactFigures): Document {
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
