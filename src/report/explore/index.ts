import type { StudySummary } from '../../explore/index.js';
import { documentToMarkdown, escapeMarkdown } from '../markdown.js';
import { INTERFACE_HINT } from '../question.js';
import { documentToText } from '../text.js';
import { answerBlocks, questionBlocks, studyDocument } from './document.js';
import { frontToCsv } from './to-csv.js';
import { studyToJson } from './to-json.js';

export { frontToCsv, studyCsvHeader, studyCsvLine } from './to-csv.js';
export { studyToJson } from './to-json.js';

/** A form in which a finished study is written. */
export interface StudyFormat {
  readonly description: string;
  /** The whole text, ended by a line feed. */
  readonly write: (summary: StudySummary) => string;
}

/** Every format; `--format` and its help derive from the keys. */
export const studyFormats = {
  table: { description: 'text for the terminal', write: (summary) => documentToText(studyDocument(summary)) },
  json: {
    description: 'question, counts, front, effects and errors, exact, with a schema version',
    write: studyToJson,
  },
  csv: { description: 'the front, one row per point', write: frontToCsv },
  markdown: { description: 'the table as a document', write: (summary) => studyToMarkdown(summary, []) },
} as const satisfies Record<string, StudyFormat>;

export type StudyFormatName = keyof typeof studyFormats;

/** The study as Markdown with a title; `charts` are files beside it. */
export function studyToMarkdown(
  summary: StudySummary,
  charts: readonly { readonly title: string; readonly file: string }[],
): string {
  const { study } = summary;
  return [
    `# ${escapeMarkdown(study.name)}\n\n`,
    documentToMarkdown(questionBlocks(summary)),
    ...charts.map(({ title, file }) => `\n![${title}](${file})\n`),
    `\n${documentToMarkdown(answerBlocks(summary))}`,
  ].join('');
}

/** A chip whose memory has an interface of unknown area has none as a whole. */
function areaHint({ constraints }: StudySummary['study']): string {
  return constraints.some(({ metric }) => metric === 'areaMm2') ? `; of memory interfaces, ${INTERFACE_HINT}` : '';
}

/** What a reader should know before trusting the front, a line each. */
export function studyWarnings({ counts, study }: StudySummary): string[] {
  const { points, feasible, poisoned, unranked, unknown } = counts;
  const compared = [...new Set(study.constraints.map(({ metric }) => metric))].join(' or ');
  return [
    ...(poisoned === 0 ? [] : [`${poisoned} of ${points} points have no answer: the report says why`]),
    ...(unknown === 0
      ? []
      : [
          `${unknown} of ${points} points hold no constraint, as their machine does not give ${compared}${areaHint(study)}`,
        ]),
    ...(feasible === 0 && poisoned + unknown < points ? ['no point holds every constraint: the front is empty'] : []),
    ...(unranked === 0
      ? []
      : [
          `${unranked} of ${feasible} feasible points lack one of ${study.objectives.join(', ')}: they are on no front`,
        ]),
  ];
}
