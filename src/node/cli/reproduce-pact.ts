import { join } from 'node:path';
import type { ArchSpec, ChartInput, Drawing, Network, Reproduction } from '../../index.js';
import {
  drawAccuracySpeedup,
  drawChart,
  halvedAndDoubled,
  judgePact,
  measurePact,
  otherChoices,
  reproductionToJson,
  reproductionToMarkdown,
  reproductionToText,
  sensitivity,
  simulateRuns,
} from '../../index.js';
import { imageFormats, renderChart, type ImageFormat } from '../charts.js';
import { writeWhole } from '../files.js';
import { readWorkloadFile } from '../inputs.js';
import type { Outcome, Terminal } from './command.js';
import { showProgress } from './progress.js';

/** Networks of the paper's accuracy tables, and the widths there. */
const ACCURACY_WORKLOADS = ['alexnet-batchnorm', 'resnet18', 'resnet50'] as const;
const ACCURACY_BITS = [5, 4, 3, 2] as const;
const ACCURACY_BANDWIDTH_GBPS = 64;

/** Runs the system study of PACT and holds each of its claims against the simulation. */
export function reproducePact(arch: ArchSpec, network: Network, folder: string, terminal: Terminal): Outcome {
  const subject = { arch, network, mode: 'latency' } as const;
  const figures = measurePact(arch, network, subject.mode);
  const rows = sensitivity(subject, [...halvedAndDoubled, ...otherChoices], showProgress(terminal, 'variation'));
  const accuracyRuns = ACCURACY_WORKLOADS.flatMap((name) =>
    simulateRuns({
      ...subject,
      network: name === network.name ? network : readWorkloadFile(name),
      bits: ACCURACY_BITS,
      bandwidthsGBps: [ACCURACY_BANDWIDTH_GBPS],
    }),
  );
  const reproduction: Reproduction = { claims: judgePact(figures), figures, sensitivity: rows, accuracyRuns };
  writeReproduction(folder, reproduction, { runs: figures.runs, macArea: arch.mac.area });
  terminal.note(`wrote ${folder}`);
  terminal.out(reproductionToText(reproduction));
  return reproduction.claims.every(({ holds }) => holds) ? 'done' : 'failed';
}

/** Everything is made before the first file is written. */
function writeReproduction(folder: string, reproduction: Reproduction, input: ChartInput): void {
  const single = (bits: number, bandwidthGBps: number): ChartInput => ({
    ...input,
    runs: input.runs.filter(
      ({ result }) => result.precision.bits === bits && result.arch.bandwidthGBps === bandwidthGBps,
    ),
  });
  const drawings: { readonly name: string; readonly title: string; readonly drawing: Drawing }[] = [
    { name: 'speedup', title: 'Figure 6(c): speedup by precision and bandwidth', drawing: drawChart('speedup', input) },
    { name: 'mac-area', title: 'Figure 6(b): MAC area by precision', drawing: drawChart('mac-area', input) },
    ...[16, 4].flatMap((bits) => [
      {
        name: `roofline-${bits}-bits`,
        title: `Roofline at ${bits} bits, 64 GB/s`,
        drawing: drawChart('roofline', single(bits, 64)),
      },
      {
        name: `layer-time-${bits}-bits`,
        title: `Time by layer at ${bits} bits, 64 GB/s`,
        drawing: drawChart('layer-time', single(bits, 64)),
      },
    ]),
    { name: 'traffic', title: 'Off-chip traffic by operand', drawing: drawChart('traffic', input) },
    {
      name: 'accuracy-speedup',
      title: 'Published accuracy against simulated speedup, 64 GB/s',
      drawing: drawAccuracySpeedup(reproduction.accuracyRuns),
    },
  ];
  const images = drawings.flatMap(({ name, title, drawing }) =>
    (Object.keys(imageFormats) as ImageFormat[]).map((format) => ({
      title,
      format,
      file: `${name}.${format}`,
      content: renderChart(drawing, format),
    })),
  );
  const shown = images.filter(({ format }) => format === 'png');
  writeWhole(join(folder, 'report.md'), reproductionToMarkdown(reproduction, shown));
  writeWhole(join(folder, 'claims.json'), reproductionToJson(reproduction));
  for (const { file, content } of images) writeWhole(join(folder, file), content);
}
