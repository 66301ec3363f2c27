import { type LevelLayoutName, quantizationError, quantize, sawbCoefficients } from '../src/quantization/index.js';
import { grouped } from '../src/report/figures.js';
import { weightSamples, weightShapes } from '../test/fixtures/weight-samples.js';

const SAMPLES = 20_000;

/** SAWB's clipping levels beside the best ones, as a Markdown page. */
export function sawbClippingTable(): string {
  const layouts = ['no-zero', 'with-zero'] as const satisfies readonly LevelLayoutName[];
  const rows = layouts.flatMap((layout) =>
    sawbCoefficients[layout].flatMap(({ bits }) => weightShapes.map((shape) => row(layout, bits, shape))),
  );
  return [
    '# SAWB beside the best clipping',
    '',
    `Made by \`npm run generate\`. Weights: ${SAMPLES.toLocaleString('en-US')} quantiles of a Gaussian (standard deviation`,
    '1), of a Laplace distribution (standard deviation 1) and of a uniform one over -1 to 1. *Level*: the clipping level',
    'that SAWB takes from two sums, and the one with the least squared error, by search. *SQNR*: signal to quantization',
    'noise in decibels, which says what the difference costs. For bell-shaped and long-tailed weights it costs at most',
    'a quarter of a decibel. For uniform weights it costs a lot from 5 bits on: there the published line clips what it',
    'should keep.',
    '',
    '| layout | bits | weights | SAWB level | best level | difference | SAWB SQNR | best SQNR |',
    '| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
  ].join('\n');
}

function row(layout: LevelLayoutName, bits: number, shape: (typeof weightShapes)[number]): string {
  const weights = weightSamples(shape, SAMPLES);
  const chosen = quantize('sawb', weights, { bits, layout });
  const best = quantize('mse-optimal', weights, { bits, layout });
  const [level, bestLevel] = [chosen.grid.clipLevel, best.grid.clipLevel];
  const decibels = [chosen, best].map((quantized) => quantizationError(weights, quantized).signalToNoiseDb.toFixed(2));
  const difference = `${grouped(100 * (level / bestLevel - 1), 1)} %`;
  return `| ${[layout, bits, shape, level.toFixed(3), bestLevel.toFixed(3), difference, ...decibels].join(' | ')} |`;
}
