import type { Outcome } from './command.js';
import { countPoints, failure, plural } from '../../index.js';
import { missingPoints } from '../explore/missing.js';
import { FolderStore } from '../explore/store/folder-store.js';
import { openStudyFolder, readSameStudy } from '../explore/study-folder.js';
import { checkWritableFolder } from '../files.js';
import type { CliCommand } from './command.js';
import { readReport, reportOptions, reportStudy } from './explore/report.js';
import { countText } from './explore/words.js';
import { exitCodes, section } from './help.js';
import { addOptions, readAll, textOf, type OptionRow } from './options.js';

const mergeOptions: readonly OptionRow[] = [
  { flags: '--out <folder>', description: 'the folder for all of it, which may be one of them' },
  ...reportOptions,
];

/** Parts of a study, made by shards, into one. */
export const merge = {
  description: 'Joins the folders of a study that was explored in shards, and writes its front, tables and charts.',
  configure(command) {
    command.argument('<folders...>', 'folders of the parts');
    addOptions(command, mergeOptions);
    command.addHelpText('after', mergeHelp);
  },
  async run(options, terminal, folders): Promise<Outcome> {
    const { study, out } = readAll({
      study: () => readSameStudy(folders as [string, ...string[]]),
      out: () => readOut(textOf(options, 'out')),
    });
    const report = readReport(options, study);
    const warn = (line: string): void => terminal.warn(line);
    const { store } = await openStudyFolder(out, study, warn);
    for (const folder of folders) {
      if (folder === out) continue;
      const part = await FolderStore.open(folder, warn);
      const points = await store.take(part);
      terminal.note(`${folder}: ${plural(part.size, 'point')}, ${points} of them new`);
    }
    const missing = await missingPoints(study, store);
    if (missing > 0) {
      const of = countText(countPoints(study));
      terminal.warn(`${missing} of ${of} are missing: run the other parts, or the rest with accelsim explore ${out}`);
      return 'failed';
    }
    await reportStudy(study, store, out, report, terminal);
    return 'done';
  },
} as const satisfies CliCommand;

function readOut(out: string | undefined): string {
  if (out === undefined) throw failure('--out', '', 'is missing: the folder for all parts together');
  checkWritableFolder(out);
  return out;
}

function mergeHelp(): string {
  return [
    '',
    ...section('Examples', [
      'accelsim merge part1 part2 part3 --out whole',
      'accelsim merge shared --out shared              # parts that were written into one folder',
    ]),
    ...exitCodes(),
  ].join('\n');
}
