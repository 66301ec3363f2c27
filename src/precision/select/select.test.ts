import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../../test/fixtures/cpu-time.js';
import { buildNetwork } from '../../workload/index.js';
import { fits } from './by-wildcard.js';
import { compileExpression } from './expression-matcher.js';
import { ExpressionError } from './expression-parser.js';
import { renameSelection, selectLayers } from './index.js';
import type { LayerSelection } from './index.js';
import { moduleOf } from './names.js';

const network = buildNetwork({
  name: 'exported',
  inputs: [{ name: 'image', channels: 3, height: 8, width: 8 }],
  layers: [
    { name: '/conv1/Conv', kind: 'convolution', input: 'image', outputChannels: 4, kernel: 1 },
    { name: '/pool/MaxPool', kind: 'pooling', input: '/conv1/Conv', type: 'max', kernel: 2, stride: 2 },
    { name: '/layer1/layer1.0/conv1/Conv', kind: 'convolution', input: '/pool/MaxPool', outputChannels: 4, kernel: 1 },
    { name: '/act/Mul', kind: 'addition', inputs: ['/pool/MaxPool', '/layer1/layer1.0/conv1/Conv'] },
    { name: '/act/Add', kind: 'addition', inputs: ['/act/Mul', '/pool/MaxPool'] },
    { name: 'fc', kind: 'linear', input: '/act/Add', outputFeatures: 10, flatten: true },
  ],
});

/** Names of what a selection meets: layers as they are, tensors with a `>` before them. */
function met(selection: LayerSelection): string[] {
  const { layers, tensors } = selectLayers(network, selection);
  return [
    ...layers.map((index) => network.layers[index]!.name),
    ...tensors.map((index) => `>${network.tensors[index]!.name}`),
  ];
}

describe('selections', () => {
  it('by name take the name, or that of the module before it was exported', () => {
    expect(met({ by: 'name', name: 'fc' })).toEqual(['fc']);
    expect(met({ by: 'name', name: 'layer1.0.conv1' })).toEqual(['/layer1/layer1.0/conv1/Conv']);
    // Two nodes were of the module act, so the name does not say which.
    expect(met({ by: 'name', name: 'act' })).toEqual([]);
    expect(met({ by: 'name', name: '__proto__' })).toEqual([]);
  });

  it('by position count the layers that multiply with weights', () => {
    expect([0, 1, 2, 3, -1].map((position) => met({ by: 'position', position }))).toEqual([
      ['/conv1/Conv'],
      ['/layer1/layer1.0/conv1/Conv'],
      ['fc'],
      [],
      [],
    ]);
  });

  it('by tensor take what a layer makes or reads, an input of the network, and names of an exporter', () => {
    expect(met({ by: 'tensor', tensor: 'image' })).toEqual(['>image']);
    expect(met({ by: 'tensor', tensor: 'fc' })).toEqual(['>fc']);
    expect(met({ by: 'tensor', tensor: '/conv1/Conv_output_0' })).toEqual(['>/conv1/Conv']);
    expect(met({ by: 'tensor', tensor: '/act/Add', input: 1 })).toEqual(['>/pool/MaxPool']);
    expect(met({ by: 'tensor', tensor: '/act/Add', input: 2 })).toEqual([]);
    expect(met({ by: 'tensor', tensor: 'image', input: 0 })).toEqual([]);
  });

  it('by kind, wildcard and expression take all that fit', () => {
    expect(met({ by: 'kind', kinds: ['convolution', 'linear'] })).toHaveLength(3);
    expect(met({ by: 'wildcard', pattern: '*/Conv' })).toEqual(['/conv1/Conv', '/layer1/layer1.0/conv1/Conv']);
    expect(met({ by: 'expression', expression: String.raw`.*layer\d` })).toEqual(['/layer1/layer1.0/conv1/Conv']);
  });

  it('become names of the network, but for tensors', () => {
    expect(renameSelection({ by: 'position', position: 3 }, 'fc')).toEqual({ by: 'name', name: 'fc' });
    expect(renameSelection({ by: 'tensor', tensor: '191', input: 1 }, 'fc')).toEqual({
      by: 'tensor',
      tensor: 'fc',
      input: 1,
    });
  });
});

describe('moduleOf', () => {
  it.each([
    ['/layer1/layer1.0/conv1/Conv', 'layer1.0.conv1'],
    ['/model/model.layers.3/self_attn/q_proj/MatMul', 'model.layers.3.self_attn.q_proj'],
    ['/fc/Gemm', 'fc'],
    ['/Conv', undefined],
    ['conv1', undefined],
  ])('of %s is %s', (node, module) => {
    expect(moduleOf(node)).toBe(module);
  });
});

describe('wildcards', () => {
  it('are what the same expression would be', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 8 }).map((parts) => parts.join(''));
    const pattern = fc.array(fc.constantFrom('a', 'b', '.', '*', '?'), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, pattern, (name, wild) => {
        const same = wild.replaceAll('.', String.raw`\.`).replaceAll('*', '.*').replaceAll('?', '.');
        expect(fits(name, wild)).toBe(new RegExp(`^${same}$`).test(name));
      }),
    );
  });
});

describe('expressions', () => {
  it.each([
    ['.*self_attn.*', 'model.layers.0.self_attn.q_proj', true],
    ['layers', 'model.layers.0', false], // like Python's re.match, from the start
    ['model', 'model.layers.0', true], // and not to the end
    [String.raw`.*\.(gate|up|down)_proj$`, 'model.layers.0.mlp.up_proj', true],
    [String.raw`.*\.(gate|up|down)_proj$`, 'model.layers.0.mlp.up_proj.lora', false],
    ['(?!.*self_attn).*proj', 'model.layers.0.self_attn.q_proj', false],
    ['(?!.*self_attn).*proj', 'model.layers.0.mlp.up_proj', true],
    [String.raw`layers\.[0-9]{1,2}\.`, 'layers.12.mlp', true],
    [String.raw`layers\.[0-9]{1,2}\.`, 'layers.123.mlp', false],
    ['[^a-c]+d', 'xyd', true],
    [String.raw`[\w.]+\bproj`, 'a.proj', true],
    ['(?P<name>a|b){2}c', 'abc', true],
    ['a{,2}b', 'a{,2}b', true],
  ])('%s begins %s: %s', (pattern, text, expected) => {
    expect(compileExpression(pattern)(text)).toBe(expected);
  });

  it.each([
    '(a',
    'a)',
    '[a',
    '*a',
    'a**',
    String.raw`(a)\1`,
    '(?<=a)b',
    String.raw`\q`,
    'a{3,1}',
    '\\',
    '('.repeat(99),
  ])('%s cannot be read', (pattern) => {
    expect(() => compileExpression(pattern)).toThrow(ExpressionError);
  });

  it('agree with the host, for what both have', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '(a|b)',
      '(?:ab)',
      '(?=a)',
      '(?!b)',
      String.raw`\w`,
      '^',
      '$',
    );
    const part = fc.tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{1,2}', '*?')).filter(
      // Edges and lookaheads are not repeated by either.
      ([inner, times]) => times === '' || !/^(?:\^|\$|\(\?[=!])/.test(inner),
    );
    const pattern = fc.array(part, { maxLength: 5 }).map((parts) => parts.flat().join(''));
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 7 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, text, (expression, name) => {
        expect(compileExpression(expression)(name)).toBe(new RegExp(`^(?:${expression})`).test(name));
      }),
      { numRuns: 1000 },
    );
  });

  it('take no time that a user would notice, whatever they are', () => {
    const start = cpuMs();
    expect(compileExpression('(a*)*(a|a)*(a+)+b')('a'.repeat(200))).toBe(false);
    expect(() => compileExpression('(a{1000}){1000}')).toThrow('is too large');
    expect(cpuMs() - start).toBeLessThan(1000);
  });
});
