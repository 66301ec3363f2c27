import { resnet50, writeNetwork } from '../../src/workload/index.js';
import type { ImporterName } from '../../src/workload/index.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const topology = [
  'Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,',
  'Conv1, 224, 224, 7, 7, 3, 64, 2,',
  'Conv2_DP, 56, 56, 3, 3, 64, 1, 1,',
  'FC, 1, 1, 1, 1, 2048, 1000, 1,',
].join('\n');

const tfjsModel = {
  format: 'layers-model',
  modelTopology: {
    class_name: 'Sequential',
    config: {
      name: 'small',
      layers: [
        {
          class_name: 'Conv2D',
          config: { name: 'conv', batch_input_shape: [null, 8, 8, 3], filters: 4, kernel_size: [3, 3] },
        },
        { class_name: 'ReLU', config: { name: 'relu' } },
        { class_name: 'Flatten', config: { name: 'flatten' } },
        { class_name: 'Dense', config: { name: 'dense', units: 10, activation: 'softmax' } },
      ],
    },
  },
  weightsManifest: [],
};

/** Files of each form that can be read without an option, small ones. */
export const importerSamples: Readonly<Record<ImporterName, readonly (() => Uint8Array)[]>> = {
  scalesim: [
    () => encode(topology),
    () => encode(`\uFEFF${topology.replaceAll('\n', '\r\n')}`),
    () => encode('Layer, M, N, K,\nq, 197, 768, 64,\n'),
  ],
  tfjs: [() => encode(JSON.stringify(tfjsModel)), () => encode(JSON.stringify(tfjsModel.modelTopology, null, 2))],
  accelsim: [() => encode(writeNetwork(resnet50('v1')))],
};
