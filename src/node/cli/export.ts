import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { countPoints, failure, plural, studyResults } from '../../index.js';
import { keyOf } from '../explore/key.js';
import { FolderStore } from '../explore/store/folder-store.js';
import { readStudyOf } from '../explore/study-folder.js';
import { exportFormats, type ExportFormat } from '../export/formats.js';
import { checkWritableFile, refusalOf } from '../files.js';
import type { CliCommand, Outcome } from './command.js';
import { countText } from './explore/words.js';
import { exitCodes, section } from './help.js';
import { addOptions, readAll, textOf, type OptionRow } from './options.js';

const exportOptions: readonly OptionRow[] = [
  { flags: '--format <name>', description: 'form of the file (default: csv)', choices: Object.keys(exportFormats) },
  { flags: '--out <file>', description: 'the file' },
];

/** All points of a study, for other programs. */
export const exportCommand = {
  description: 'Writes all points of a study into a file: CSV, NDJSON or Parquet.',
  configure(command) {
    command.argument('<folder>', 'folder of the study');
    addOptions(command, exportOptions);
    command.addHelpText('after', exportHelp);
  },
  async run(options, terminal, [folder = '']): Promise<Outcome> {
    const { study, out } = readAll({
      study: () => readStudyOf(folder),
      out: () => readOut(textOf(options, 'out')),
    });
    const format: ExportFormat = exportFormats[(textOf(options, 'format') ?? 'csv') as keyof typeof exportFormats];
    const store = await FolderStore.open(folder, (line) => terminal.warn(line));
    let points: number;
    try {
      mkdirSync(dirname(out), { recursive: true });
      points = await format.write(out, study, studyResults(study, store, keyOf));
    } catch (error) {
      throw refusalOf(out, error);
    }
    const count = countPoints(study);
    if (count.exact && points < count.points)
      terminal.warn(`${folder} has ${points} of ${countText(count)}: accelsim explore ${folder} answers the others`);
    terminal.note(`wrote ${out}: ${plural(points, 'point')}`);
    return 'done';
  },
} as const satisfies CliCommand;

function readOut(out: string | undefined): string {
  if (out === undefined) throw failure('--out', '', 'is missing: the file to write');
  checkWritableFile(out);
  return out;
}

function exportHelp(): string {
  return [
    '',
    ...section(
      'Formats',
      Object.entries(exportFormats).map(([name, { description }]) => `${name.padEnd(7)}  ${description}`),
    ),
    ...section('Examples', [
      'accelsim export my-study --out points.csv',
      'accelsim export my-study --format parquet --out points.parquet',
    ]),
    ...exitCodes(),
  ].join('\n');
}
