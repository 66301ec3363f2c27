import {
  figureOf,
  METRIC_NAMES,
  metrics,
  samplerOf,
  varyingAxes,
  type MetricName,
  type PointResult,
  type StudySummary,
} from '../../explore/index.js';
import { objectives } from '../../mapping/index.js';
import type { Document, Fact, Table } from '../document.js';
import { bitWidth, grouped, plural, significant } from '../figures.js';
import { bestWords, levelText, metricHeader, metricText, valuesText } from '../metric-texts.js';
import { axisColumns } from './axis-columns.js';
import { effectBlocks } from './effect-blocks.js';
import { constraintsText, workloadsText } from './question-texts.js';
import { workloadBlocks } from './workload-table.js';

/** Points of the front in a text; the CSV has all. */
const MOST_ROWS = 40;
/** Levels of an axis in a line of facts. */
const MOST_LEVELS = 12;
/** Metrics that a table leaves out unless the study asks for them. */
const FOLLOWS_FROM_OTHERS: ReadonlySet<MetricName> = new Set(['energyDelayMjMs', 'inferencesPerSecond', 'totalCycles']);

/** A finished study: what was asked, the front, what is best, what matters, what failed. */
export function studyDocument(summary: StudySummary): Document {
  return [...questionBlocks(summary), ...answerBlocks(summary)];
}

export function questionBlocks(summary: StudySummary): Document {
  const { study, counts } = summary;
  const limits = constraintsText(study);
  const facts: Fact[] = [
    { label: 'study', value: study.name },
    ...(study.description === null ? [] : [{ label: '', value: study.description }]),
    { label: 'machine', value: study.machine.name },
    { label: 'workload', value: `${workloadsText(study)}${meanWords(summary)}` },
    { label: 'question', value: questionWords(study) },
    ...mappingFacts(study),
    { label: 'precision', value: precisionWords(summary) },
    ...study.axes.map(({ name, levels }, at) => ({
      label: at === 0 ? 'axes' : '',
      value: `${name}: ${levelsWords(levels.map(({ label }) => levelText(label)))}`,
    })),
    { label: 'constraints', value: limits ?? 'none' },
    { label: 'objectives', value: study.objectives.map(bestWords).join(', ') },
    {
      label: 'sampler',
      value: `${study.sampler.kind}${samplerOf(study.sampler).complete ? '' : `, seed ${study.seed}`}`,
    },
    { label: 'points', value: countsWords(counts) },
  ];
  return [{ kind: 'facts', facts }];
}

export function answerBlocks(summary: StudySummary): Document {
  return [...frontBlocks(summary), ...bestBlocks(summary), ...effectBlocks(summary), ...errorBlocks(summary)];
}

/** Nothing where mappings are chosen for the fewest cycles, as they are unless another objective is asked for. */
function mappingFacts({ mappingObjective: name = 'latency', axes }: StudySummary['study']): Fact[] {
  if (name === 'latency' || axes.some(({ fields }) => fields.includes('mappingObjective'))) return [];
  return [{ label: 'mappings for', value: `${name}: ${objectives[name].description}` }];
}

function meanWords({ study: { workloads, axes, mean } }: StudySummary): string {
  const isAxis = axes.some(({ fields }) => fields.includes('workload'));
  if (isAxis || workloads.length < 2) return '';
  const weights = workloads.map(({ weight }) => weight);
  return new Set(weights).size === 1 ? `, ${mean} mean` : `, ${mean} mean weighted ${weights.join(' : ')}`;
}

function questionWords({ mode, batch, axes }: StudySummary['study']): string {
  const byAxis = (field: string): boolean => axes.some(({ fields }) => fields.includes(field));
  return `${byAxis('mode') ? 'mode by axis' : mode}, batch ${byAxis('batch') ? 'by axis' : grouped(batch)}`;
}

function precisionWords({ study: { precision, axes } }: StudySummary): string {
  const fields = new Set(axes.flatMap((axis) => axis.fields));
  if (precision.list !== undefined) return `list ${precision.list}`;
  return [
    fields.has('bits') || fields.has('precision') ? 'bits by axis' : bitWidth(precision.bits),
    ...(fields.has('edgeBits') || precision.edgeBits === 'same'
      ? []
      : [`first and last layer ${bitWidth(precision.edgeBits)}`]),
    ...(precision.kvCacheBits === undefined ? [] : [`kept keys and values ${bitWidth(precision.kvCacheBits)}`]),
  ].join(', ');
}

function levelsWords(levels: readonly string[]): string {
  if (levels.length <= MOST_LEVELS) return levels.join(', ');
  return `${levels.slice(0, 3).join(', ')} ... ${levels.at(-1)!} (${grouped(levels.length)} levels)`;
}

function countsWords({ points, feasible, infeasible, poisoned, unranked }: StudySummary['counts']): string {
  return [
    `${grouped(points)} in all`,
    `${grouped(feasible)} feasible`,
    ...(infeasible === 0 ? [] : [`${grouped(infeasible)} break a constraint`]),
    ...(poisoned === 0 ? [] : [`${grouped(poisoned)} without an answer`]),
    ...(unranked === 0 ? [] : [`${grouped(unranked)} lack an objective`]),
  ].join(', ');
}

function frontBlocks(summary: StudySummary): Document {
  const { front, study, dominated } = summary;
  const heading = { kind: 'heading', text: 'Pareto front' } as const;
  if (front.length === 0) {
    return [heading, { kind: 'paragraph', text: 'No point is feasible and has every objective: there is no front.' }];
  }
  const shown = front.slice(0, MOST_ROWS);
  const order = `By ${metrics[study.objectives[0]!].label}, the best first.`;
  return [
    heading,
    { kind: 'table', table: resultTable(summary, shown) },
    {
      kind: 'paragraph',
      text:
        `${plural(front.length, 'point')} on the front, ${grouped(dominated.all)} dominated. ${order} ` +
        (shown.length < front.length
          ? `The first ${shown.length} are shown; the CSV has all, and every metric.`
          : 'The CSV has every metric.'),
    },
    ...workloadBlocks(summary),
  ];
}

/** Axes that vary, then objectives, then what else is known of these points and does not follow. */
function resultTable({ study }: StudySummary, results: readonly PointResult[]): Table {
  const axes = varyingAxes(study);
  const asked = new Set([...study.objectives, ...study.constraints.map(({ metric }) => metric)]);
  const others = METRIC_NAMES.filter(
    (metric) =>
      !study.objectives.includes(metric) &&
      (asked.has(metric) || !FOLLOWS_FROM_OTHERS.has(metric)) &&
      results.some((result) => figureOf(result, metric) !== null),
  );
  const shown = [...study.objectives, ...others];
  return {
    columns: [
      ...axisColumns(axes),
      ...shown.map((metric) => ({
        header: metricHeader(metric),
        align: 'right' as const,
      })),
    ],
    rows: results.map((result) => [
      ...axes.map(({ name }) => levelText(result.values[name]!)),
      ...shown.map((metric) => {
        const figure = figureOf(result, metric);
        return figure === null ? '-' : significant(figure);
      }),
    ]),
  };
}

function bestBlocks({ best, study }: StudySummary): Document {
  const axes = varyingAxes(study).map(({ name }) => name);
  const items = best.flatMap(({ metric, result }) => {
    if (result === null) return [];
    const others = study.objectives.filter((other) => other !== metric);
    const beside = others.map((other) => `${metrics[other].label} ${metricText(other, figureOf(result, other))}`);
    const at = axes.length === 0 ? '' : ` at ${valuesText(axes, result.values)}`;
    return [
      `${bestWords(metric)}: ${metricText(metric, figureOf(result, metric))}${at}${beside.length === 0 ? '' : ` (${beside.join(', ')})`}`,
    ];
  });
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: 'Best of each objective' },
    { kind: 'list', items },
  ];
}

function errorBlocks({ errors, otherErrors, study }: StudySummary): Document {
  if (errors.length === 0) return [];
  const axes = varyingAxes(study).map(({ name }) => name);
  return [
    { kind: 'heading', text: 'Points without an answer' },
    {
      kind: 'list',
      items: [
        ...errors.map(
          ({ message, points, first }) =>
            `${plural(points, 'point')}, the first of them ${first.index} (${valuesText(axes, first.values)}): ${message}`,
        ),
        ...(otherErrors === 0 ? [] : [`${plural(otherErrors, 'point')} with yet other errors`]),
      ],
    },
  ];
}
