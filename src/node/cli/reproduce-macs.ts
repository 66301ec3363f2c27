import { join } from 'node:path';
import type { ArchSpec, Network } from '../../index.js';
import { drawMacKinds, macStudyToJson, macStudyToMarkdown, macStudyToText, studyMacs } from '../../index.js';
import { imageFormats, renderChart, type ImageFormat } from '../charts.js';
import { writeWhole } from '../files.js';
import type { Outcome, Terminal } from './command.js';
import { showProgress } from './progress.js';

const CHART = 'latency';

/** Asks what each kind of MAC unit makes of the silicon of the machine's own. */
export function reproduceMacs(arch: ArchSpec, network: Network, folder: string, terminal: Terminal): Outcome {
  const study = studyMacs({ arch, network, mode: 'latency' }, showProgress(terminal, 'run'));
  writeWhole(join(folder, 'report.md'), macStudyToMarkdown(study, `${CHART}.png`));
  writeWhole(join(folder, 'figures.json'), macStudyToJson(study));
  const drawing = drawMacKinds(study);
  for (const format of Object.keys(imageFormats) as ImageFormat[]) {
    writeWhole(join(folder, `${CHART}.${format}`), renderChart(drawing, format));
  }
  terminal.note(`wrote ${folder}`);
  terminal.out(macStudyToText(study));
  return 'done';
}
