import type { Document, Table } from '../document.js';
import { documentToMarkdown } from '../markdown.js';
import { documentToText } from '../text.js';
import type { FindingResult } from './finding.js';
import { outcomesOf, percentPoints, type Spread, spreadOf, type TrainingOutcome } from './outcome.js';

/** What a report of trainings is made from. */
export interface FindingsReport {
  readonly findings: readonly FindingResult[];
  readonly outcomes: readonly TrainingOutcome[];
  /** What the images were and how they were trained on, in words. */
  readonly conditions: readonly string[];
}

/** The verdicts, for a terminal. */
export function findingsToText(report: FindingsReport): string {
  return documentToText([...verdicts(report), ...tables(report.outcomes)]);
}

/** The whole report; `charts` are files beside it, by what they show. */
export function findingsToMarkdown(
  report: FindingsReport,
  charts: readonly { readonly title: string; readonly file: string }[],
): string {
  const document: Document = [
    {
      kind: 'paragraph',
      text:
        'PACT (arXiv:1805.06085v2) trains networks for CIFAR10, SVHN and ImageNet. Those are out of reach here: this is the ' +
        'same equations on small networks and real handwritten digits, made hard. What can be asked of that are the ' +
        'findings, not the figures.',
    },
    { kind: 'list', items: report.conditions },
    ...verdicts(report),
    ...tables(report.outcomes),
    {
      kind: 'paragraph',
      text:
        'Accuracies are means over seeds, with the standard deviation of the runs. "Reproduced": the means say so, also ' +
        'where they lie closer than single runs do, and a few seeds do not settle it. "Within chance": they do not ' +
        'say so, but twice their standard error would cover what is missing. With so few seeds the deviation itself is ' +
        'known roughly. All runs share one set of test images. That levels come to rest is owed in part to the learning ' +
        'rate, which falls to 0; where levels that started lower end lower, they have not forgotten their start.',
    },
  ];
  const pictures = charts.map(({ title, file }) => `![${title}](${file})`);
  return `# The findings of PACT, on small networks\n\n${documentToMarkdown(document)}\n## Charts\n\n${pictures.join('\n\n')}\n`;
}

/** Verdicts and every training, for programs; a training is a line. */
export function findingsToJson({ findings, outcomes, conditions }: FindingsReport): string {
  const head = JSON.stringify({ schemaVersion: 1, conditions, findings }, null, 2).replace(/\n\}$/, '');
  return `${head},\n  "trainings": [\n${outcomes.map((outcome) => `    ${JSON.stringify(outcome)}`).join(',\n')}\n  ]\n}\n`;
}

/** A table of accuracies by scheme and width, of trainings that differ in nothing else but their seed. */
export function accuracyTable(outcomes: readonly TrainingOutcome[]): Table {
  const widths = [...new Set(outcomes.flatMap(({ plan }) => (plan.bits === null ? [] : [plan.bits])))].sort(
    (a, b) => b - a,
  );
  const schemes = [...new Set(outcomes.map(({ plan }) => plan.scheme))];
  const cell = (scheme: string, bits: number | null): string => {
    const found = outcomesOf(outcomes, { scheme, bits });
    return found.length === 0 ? '-' : percentPoints(spread(found));
  };
  const hasExact = outcomes.some(({ plan }) => plan.bits === null);
  return {
    columns: [
      { header: 'scheme', align: 'left' },
      ...(hasExact ? [{ header: 'exact', align: 'right' as const }] : []),
      ...widths.map((bits) => ({ header: `${bits} bits`, align: 'right' as const })),
    ],
    rows: schemes.map((scheme) => [
      scheme,
      ...(hasExact ? [cell(scheme, null)] : []),
      ...widths.map((bits) => cell(scheme, bits)),
    ]),
  };
}

function spread(outcomes: readonly TrainingOutcome[]): Spread {
  return spreadOf(outcomes.map(({ accuracy }) => accuracy));
}

function verdicts({ findings }: FindingsReport): Document {
  return [
    { kind: 'heading', text: 'Findings' },
    {
      kind: 'table',
      table: {
        columns: [
          { header: 'finding', align: 'left' },
          { header: 'verdict', align: 'left' },
        ],
        rows: findings.map(({ id, verdict }) => [id, verdict]),
      },
    },
    { kind: 'list', items: findings.map(inWords) },
    { kind: 'heading', text: 'What could not be reproduced' },
    { kind: 'list', items: [...findings.flatMap(notShown), ...OUT_OF_REACH] },
  ];
}

function inWords({ id, statement, where, rule, measured }: FindingResult): string {
  return `${id}: ${statement} (${where}). Asked here: ${rule}. Measured: ${measured}.`;
}

function notShown({ id, statement, verdict, why }: FindingResult): string[] {
  if (verdict === 'reproduced') return [];
  return [`${id}: "${statement}" is ${verdict}.${why === undefined ? '' : ` ${why}`}`];
}

/** What trainings of this size say nothing about. */
const OUT_OF_REACH: readonly string[] = [
  'The accuracies of the tables of PACT, and by how much schemes differ there: CIFAR10, SVHN and ImageNet, and networks as ' +
    'large and trained as long as those, were not tried.',
  'Whether the order of the schemes holds when each is tuned: rate and strength of the clipping levels were chosen for PACT, ' +
    'nothing for the others, which favours PACT.',
  'Residual networks: the findings are asked of one network, without shortcuts.',
];

function tables(outcomes: readonly TrainingOutcome[]): Document {
  const compared = comparedOf(outcomes);
  return [
    { kind: 'heading', text: 'Accuracy by scheme and width (% of test images)' },
    { kind: 'table', table: accuracyTable(compared) },
  ];
}

/** The trainings of the comparison of schemes: the settings that most share. */
export function comparedOf(outcomes: readonly TrainingOutcome[]): TrainingOutcome[] {
  const settings = ({ plan }: TrainingOutcome): string =>
    JSON.stringify([plan.network, plan.edgeBits, plan.levelDecay, plan.startLevel]);
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(settings(outcome), (counts.get(settings(outcome)) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return outcomes.filter((outcome) => settings(outcome) === most?.[0]);
}
