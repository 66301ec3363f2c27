import type { MacColumn, MacPoint, MacStudy } from '../explore/index.js';
import type { Block, Document, Table } from './document.js';
import { bandwidth, bitWidth, bytes, grouped, significant, times } from './figures.js';
import { macFindings } from './mac-findings.js';
import { documentToMarkdown } from './markdown.js';
import { workloadLine } from './question.js';
import { documentToText } from './text.js';

/** The times and what they say, for a terminal. */
export function macStudyToText(study: MacStudy): string {
  return documentToText([question(study), ...purchases(study), ...latencies(study), ...macFindings(study)]);
}

/** The whole report; `chart` is a file beside it. */
export function macStudyToMarkdown(study: MacStudy, chart: string): string {
  const document: Document = [
    question(study),
    ...macFindings(study),
    ...purchases(study),
    ...latencies(study),
    ...peaks(study),
    ...energies(study),
    ...traffic(study),
    ...oddWidths(study),
    ...limits(),
  ];
  return `# Kinds of MAC unit at equal area\n\n${documentToMarkdown(document)}\n## Chart\n\n![Latency by kind and width](${chart})\n`;
}

/** The figures, for programs. */
export function macStudyToJson({ budgetMm2, columns }: MacStudy): string {
  const value = {
    schemaVersion: 1,
    macBudgetMm2: budgetMm2,
    kinds: columns.map(({ candidate, points }) => ({
      name: candidate.name,
      source: candidate.source,
      points: points.map(({ bits, result, peakMacsPerCycle, macEnergyPj, taken }) => ({
        bits,
        arrayChoice: result.arch.arrayChoice,
        macArrayMm2: result.arch.area.macArrayMm2,
        peakMacsPerCycle,
        macEnergyPj,
        taken,
        totalCycles: result.totals.totalCycles,
        latencyMs: result.totals.latencyMs,
        utilization: result.totals.utilization,
        offChipBytes: result.totals.offChipBytes.total,
        exact: result.residency.exact,
      })),
    })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function question({ budgetMm2, columns }: MacStudy): Block {
  const first = columns[0]!.points[0]!.result;
  const { arch } = first;
  return {
    kind: 'paragraph',
    text:
      `${workloadLine(first)} on the machine ${arch.name}: ${grouped(arch.cores)} cores, ${bandwidth(arch.bandwidthGBps)}, ` +
      `each core with ${significant(budgetMm2)} mm2 of MAC units. Memory, channel and clock are the same for all; ` +
      'what differs is how the silicon of the units is spent. Each layer lies weight- or output-stationary on the array, whichever is faster. A fixed-point MAC of any width has the area of the machine ' +
      'file, and each kind takes so many times that: its factor. Widths are those of weights and activations; below 8 bits the first and last MAC layer have 8.',
  };
}

function purchases({ columns }: MacStudy): Document {
  return [
    { kind: 'heading', text: 'What the silicon buys, per core' },
    {
      kind: 'list',
      items: columns.map(({ candidate, points }) => {
        // Units built for the run are another purchase at every width.
        const choices = new Set(points.map(({ result }) => result.arch.arrayChoice));
        return `${candidate.name}. ${[...choices].join('; ')}. Factors: ${candidate.source}.`;
      }),
    },
  ];
}

/** A row for each width, a column for each kind. */
function byWidth(columns: readonly MacColumn[], heading: string, cell: (point: MacPoint) => string): Document {
  const table: Table = {
    columns: [
      { header: 'width', align: 'left' },
      ...columns.map(({ candidate }) => ({ header: candidate.short.replace(/,? /, '\n'), align: 'right' as const })),
    ],
    rows: columns[0]!.points.map(({ bits }, at) => [bitWidth(bits), ...columns.map(({ points }) => cell(points[at]!))]),
  };
  return [
    { kind: 'heading', text: heading },
    { kind: 'table', table },
  ];
}

function latencies({ columns }: MacStudy): Document {
  const open = columns.flatMap(({ points }) => points).filter(({ result }) => !result.residency.exact).length;
  const baseline = columns[0]!.points[0]!.result.totals.latencyMs;
  return [
    ...byWidth(columns, 'Latency of one inference, ms', ({ result }) => significant(result.totals.latencyMs)),
    {
      kind: 'paragraph',
      text:
        open === 0
          ? 'Every run is the fastest there is of its space of mappings and residency.'
          : `${open} runs are not proved to be the fastest of their space.`,
    },
    ...byWidth(columns, `Speedup over ${columns[0]!.candidate.short} units at 16 bits`, ({ result }) =>
      times(baseline / result.totals.latencyMs),
    ),
  ];
}

function peaks({ columns }: MacStudy): Document {
  return byWidth(columns, 'Peak, MACs per cycle of the chip', ({ peakMacsPerCycle }) => grouped(peakMacsPerCycle));
}

function energies({ columns }: MacStudy): Document {
  return [
    ...byWidth(columns, 'Energy of one MAC, pJ at 45 nm', ({ macEnergyPj }) => significant(macEnergyPj)),
    {
      kind: 'paragraph',
      text:
        'Of the unit alone, without memory. A fixed-point MAC takes what Bit Fusion synthesised at 45 nm (fitted within 2.3 %); ' +
        'each kind takes its factor of that in every cycle, whatever lies in its operands, and shares it among the MACs of the cycle.',
    },
  ];
}

function traffic({ columns }: MacStudy): Document {
  return byWidth(columns, 'Bytes moved off-chip', ({ result }) => bytes(result.totals.offChipBytes.total));
}

function oddWidths({ columns }: MacStudy): Document {
  const odd = columns.map(({ candidate, points }) => {
    const said = points
      .filter(({ bits }) => [3, 5, 6, 7].includes(bits))
      .map(({ bits, taken }) => `${bits} bits ${taken}`);
    return `${candidate.name}: ${said.join('; ')}.`;
  });
  return [
    { kind: 'heading', text: 'What odd widths cost' },
    { kind: 'list', items: odd },
  ];
}

function limits(): Document {
  return [
    { kind: 'heading', text: 'What this leaves out' },
    {
      kind: 'list',
      items: [
        'Factors of area come from different nodes, papers and scopes: those of Bit Fusion are of a unit, those of Stripes of a chip with its memory, and so probably low for the units; what Bit Fusion built serially is probably high for units that share their shifters and registers. That of configurable units is 1, as in the study of PACT, and no silicon has it.',
        'All units run at the clock of the machine. Serial units find their parallelism here in the lanes of a reduction and in a larger array; Stripes and Loom also work on several windows at once, which arch/stripes-like.json does.',
        'Accuracy: 4 bits of MXFP4 are not 4 bits of an integer, nor are 1 or 2 bits worth the same everywhere. Widths that a floating-point unit has no format for are stored and computed in the next wider one.',
        'Array area alone is equal, and the scratchpad of this machine feeds any array without waiting. Wiring, control and the serialisers that feed bit-serial units count only as far as the published factors hold them.',
      ],
    },
  ];
}
