import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../workload/index.js';
import { assignPrecision, importPrecision, storedWeightBits } from '../index.js';
import type { Precision } from '../index.js';
import { partsOfKey, torchvisionName } from './hawq-keys.js';
import { readLiteral } from './literal.js';
import { aimetLegacy, expectedBits, hawqText, unit } from './samples.test-data.js';

function assign(text: string | object, part?: string): Precision {
  const whole = typeof text === 'string' ? text : JSON.stringify(text);
  return assignPrecision(unit, importPrecision(whole, 'file', part).choice);
}

/** Weights and what is read, of layers with weights. */
function bitsOf(precision: Precision): Record<string, readonly number[]> {
  const weighted = unit.layers.filter((layer) => layer.secondOperand === 'weights');
  return Object.fromEntries(
    weighted.map(({ name, index }) => {
      const { weightBits, activationBits } = precision.layers[index]!;
      return [name, [weightBits, activationBits]];
    }),
  );
}

describe('a HAWQ configuration', () => {
  it('may be JSON, and one of several that is named', () => {
    const one = /{\n'quant[^}]*}/
      .exec(hawqText)![0]
      .replaceAll("'", '"')
      .replace(/\(4, "hook"\),.*/, '[4, "hook"],');
    expect(bitsOf(assign(one))).toEqual(expectedBits);
    const two = `{ "first": ${one.replaceAll('8', '4')}, "second": ${one} }`;
    expect(bitsOf(assign(two, 'second'))).toEqual(expectedBits);
    expect(bitsOf(assign(two, 'first'))['conv1']).toEqual([4, 4]);
    expect(() => assign(two)).toThrow(
      'holds several configurations: put # and the name of one behind the file; there are first, second',
    );
    expect(() => assign(two, 'secnd')).toThrow('(found "secnd"); did you mean second?');
    expect(() => assign(one, 'second')).toThrow('has one configuration only, none of the name "second"');
  });

  it('says that widths of sums before they are quantized are not counted', () => {
    expect(assign(hawqText).notes).toEqual([
      expect.stringMatching(/^2 widths of sums .*\(quant_act_int32\) are not counted/),
    ]);
  });

  it.each([
    [
      'an activation that is not there',
      hawqText.replace("'stage1.unit1.quant_act': 8,", ''),
      'stage1.unit1.quant_convbn1: reads stage1.unit1.quant_act, which is not there',
    ],
    [
      'an activation that nobody reads',
      hawqText.replace("'quant_output': 8", "'quant_output': 8, 'quant_act9': 8"),
      'file:15:20: quant_act9: is read by no module with weights',
    ],
    [
      'another module',
      hawqText.replace("'quant_output'", "'bn1': 8, 'quant_output'"),
      'bn1: is no name of a module that quantizes',
    ],
    [
      'a module twice',
      hawqText.replace("'quant_output'", "'quant_input': 8, 'quant_output'"),
      'quant_input: given twice',
    ],
    [
      'a width in words',
      hawqText.replace("'quant_output': 8", "'quant_output': 'eight'"),
      'quant_output: must be a number of bits',
    ],
    [
      'a layer the network has not',
      hawqText.replaceAll('unit1', 'unit2'),
      'file:8:1: stage1.unit2.quant_convbn1: unit has no such layer; did you mean layer1.0.conv1?',
    ],
  ])('is refused with %s', (_, text, message) => {
    expect(() => assign(text)).toThrow(message);
  });

  it.each([
    ['quant_init_convbn', 'conv1', 'quant_input'],
    ['stage3.unit2.quant_convbn1', 'layer3.1.conv1', 'stage3.unit2.quant_act'],
    ['stage3.unit2.quant_convbn3', 'layer3.1.conv3', 'stage3.unit2.quant_act2'],
    ['stage2.unit1.quant_identity_convbn', 'layer2.0.downsample.0', 'stage2.unit1.quant_act'],
    ['quant_output', 'fc', 'quant_act_output'],
    ['features.stage1.unit1.quant_convbn2', 'features.stage1.unit1.quant_convbn2', 'features.stage1.unit1.quant_act1'],
  ])('calls %s what torchvision calls %s, which reads %s', (key, layer, reads) => {
    expect(torchvisionName(key)).toBe(layer);
    expect(partsOfKey(key)).toEqual({ reads });
  });
});

describe('a HAQ strategy', () => {
  it('may have weights only, and say that something is not quantized: that counts as 16 bits', () => {
    const weights = assign('[6, 6, 5, 5, 4]');
    expect(bitsOf(weights)['conv1']).toEqual([6, 16]);
    expect(weights.notes).toEqual(['what the list leaves unquantized counts as 16 bits: in all layers']);
    const mixed = assign('{"strategy": [[8, -1], [7, 7], [5, 6], [4, 6], [8, 8]]}');
    expect(bitsOf(mixed)['conv1']).toEqual([8, 16]);
    expect(mixed.notes).toEqual(['what the list leaves unquantized counts as 16 bits: in layer 1']);
  });

  it.each([
    [
      'too few layers',
      '[[8, 8], [4, 4]]',
      'no entry gives weightBits of 3 layers: layer1.0.conv2, layer1.0.downsample.0, fc',
    ],
    [
      'too many layers',
      '[8, 8, 8, 8, 8, 4]',
      'file:1:17: [5]: unit has 5 layers with weights, and this is for number 6',
    ],
    ['three numbers', '[[8, 8, 8]]', 'file:1:2: [0]: must be the bits of weights, or [weights, activations]'],
    ['a fraction', '[4.5]', '[0]: must be the bits of weights'],
    ['words', '["four"]', '[0]: must be the bits of weights'],
    ['nothing', '[]', 'file:1:1: must be a list'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => assign(text)).toThrow(message);
  });
});

describe('a compressed-tensors configuration', () => {
  const group = (targets: readonly string[], more: object): object => ({
    config_groups: { group_0: { targets, ...more } },
  });
  const w4a16 = { weights: { num_bits: 4, type: 'int', symmetric: false, strategy: 'group', group_size: 128 } };

  it('leaves at 16 bits what no group takes, what is ignored, and operands that are null', () => {
    const precision = assign({ ...group(['Conv2d', 'Linear'], { ...w4a16, input_activations: null }), ignore: ['fc'] });
    expect(bitsOf(precision)).toMatchObject({ conv1: [4, 16], fc: [16, 16] });
    expect(precision.notes).toContain('layers that no group takes or that are ignored count as 16 bits');
  });

  it('counts the scales and zero points of groups', () => {
    const precision = assign(group(['Conv2d', 'Linear'], w4a16));
    // 16 bits of a scale and 4 of a zero point for 128 weights.
    expect(storedWeightBits(precision.layers[0]!)).toBe(4 + 20 / 128);
    const fp4 = { num_bits: 4, type: 'float', symmetric: true, group_size: 16, scale_dtype: 'torch.float8_e4m3fn' };
    const float = assign(group(['Conv2d', 'Linear'], { weights: fp4, input_activations: fp4 }));
    expect(storedWeightBits(float.layers[0]!)).toBe(4.5);
    expect(float.notes).toContain('floating-point operands count by their width alone');
    // One scale for a row is next to nothing.
    const rows = assign(
      group(['Conv2d', 'Linear'], { weights: { num_bits: 4, group_size: null, strategy: 'channel' } }),
    );
    expect(storedWeightBits(rows.layers[0]!)).toBe(4);
  });

  it('lets a name go before an expression, and that before a class, whatever their order', () => {
    const config_groups = {
      a: { targets: ['layer1.0.conv2'], weights: { num_bits: 2 } },
      b: { targets: ['re:layer1'], weights: { num_bits: 3 } },
      c: { targets: ['Conv2d', 'Linear'], weights: { num_bits: 4 } },
    };
    const weights = Object.values(bitsOf(assign({ config_groups }))).map(([bits]) => bits);
    expect(weights).toEqual([4, 3, 2, 3, 4]);
  });

  it('sets the width of the cache', () => {
    const choice = importPrecision(
      JSON.stringify({ ...group(['Linear'], w4a16), kv_cache_scheme: { num_bits: 8 } }),
      'file',
    ).choice;
    expect(choice).toMatchObject({
      kvCacheBits: 8,
      notes: expect.arrayContaining(['the key-value cache is stored at 8 bits']),
    });
  });

  it.each([
    [
      'a class the network has no layer of',
      group(['Embedding'], w4a16),
      /targets\[0\]: unit has no layer of kind embedding/,
    ],
    [
      'a name the network has not',
      group(['fcc'], w4a16),
      /config_groups\.group_0\.targets\[0\]: unit has no such layer/,
    ],
    [
      'an ignored name that is not there',
      { ...group(['Linear'], w4a16), ignore: ['lm_head'] },
      /ignore\[0\]: unit has no such layer/,
    ],
    [
      'an expression that is none',
      group(['re:(a'], w4a16),
      /file:1:\d+: config_groups\.group_0\.targets\[0\]: the expression opens a group/,
    ],
    ['no targets', { config_groups: { g: { weights: null } } }, /config_groups\.g\.targets: missing; must be a list/],
  ])('is refused with %s', (_, config, message) => {
    expect(() => assign(config)).toThrow(message);
  });
});

describe('AIMET encodings', () => {
  const { activation_encodings, param_encodings } = aimetLegacy;

  it('may be lists of version 1.0.0, with blocks and their scales', () => {
    const named = (encodings: object, more: object = {}): object[] =>
      Object.entries(encodings).map(([name, [encoding]]) => ({ name, bw: encoding.bitwidth, dtype: 'INT', ...more }));
    const lists = {
      version: '1.0.0',
      activation_encodings: named(activation_encodings),
      param_encodings: named(param_encodings),
    };
    expect(bitsOf(assign(lists))).toEqual(expectedBits);
    // 4-bit values whose blocks of 64 have 4-bit factors, which widen them to 8 bits.
    const lpbq = { enc_type: 'LPBQ', bw: 8, compressed_bw: 4, block_size: 64 };
    const blocks = assign({ ...lists, param_encodings: named(param_encodings, lpbq) });
    expect(storedWeightBits(blocks.layers[0]!)).toBe(4 + 4 / 64);
  });

  it('may be types of version 2.0.0', () => {
    const of = (encodings: object): object[] =>
      Object.entries(encodings).map(([name, [encoding]]) => ({ name, output_dtype: `int${encoding.bitwidth}` }));
    expect(
      bitsOf(assign({ version: '2.0.0', encodings: [...of(activation_encodings), ...of(param_encodings)] })),
    ).toEqual(expectedBits);
  });

  it('may be of the inputs and outputs of modules, as for PyTorch', () => {
    const bits = (bitwidth: number): object => ({ '0': { bitwidth } });
    const modules = {
      conv1: { input: bits(8), output: bits(8) },
      'layer1.0.conv1': { output: bits(4) },
      fc: { input: bits(6) },
    };
    expect(bitsOf(assign({ activation_encodings: modules, param_encodings }))).toEqual(expectedBits);
  });

  it('say that biases are passed over', () => {
    expect(assign(aimetLegacy).notes).toEqual(['1 encodings of biases are passed over: biases are not counted']);
  });

  it.each([
    [
      'a tensor the network has not',
      { ...aimetLegacy, activation_encodings: { ...activation_encodings, relu: [{ bitwidth: 8 }] } },
      'activation_encodings.relu: unit has no such tensor',
    ],
    [
      'weights of no layer',
      { ...aimetLegacy, param_encodings: { ...param_encodings, 'fcc.weight': [{ bitwidth: 8 }] } },
      'param_encodings["fcc.weight"]: unit has no such layer; did you mean fc?',
    ],
    ['no activations', { param_encodings }, 'no entry gives activationBits of 7 layers: conv1'],
    [
      'an encoding without bits',
      { param_encodings: { 'fc.weight': [{ scale: 1 }] } },
      'must say its bits: bitwidth, bw or output_dtype',
    ],
    ['an entry without a name', { param_encodings: [{ bw: 8 }] }, 'param_encodings[0].name: missing'],
  ])('are refused with %s', (_, file, message) => {
    expect(() => assign(file)).toThrow(message);
  });
});

describe('a CSV', () => {
  it('has its columns in any order, and may state outputs, accumulators and groups', () => {
    const rows = [
      'outputBits,layer,weightGroupSize,weightBits,activationBits,accumulatorBits',
      ',*,64,4,8,24',
      '6,conv1,,,,16',
    ];
    expect(() => assign(rows.join('\n'))).toThrow('file:2:11: *.accumulatorBits: must be an integer');
    const precision = assign(rows.join('\n').replace('24', '16'));
    expect(precision.layers[0]).toEqual({
      weightBits: 4,
      activationBits: 8,
      outputBits: 6,
      accumulatorBits: 16,
      weightGroupSize: 64,
      weightScaleBits: 16,
    });
  });

  it('tells notes, and the network it is for', () => {
    const text = '# workload: a, b\n#note: of  it\n# free words\nlayer,weightBits\n*,4';
    expect(importPrecision(text, 'file').choice).toMatchObject({ workloads: ['a', 'b'], notes: ['of  it'] });
    expect(() => assign(text)).toThrow('file: is a list for a or b, not for unit');
  });

  it.each([
    [
      'an unknown column',
      'layer,weightBit\n*,4',
      'file:1:7: unknown column (found "weightBit"); did you mean weightBits?',
    ],
    [
      'another name for layers',
      'layers,weightBits\n*,4',
      'file:1:1: unknown column (found "layers"); did you mean layer?',
    ],
    ['no column of bits', 'layer,\n', 'unknown column (found "")'],
    ['a column twice', 'layer,weightBits,weightBits\n*,4,4', 'file:1:18: weightBits: must be one column only'],
    [
      'a missing value',
      'layer,weightBits,activationBits\n*,4',
      'file:2:1: must have 3 values, one for each column (found 2)',
    ],
    [
      'text in a number',
      'layer,weightBits\n*,four',
      'file:2:3: *.weightBits: must be an integer from 1 to 16, or 32 (bits) (found "four")',
    ],
    ['a fraction', 'layer,weightBits\n*,4.0', '*.weightBits: must be an integer'],
    ['no name', 'layer,weightBits\n,4', 'file:2:1: layer: missing'],
    ['a row that says nothing', 'layer,weightBits\n*,', 'file:2:1: *: states nothing'],
    ['no rows', 'layer,weightBits', 'file:1:1: must have a row below its header'],
    ['a quote left open', 'layer,weightBits\n"*,4', 'file:2:1: this quote is never closed'],
    ['a pattern that fits nothing', 'layer,weightBits\nblock*,4', 'file:2:1: block*: fits no layer of unit'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => assign(text)).toThrow(message);
  });
});

describe('a literal', () => {
  it('is what Python and JSON have in common, and comments, tuples and trailing commas', () => {
    const read = readLiteral(`x = { # first\n 'a\\'b': (1, -2.5,), "c": [True, null, {}], }\n# end`, 'file');
    expect(read).toMatchObject({
      kind: 'dictionary',
      line: 1,
      column: 5,
      members: [
        { name: "a'b", line: 2, column: 2, value: { kind: 'list', elements: [{ number: 1 }, { number: -2.5 }] } },
        { name: 'c', value: { elements: [{ word: 'True' }, { word: 'null' }, { kind: 'dictionary' }] } },
      ],
    });
  });

  it.each([
    ['[1 2]', 'file:1:4: must be a comma or ]'],
    ['{1: 2}', 'file:1:2: must be a name in quotes'],
    ['{"a" 2}', 'file:1:6: must be a colon'],
    ['[1] [2]', 'file:1:5: must be the end of the file'],
    ['[1,', 'file:1:4: ends where a value is missing'],
    ['[f(x)]', 'file:1:3: must be a comma or ]'],
    ['['.repeat(30), 'file:1:22: has more brackets in one another'],
  ])('%s is none', (text, message) => {
    expect(() => readLiteral(text, 'file')).toThrow(message);
  });
});

describe('names of an exported network', () => {
  it('are found by the modules they were', () => {
    const exported = buildNetwork({
      name: 'torch-jit-export',
      inputs: [{ name: 'x', channels: 4, height: 4, width: 4 }],
      layers: [
        { name: '/conv1/Conv', kind: 'convolution', input: 'x', outputChannels: 4, kernel: 1 },
        {
          name: '/layer1/layer1.0/conv1/Conv',
          kind: 'convolution',
          input: '/conv1/Conv',
          outputChannels: 4,
          kernel: 1,
        },
      ],
    });
    const text = 'layer,weightBits,activationBits\nconv1,8,8\nlayer1.0.conv1,4,4';
    const { layers } = assignPrecision(exported, importPrecision(text, 'file').choice);
    expect(layers.map((layer) => layer.weightBits)).toEqual([8, 4]);
  });
});
