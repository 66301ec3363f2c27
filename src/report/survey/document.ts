import type { Survey } from '../../explore/index.js';
import { isZooName, zoo } from '../../workload/index.js';
import type { ZooParameter } from '../../workload/index.js';
import type { Document, Table } from '../document.js';
import { bitWidth, bytes, count, given, grouped, milliseconds, percent, plural, times } from '../figures.js';
import { documentToMarkdown } from '../markdown.js';
import { objectiveFacts, questionFacts } from '../question.js';
import { documentToText } from '../text.js';
import { findings } from './findings.js';
import { partTexts, timePartNames } from './parts.js';
import { beganToFitBytes, memoryBoundFraction, ranked, type Standing } from './standing.js';

/** The survey for a terminal. */
export function surveyToText(survey: Survey): string {
  return documentToText([...question(survey), ...speedups(survey), ...findings(survey), ...parts(survey)]);
}

/** The same as Markdown, with a title; `chart` is a file beside it. */
export function surveyToMarkdown(survey: Survey, chart: { readonly title: string; readonly file: string }): string {
  return [
    `# Speedup over ${bitWidth(survey.baselineBits)} of ${plural(survey.rows.length, 'network')}\n\n`,
    documentToMarkdown(question(survey)),
    `\n![${chart.title}](${chart.file})\n\n`,
    documentToMarkdown([...speedups(survey), ...findings(survey), ...parts(survey), ...warnings(survey)]),
  ].join('');
}

/** What a reader should know before trusting the figures, each with the network it is about. */
export function surveyWarnings({ rows }: Survey): string[] {
  const all = rows.flatMap(({ name, baseline, points }) =>
    [baseline, ...points.map(({ result }) => result)].flatMap(({ warnings: said }) =>
      said.map((warning) => `${name}: ${warning}`),
    ),
  );
  return [...new Set(all)];
}

/** Facts that hold for every run. */
const DESCRIBES_MACHINE: ReadonlySet<string> = new Set(['machine', 'bandwidth', 'question']);

function question({ baselineBits, bits, rows }: Survey): Document {
  const { baseline, points } = rows[0]!;
  const edged = points.find(({ result }) => result.precision.edgeBits !== null)?.result.precision.edgeBits;
  const edges = edged === undefined ? '' : `; first and last MAC layer at least ${bitWidth(edged)}`;
  const lengths = rows.flatMap(({ name }) => {
    const parameters = isZooName(name) ? Object.entries<ZooParameter>(zoo[name].parameters) : [];
    return parameters.map(([key, parameter]) => `${name} ${key} ${given(parameter.default)}`);
  });
  return [
    {
      kind: 'facts',
      facts: [
        ...questionFacts(baseline).filter(({ label }) => DESCRIBES_MACHINE.has(label)),
        ...objectiveFacts(baseline),
        { label: 'precision', value: `${bits.join(', ')} bits against ${bitWidth(baselineBits)}${edges}` },
        ...(lengths.length === 0 ? [] : [{ label: 'built for', value: lengths.join(', ') }]),
      ],
    },
  ];
}

function speedups(survey: Survey): Document {
  const at = bitWidth(survey.focusBits);
  const table: Table = {
    columns: [
      { header: 'network', align: 'left' },
      { header: 'MACs', align: 'right' },
      { header: 'parameters', align: 'right' },
      ...survey.bits.map((bits) => ({ header: bitWidth(bits), align: 'right' }) as const),
      { header: `time at\n${at}`, align: 'right' },
      { header: 'bound by\nmemory', align: 'right' },
      { header: 'began to fit: tensors,\nand their bytes before', align: 'right' },
    ],
    rows: ranked(survey).map(({ row, point }) => [
      row.name,
      count(row.macs),
      count(row.parameters),
      ...row.points.map(({ speedup }) => times(speedup.value)),
      milliseconds(point.result.totals.latencyMs),
      percent(memoryBoundFraction(point.result)),
      ...fits(point),
    ]),
  };
  return [
    { kind: 'heading', text: `Speedup over ${bitWidth(survey.baselineBits)}` },
    { kind: 'table', table },
    {
      kind: 'paragraph',
      text: `By speedup at ${at}, which the columns from the time on are about. Bound by memory: the part of the time in layers whose transfers take longer than their work.`,
    },
  ];
}

function fits(point: Standing['point']): [string] {
  const tensors = point.speedup.beganToFit.length;
  return [tensors === 0 ? '-' : `${grouped(tensors)}, ${bytes(beganToFitBytes(point))}`];
}

function parts(survey: Survey): Document {
  const at = bitWidth(survey.focusBits);
  return [
    { kind: 'heading', text: `Where the time goes at ${at}` },
    {
      kind: 'paragraph',
      text:
        `The linear time, ${bitWidth(survey.baselineBits)} over the ratio of peaks, is 100 %. What each network takes ` +
        'beyond it (+), or less (-), adds up to its time. First and last layer: the time that goes when they are as ' +
        'narrow as the rest. Other layers count under the unit that does their work, as far as they work, and under ' +
        'memory, as far as they wait; those that memory bounds before and after are under memory whole.',
    },
    {
      kind: 'table',
      table: {
        columns: [
          { header: 'network', align: 'left' },
          { header: 'speedup', align: 'right' },
          ...timePartNames.map((part) => ({ header: partTexts[part].column, align: 'right' }) as const),
          { header: 'time', align: 'right' },
        ],
        rows: ranked(survey).map(({ row, point }) => [
          row.name,
          times(point.speedup.value),
          ...timePartNames.map((part) => signed(point.parts[part])),
          percent(point.speedup.factors.peak / point.speedup.value),
        ]),
      },
    },
  ];
}

/** `+5.1%`, `-15.1%`, a dash for what rounds to nothing. */
function signed(fraction: number): string {
  const text = percent(Math.abs(fraction));
  if (Math.abs(fraction) < 0.0005) return '-';
  return `${fraction < 0 ? '-' : '+'}${text}`;
}

function warnings(survey: Survey): Document {
  const items = surveyWarnings(survey);
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: 'Warnings' },
    { kind: 'list', items },
  ];
}
