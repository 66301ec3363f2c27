import type { CnnDesign } from './design.js';
import { invertedResidual, roundChannels } from './inverted-residual.js';

/** Kernel, expanded channels, output channels, whether it squeezes, non-linearity, stride. */
type Row = readonly [number, number, number, 'squeeze' | '-', 'relu' | 'hard-swish', 1 | 2];

/** Howard et al., Table 1. */
const LARGE: readonly Row[] = [
  [3, 16, 16, '-', 'relu', 1],
  [3, 64, 24, '-', 'relu', 2],
  [3, 72, 24, '-', 'relu', 1],
  [5, 72, 40, 'squeeze', 'relu', 2],
  [5, 120, 40, 'squeeze', 'relu', 1],
  [5, 120, 40, 'squeeze', 'relu', 1],
  [3, 240, 80, '-', 'hard-swish', 2],
  [3, 200, 80, '-', 'hard-swish', 1],
  [3, 184, 80, '-', 'hard-swish', 1],
  [3, 184, 80, '-', 'hard-swish', 1],
  [3, 480, 112, 'squeeze', 'hard-swish', 1],
  [3, 672, 112, 'squeeze', 'hard-swish', 1],
  [5, 672, 160, 'squeeze', 'hard-swish', 2],
  [5, 960, 160, 'squeeze', 'hard-swish', 1],
  [5, 960, 160, 'squeeze', 'hard-swish', 1],
];

/** Howard et al., Table 2. */
const SMALL: readonly Row[] = [
  [3, 16, 16, 'squeeze', 'relu', 2],
  [3, 72, 24, '-', 'relu', 2],
  [3, 88, 24, '-', 'relu', 1],
  [5, 96, 40, 'squeeze', 'hard-swish', 2],
  [5, 240, 40, 'squeeze', 'hard-swish', 1],
  [5, 240, 40, 'squeeze', 'hard-swish', 1],
  [5, 120, 48, 'squeeze', 'hard-swish', 1],
  [5, 144, 48, 'squeeze', 'hard-swish', 1],
  [5, 288, 96, 'squeeze', 'hard-swish', 2],
  [5, 576, 96, 'squeeze', 'hard-swish', 1],
  [5, 576, 96, 'squeeze', 'hard-swish', 1],
];

const GATE = { activation: 'relu', gate: 'hard-sigmoid' } as const;

export const mobilenetV3Large = mobilenetV3('large', 'Table 1', LARGE, 1280);
export const mobilenetV3Small = mobilenetV3('small', 'Table 2', SMALL, 1024);

function mobilenetV3(form: 'large' | 'small', table: string, rows: readonly Row[], hidden: number): CnnDesign {
  return {
    name: `mobilenet-v3-${form}`,
    description: `MobileNet v3 (${form}) for 224x224 images, width 1.0`,
    source: `Howard et al., Searching for MobileNetV3, arXiv:1905.02244, ${table}; squeezed channels and layer names as in torchvision.models.mobilenet_v3_${form}`,
    image: 224,
    layers: (graph) => {
      let x = graph.convolution('features.0.0', 'image', 16, { kernel: 3, stride: 2, activation: 'hard-swish' });
      for (const [index, [kernel, expanded, outputChannels, squeezes, activation, stride]] of rows.entries()) {
        const name = `features.${index + 1}`;
        const shape = { kernel, expanded, outputChannels, activation, stride };
        const channels = roundChannels(expanded / 4);
        const squeeze = squeezes === 'squeeze' ? { squeeze: { channels, ...GATE } } : {};
        x = invertedResidual(graph, { name, list: 'block', nestsProjection: true, ...shape, ...squeeze }, x);
      }
      const last = `features.${rows.length + 1}.0`;
      x = graph.convolution(last, x, 6 * graph.channelsOf(x), { activation: 'hard-swish' });
      x = graph.linear('classifier.0', graph.globalAverage('avgpool', x), hidden, { activation: 'hard-swish' });
      graph.linear('classifier.3', x, 1000);
    },
  };
}
