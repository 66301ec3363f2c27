import { buildNetwork } from '../../workload/index.js';
import type { PrecisionFormatName } from './index.js';

/** The first unit of a ResNet18, named as in torchvision. */
export const unit = buildNetwork({
  name: 'unit',
  inputs: [{ name: 'image', channels: 3, height: 16, width: 16 }],
  layers: [
    { name: 'conv1', kind: 'convolution', input: 'image', outputChannels: 8, kernel: 3, padding: 1 },
    {
      name: 'layer1.0.conv1',
      kind: 'convolution',
      input: 'conv1',
      outputChannels: 8,
      kernel: 3,
      stride: 2,
      padding: 1,
    },
    { name: 'layer1.0.conv2', kind: 'convolution', input: 'layer1.0.conv1', outputChannels: 8, kernel: 3, padding: 1 },
    { name: 'layer1.0.downsample.0', kind: 'convolution', input: 'conv1', outputChannels: 8, kernel: 1, stride: 2 },
    { name: 'layer1.0.add', kind: 'addition', inputs: ['layer1.0.conv2', 'layer1.0.downsample.0'] },
    { name: 'avgpool', kind: 'pooling', input: 'layer1.0.add', type: 'average', kernel: 'global' },
    { name: 'fc', kind: 'linear', input: 'avgpool', outputFeatures: 10, flatten: true },
  ],
});

export const hawqText = `bit_config_dict = {
"bit_config_unit_mixed" : {
'quant_input': 8,
'quant_init_block_convbn': 8,
'quant_act_int32': 16,

'stage1.unit1.quant_act': 8,
'stage1.unit1.quant_convbn1': 8,
'stage1.unit1.quant_act1': (4, 'hook'), # watched
'stage1.unit1.quant_convbn2': 2,
'stage1.unit1.quant_identity_convbn': 4,
'stage1.unit1.quant_act_int32': 16,

'quant_act_output': 6,
'quant_output': 8
},
}
`;

const json = (value: unknown): string => JSON.stringify(value, null, 1);

export const aimetLegacy = {
  version: '0.6.1',
  activation_encodings: {
    image: [{ bitwidth: 8, dtype: 'int', is_symmetric: 'False', max: 1, min: 0, offset: 0, scale: 0.1 }],
    conv1: [{ bitwidth: 8 }],
    'layer1.0.conv1': [{ bitwidth: 4 }],
    avgpool: [{ bitwidth: 6 }],
  },
  param_encodings: {
    'conv1.weight': [{ bitwidth: 8 }, { bitwidth: 8 }],
    'conv1.bias': [{ bitwidth: 32 }],
    'layer1.0.conv1.weight': [{ bitwidth: 8 }],
    'layer1.0.conv2.weight': [{ bitwidth: 2 }],
    'layer1.0.downsample.0.weight': [{ bitwidth: 4 }],
    'fc.weight': [{ bitwidth: 8 }],
  },
};

/** The same bits, as every form says them. */
export const formatSamples: Readonly<Record<PrecisionFormatName, string>> = {
  hawq: hawqText,
  haq: '# a list\nstrategy = [[8, 8], [8, 8], [2, 4], [4, 8], [8, 6],]\n',
  aimet: json(aimetLegacy),
  'compressed-tensors': json({
    model_type: 'unit',
    quantization_config: {
      config_groups: {
        wide: { targets: ['Linear', 'Conv2d'], weights: { num_bits: 8 }, input_activations: { num_bits: 8 } },
        second: { targets: ['layer1.0.conv2'], weights: { num_bits: 2 }, input_activations: { num_bits: 4 } },
        short: {
          targets: [String.raw`re:.*\.downsample\.`],
          weights: { num_bits: 4 },
          input_activations: { num_bits: 8 },
        },
        last: { targets: ['fc'], weights: { num_bits: 8 }, input_activations: { num_bits: 6 } },
      },
      ignore: [],
      quant_method: 'compressed-tensors',
    },
  }),
  csv: [
    '# workload: unit',
    '# source: made up',
    'layer,weightBits,activationBits',
    'conv1,8,8',
    'layer1.*,8,8',
    'layer1.0.conv2,2,4',
    '"layer1.0.downsample.?",4,',
    'fc,8,6',
  ].join('\n'),
  accelsim: json({
    default: { weightBits: 8, activationBits: 8 },
    layers: {
      'layer1.0.conv2': { weightBits: 2, activationBits: 4 },
      'layer1.0.downsample.0': { weightBits: 4 },
      fc: { activationBits: 6 },
    },
  }),
};

/** Of layers with weights: weights, and what they read. */
export const expectedBits = {
  conv1: [8, 8],
  'layer1.0.conv1': [8, 8],
  'layer1.0.conv2': [2, 4],
  'layer1.0.downsample.0': [4, 8],
  fc: [8, 6],
} as const;
