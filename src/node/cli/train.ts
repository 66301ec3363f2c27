import { join } from 'node:path';
import { accuracyTable, drawAccuracy, tableToText } from '../../index.js';
import { renderChart } from '../charts.js';
import { checkWritableFolder, writeWhole } from '../files.js';
import { runTrainings } from '../train/trainings.js';
import type { CliCommand, Terminal } from './command.js';
import { addOptions, type OptionRow, readAll, textOf } from './options.js';
import { followProgress } from './progress.js';
import { readTrainRequest, trainOptions } from './train-options.js';

const outputOptions: readonly OptionRow[] = [
  {
    flags: '--out <folder>',
    description:
      'also write results.json and a chart, and keep checkpoints: the same command goes on where it was stopped',
  },
];

/** Trains small networks with quantized arithmetic. */
export const train = {
  description:
    'Trains small networks on handwritten digits with quantized weights and activations, and compares schemes.',
  configure(command) {
    addOptions(command, [...trainOptions, ...outputOptions]);
    command.addHelpText(
      'after',
      '\nAccuracy is the share of test images told right, as mean ± deviation over the seeds.',
    );
  },
  run(options, terminal) {
    const { request, folder } = readAll({
      request: () => readTrainRequest(options),
      folder: () => checkedFolder(textOf(options, 'out')),
    });
    const results = runTrainings(request.plans, request.difficulty, {
      dataFolder: request.dataFolder,
      folder: folder === undefined ? null : join(folder, 'trainings'),
      ...showTrainings(terminal),
    });
    if (folder !== undefined) {
      const value = { schemaVersion: 1, trainings: results };
      const drawing = drawAccuracy(results);
      const [png, svg] = [renderChart(drawing, 'png'), renderChart(drawing, 'svg')];
      writeWhole(join(folder, 'results.json'), `${JSON.stringify(value, null, 2)}\n`);
      writeWhole(join(folder, 'accuracy.png'), png);
      writeWhole(join(folder, 'accuracy.svg'), svg);
      terminal.note(`wrote ${folder}`);
    }
    terminal.out(`Accuracy (% of ${request.difficulty.testImages} test images)\n\n`);
    terminal.out(`${tableToText(accuracyTable(results))}\n`);
    return 'done';
  },
} as const satisfies CliCommand;

function checkedFolder(folder: string | undefined): string | undefined {
  if (folder !== undefined) checkWritableFolder(folder);
  return folder;
}

/** Listeners to trainings: a line for each that has ended, and between them how far the passes over the images are. */
export function showTrainings(
  terminal: Terminal,
): Required<Pick<Parameters<typeof runTrainings>[2], 'onProgress' | 'onPass'>> {
  const passes = followProgress(terminal, 'passes');
  return {
    onPass: (done, all) => {
      passes.update(done, all);
      if (done === all) passes.end();
    },
    onProgress: ({ done, all, last, secondsLeft }) => {
      const left = secondsLeft === null || done === all ? '' : `, about ${duration(secondsLeft)} left`;
      terminal.note(`${done} of ${all} trainings${left}; ${last}`);
    },
  };
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
