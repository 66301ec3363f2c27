import { join } from 'node:path';
import type { ImageFormat } from '../charts.js';
import type { Importers, Survey, SurveySubject } from '../../index.js';
import {
  DEFAULT_EDGE_BITS,
  drawSurvey,
  failure,
  MODES,
  parseBandwidthList,
  parseBitsList,
  parseEdgeBits,
  surveyNetworks,
  surveyToCsv,
  surveyToMarkdown,
  surveyToText,
  surveyWarnings,
  zoo,
} from '../../index.js';
import { imageFormats, renderChart } from '../charts.js';
import { checkWritableFolder, writeWhole } from '../files.js';
import { importersFor } from '../importers.js';
import { readArchFile, readWorkloadJson } from '../inputs.js';
import type { CliCommand, Outcome } from './command.js';
import { surveyHelp } from './help.js';
import { addOptions, optional, readAll, textOf, type OptionRow } from './options.js';
import { showProgress } from './progress.js';
import { readObjective } from './question-options.js';
import { objectiveOption } from './question-rows.js';

const DEFAULT_BITS = '8,4,2';

const surveyOptions: readonly OptionRow[] = [
  { flags: '--arch <file>', description: 'machine, a file or a shipped name (default: arch/default.json)' },
  {
    flags: '--workloads <list>',
    description: 'networks, names of "accelsim workload list" or files (default: all of that list)',
  },
  {
    flags: '--bits <list>',
    description: `operand widths; the report goes into the middle one of the list (default: ${DEFAULT_BITS})`,
  },
  {
    flags: '--edge-bits <n>',
    description: `least bits of the first and last MAC layer, "same" for no exception (default: ${DEFAULT_EDGE_BITS})`,
  },
  { flags: '--bandwidth <GB/s>', description: 'off-chip GB/s, "inf" for unlimited (default: the machine file)' },
  { flags: '--mode <mode>', description: `question asked (default: ${MODES[0]})`, choices: MODES },
  objectiveOption,
  { flags: '--out <folder>', description: 'also write report.md, survey.csv and the chart' },
];

/** Many networks on one machine, each against itself at 16 bits. */
export const survey = {
  description: 'Surveys networks: how much faster than at 16 bits each of them runs on a machine, and why.',
  configure(command) {
    addOptions(command, surveyOptions);
    command.addHelpText('after', surveyHelp);
  },
  async run(options, terminal): Promise<Outcome> {
    const given = (name: string): string | undefined => textOf(options, name);
    const names = (given('workloads') ?? Object.keys(zoo).join(',')).split(',').map((name) => name.trim());
    const importers = await Promise.all(names.map(importersFor));
    const { arch, subjects, bits, edgeBits, bandwidthGBps, folder } = readAll({
      arch: () => readArchFile(given('arch') ?? 'arch/default.json', '--arch'),
      subjects: () => readSubjects(names, importers),
      bits: () => parseBitsList(given('bits') ?? DEFAULT_BITS, '--bits'),
      edgeBits: () => optional(given('edgeBits'), (text) => parseEdgeBits(text, '--edge-bits')),
      bandwidthGBps: () => optional(given('bandwidth'), readBandwidth),
      folder: () => optional(given('out'), checkedFolder),
    });
    const mode = MODES.find((name) => name === given('mode')) ?? MODES[0];
    const question = { arch, mode, objective: readObjective(options), bits, edgeBits, bandwidthGBps };
    const found = surveyNetworks(question, subjects, showProgress(terminal, 'network'));
    const text = surveyToText(found);
    for (const warning of surveyWarnings(found)) terminal.warn(warning);
    if (folder !== undefined) {
      writeSurvey(folder, found);
      terminal.note(`wrote ${folder}`);
    }
    terminal.out(text);
    return 'done';
  },
} as const satisfies CliCommand;

/** @throws AccelsimError with the issues of all networks */
function readSubjects(names: readonly string[], importers: readonly Importers[]): SurveySubject[] {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw failure('--workloads', '', 'must name each network once', twice);
  const readers = names.map((name, index) => [name, () => readSubject(name, importers[index]!)] as const);
  return Object.values(readAll(Object.fromEntries(readers)));
}

function readSubject(name: string, importers: Importers): SurveySubject {
  const { network, origin } = readWorkloadJson(name, '--workloads', {}, importers);
  const others = Object.values(origin.otherParameters ?? {});
  return { network, otherParameters: others.reduce((sum, count) => sum + count, 0) };
}

function readBandwidth(text: string): number {
  const [bandwidthGBps, ...more] = parseBandwidthList(text, '--bandwidth');
  if (bandwidthGBps === undefined || more.length > 0) throw failure('--bandwidth', '', 'must be one bandwidth', text);
  return bandwidthGBps;
}

function checkedFolder(folder: string): string {
  checkWritableFolder(folder);
  return folder;
}

/** Everything is made before the first file is written. */
function writeSurvey(folder: string, found: Survey): void {
  const drawing = drawSurvey(found);
  const images = (Object.keys(imageFormats) as ImageFormat[]).map((format) => ({
    file: `speedup.${format}`,
    content: renderChart(drawing, format),
  }));
  const report = surveyToMarkdown(found, { title: 'Speedup of each network, by precision', file: 'speedup.png' });
  writeWhole(join(folder, 'report.md'), report);
  writeWhole(join(folder, 'survey.csv'), surveyToCsv(found));
  for (const { file, content } of images) writeWhole(join(folder, file), content);
}
