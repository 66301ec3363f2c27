import { join } from 'node:path';
import type { PreparedStudy, StudyChartChoices, StudyFormat, StudyFormatName, StudySummary } from '../../../index.js';
import {
  drawAllStudyCharts,
  frontToCsv,
  parseHeatMapAxes,
  studyFormats,
  studyResults,
  studyToJson,
  studyToMarkdown,
  studyWarnings,
  summariseStudy,
} from '../../../index.js';
import { imageFormats, renderChart, type ImageFormat } from '../../charts.js';
import { keyOf } from '../../explore/key.js';
import { readResultTable, writingResultTables } from '../../explore/result-tables.js';
import type { FolderStore } from '../../explore/store/folder-store.js';
import { writeWhole } from '../../files.js';
import type { Terminal } from '../command.js';
import { textOf, type OptionRow } from '../options.js';

export const reportOptions: readonly OptionRow[] = [
  { flags: '--format <name>', description: 'form of the answer (default: table)', choices: Object.keys(studyFormats) },
  {
    flags: '--heat-map <x,y>',
    description: 'axes of the study across and up the heat map (default: the two that move most)',
  },
];

/** How the answer of a study is to be written. */
export interface ReportQuestion {
  readonly format: StudyFormat;
  readonly charts: StudyChartChoices;
}

/** @throws AccelsimError if the study has no such axes */
export function readReport(options: Readonly<Record<string, unknown>>, study: PreparedStudy): ReportQuestion {
  const heatMap = textOf(options, 'heatMap');
  return {
    format: studyFormats[(textOf(options, 'format') ?? 'table') as StudyFormatName],
    charts: { heatMap: heatMap === undefined ? undefined : parseHeatMapAxes(heatMap, study, '--heat-map') },
  };
}

/** Writes tables and charts of a study that is done into its folder, and the answer to the terminal. */
export async function reportStudy(
  study: PreparedStudy,
  store: FolderStore,
  folder: string,
  { format, charts }: ReportQuestion,
  terminal: Terminal,
): Promise<void> {
  // The first time that the summary looks at the points, they are written down; then they are read from there.
  let isWritten = false;
  const summary = await summariseStudy(study, () => {
    if (isWritten) return readResultTable(folder);
    isWritten = true;
    return writingResultTables(folder, study, studyResults(study, store, keyOf));
  });
  const text = format.write(summary);
  for (const { name, content } of reportFiles(summary, charts)) writeWhole(join(folder, name), content);
  for (const warning of studyWarnings(summary)) terminal.warn(warning);
  terminal.note(`wrote ${folder}: report.md, front.csv, results.csv, results.ndjson, charts`);
  terminal.out(text);
}

/** All are made before the first is written. */
function reportFiles(
  summary: StudySummary,
  choices: StudyChartChoices,
): { readonly name: string; readonly content: string | Uint8Array }[] {
  const drawn = drawAllStudyCharts(summary, choices);
  const charts = drawn.map(({ name, title }) => ({ title, file: `${name}.png` }));
  return [
    { name: 'front.csv', content: frontToCsv(summary) },
    { name: 'front.json', content: studyToJson(summary) },
    { name: 'report.md', content: studyToMarkdown(summary, charts) },
    ...drawn.flatMap(({ name, drawing }) =>
      (Object.keys(imageFormats) as ImageFormat[]).map((format) => ({
        name: `${name}.${format}`,
        content: renderChart(drawing, format),
      })),
    ),
  ];
}
