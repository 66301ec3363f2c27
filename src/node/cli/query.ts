import type { CliCommand, Outcome } from './command.js';
import { countPoints, failure, studyResults } from '../../index.js';
import { keyOf } from '../explore/key.js';
import { FolderStore } from '../explore/store/folder-store.js';
import { readStudyOf } from '../explore/study-folder.js';
import { withPointsDatabase } from '../export/points-database.js';
import { queryPoints } from '../export/query.js';
import { queryFormats, type QueryFormat } from '../export/query-formats.js';
import { countText } from './explore/words.js';
import { exitCodes, section } from './help.js';
import { addOptions, readAll, textOf, type OptionRow } from './options.js';

const queryOptions: readonly OptionRow[] = [
  { flags: '--study <folder>', description: 'folder of the study' },
  { flags: '--format <name>', description: 'form of the answer (default: table)', choices: Object.keys(queryFormats) },
];

/** SQL over the points of a study. */
export const query = {
  description: 'Asks the points of a study in SQL; the table is called points. Needs @duckdb/node-api.',
  configure(command) {
    command.argument('<sql>', 'a SELECT');
    addOptions(command, queryOptions);
    command.addHelpText('after', queryHelp);
  },
  async run(options, terminal, [sql = '']): Promise<Outcome> {
    const { study, folder } = readAll({
      study: () => readStudyOf(readFolder(options)),
      folder: () => textOf(options, 'study') ?? '',
    });
    const format: QueryFormat = queryFormats[(textOf(options, 'format') ?? 'table') as keyof typeof queryFormats];
    const store = await FolderStore.open(folder, (line) => terminal.warn(line));
    await withPointsDatabase('accelsim query', study, studyResults(study, store, keyOf), async (database) => {
      const count = countPoints(study);
      if (count.exact && database.rows < count.points)
        terminal.warn(`${folder} has ${database.rows} of ${countText(count)} yet`);
      await queryPoints(database, sql, (result) => format.write(result, terminal));
    });
    return 'done';
  },
} as const satisfies CliCommand;

function readFolder(options: Readonly<Record<string, unknown>>): string {
  const folder = textOf(options, 'study');
  if (folder === undefined) throw failure('--study', '', 'is missing: the folder of a study, see accelsim explore');
  return folder;
}

function queryHelp(): string {
  return [
    '',
    ...section('Columns', [
      'index; every axis by its name, in double quotes where it has a dot: "offChip.bandwidthGBps"; every metric, such as',
      "latencyMs, energyMj, areaMm2; feasible; error. Of a study that combines several workloads also each one's own figures,",
      'as "resnet50.latencyMs", and a table workloads with a row for each of them: index, axes, workload, latencyMs and so on',
    ]),
    ...section('Examples', [
      'accelsim query "SELECT bits, min(latencyMs) FROM points WHERE feasible GROUP BY bits" --study my-study',
      'accelsim query "SELECT workload, min(latencyMs) FROM workloads GROUP BY workload" --study my-study',
      'accelsim query "SELECT * FROM points WHERE error IS NOT NULL" --study my-study --format json',
    ]),
    ...exitCodes(),
  ].join('\n');
}
