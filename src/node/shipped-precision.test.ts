import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Layer, LayerBits, Network } from '../index.js';
import { assignPrecision } from '../index.js';
import { readText } from './files.js';
import { readWorkloadFile } from './inputs.js';
import { openPrecision } from './precision-files.js';
import { findPrecision, shippedPrecisions } from './shipped-precision.js';

let folder = '';
const home = process.cwd();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'accelsim-'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** Bytes of all weights, and bit operations: MACs by the bits of both factors. */
function figuresOf(network: Network, list: string): { readonly weightBytes: number; readonly bitOperations: number } {
  const { layers } = assignPrecision(network, openPrecision(list).forWorkload(network.name));
  const sum = (value: (layer: Layer, bits: LayerBits) => number): number =>
    network.layers.reduce((total, layer) => total + value(layer, layers[layer.index]!), 0);
  return {
    weightBytes: sum(({ weightElements }, { weightBits }) => (weightElements * weightBits) / 8),
    bitOperations: sum(({ macs }, { weightBits, activationBits }) => macs * weightBits * activationBits),
  };
}

/**
 * Size (MB, of 2^20 bytes) and bit operations (10^9) that HAWQ's authors state: github.com/Zhen-Dong/HAWQ, model_zoo.md,
 * commit 2fa253e.
 */
const hawqModelZoo = {
  resnet18: {
    uniform8: [11.1, 116],
    'size-0.75': [9.9, 103],
    'size-0.5': [7.9, 98],
    'size-0.25': [7.3, 95],
    'bops-0.75': [8.7, 92],
    'bops-0.5': [6.7, 72],
    'bops-0.25': [6.1, 54],
    'latency-0.75': [8.7, 92],
    'latency-0.5': [7.2, 76],
    'latency-0.25': [6.1, 54],
    uniform4: [5.8, 34],
  },
  resnet50: {
    uniform8: [24.5, 247],
    'size-0.75': [21.3, 226],
    'size-0.5': [19.0, 197],
    'size-0.25': [16.0, 168],
    'bops-0.75': [22.0, 197],
    'bops-0.5': [18.7, 154],
    'bops-0.25': [16.7, 110],
    'latency-0.75': [22.3, 199],
    'latency-0.5': [18.5, 155],
    'latency-0.25': [16.5, 114],
    uniform4: [13.1, 67],
  },
} as const;

describe('the lists that come with the package', () => {
  const lists = shippedPrecisions();

  it('are the eleven of HAWQ-V3 for two networks, and those of HAQ, NNCF, ANT and BitFusion', () => {
    const names = (workload: string): string[] =>
      lists.filter((one) => one.workload === workload).map((one) => one.name);
    const hawq = ['bops', 'latency', 'size'].flatMap((goal) =>
      ['0.25', '0.5', '0.75'].map((share) => `hawq-v3-${goal}-${share}`),
    );
    const eleven = [...hawq, 'hawq-v3-uniform4', 'hawq-v3-uniform8'];
    expect(names('resnet18')).toEqual(['ant', 'bitfusion', ...eleven]);
    expect(names('resnet50')).toEqual([
      'ant',
      'bitfusion',
      'haq-kmeans-0.1',
      'haq-kmeans-finetune',
      ...eleven,
      'nncf-manual',
    ]);
    expect(names('mobilenet-v2')).toEqual(['haq-linear-0.6']);
  });

  it.each(lists)('$fullName says what it is and where it is from, and suits every network it is for', (one) => {
    const text = readText(one.path);
    expect(text).toMatch(/^# description: \S.*$/m);
    expect(text).toMatch(
      /^# source: https:\/\/github\.com\/\S+, .*arXiv:\d{4}\.\d{5}|^# source: https:\/\/github\.com\/openvinotoolkit\/nncf, /m,
    );
    const workloads = /^# workload: (.*)$/m.exec(text)![1]!.split(', ');
    expect(workloads).toContain(one.workload);
    for (const name of workloads) {
      const network = readWorkloadFile(name);
      const { layers } = assignPrecision(network, openPrecision(one.name).forWorkload(name));
      expect(layers).toHaveLength(network.layers.length);
    }
  });

  it('of HAQ keep the share of the 32-bit weights that it was asked for', () => {
    const { weightBytes } = figuresOf(readWorkloadFile('resnet50'), 'haq-kmeans-0.1');
    expect(weightBytes / (25_502_912 * 4)).toBeCloseTo(0.1, 2);
  });

  it.each(Object.entries(hawqModelZoo))(
    'of HAWQ-V3 for %s have the sizes and bit operations of its model zoo',
    (workload, rows) => {
      const network = readWorkloadFile(workload);
      for (const [scheme, [megabytes, operations]] of Object.entries(rows)) {
        const { weightBytes, bitOperations } = figuresOf(network, `hawq-v3-${scheme}`);
        // Theirs have biases and 32-bit batch normalisation, and are cut to three digits.
        expect(Math.abs(weightBytes / 2 ** 20 / megabytes - 1), scheme).toBeLessThan(0.04);
        expect(Math.abs(bitOperations / 1e9 / operations - 1), scheme).toBeLessThan(0.04);
      }
    },
  );
});

describe('finding a list', () => {
  it.each([
    'resnet50/ant',
    'precision/resnet50/ant',
    './precision/resnet50/ant.csv',
    'resnet50\\ant',
    'resnet50/ant.csv',
  ])('%s is the shipped one from any folder', (given) => {
    expect(findPrecision(given, '--precision').shipped.map((one) => one.fullName)).toEqual(['resnet50/ant']);
  });

  it('takes of several with one name that for the network', () => {
    const open = openPrecision('hawq-v3-size-0.5');
    expect(open.forWorkload('resnet18')).toMatchObject({ source: 'resnet18/hawq-v3-size-0.5' });
    expect(open.forWorkload('resnet50-v1.5')).toMatchObject({ source: 'resnet50/hawq-v3-size-0.5' });
    expect(() => open.forWorkload('vgg16')).toThrow(
      'precision: there are lists of this name for resnet18 and resnet50, none for vgg16',
    );
  });

  it('says which network a list is for', () => {
    const { forWorkload } = openPrecision('resnet18/hawq-v3-size-0.5');
    expect(() => assignPrecision(readWorkloadFile('resnet50'), forWorkload('resnet50'))).toThrow(
      'resnet18/hawq-v3-size-0.5: is a list for resnet18, not for resnet50',
    );
  });

  it('suggests the nearest name', () => {
    expect(() => findPrecision('hawq-v3-sise-0.5', '--precision')).toThrow(
      '--precision: no such list of bits or file (found "hawq-v3-sise-0.5"); did you mean hawq-v3-size-0.5?',
    );
  });

  it('reads a file, a part of one, and names from another', () => {
    const file = join(folder, 'bits.py');
    const config = "{'quant_input': 8, 'quant_init_convbn': 8}";
    writeFileSync(file, `all = {'a': ${config}, 'b': ${config.replaceAll('8', '4')}}`);
    expect(openPrecision(`${file}#b`).forWorkload('any')).toMatchObject({ entries: [{ bits: { weightBits: 4 } }] });
    expect(() => openPrecision(file)).toThrow('there are a, b');
    const names = join(folder, 'names.json');
    writeFileSync(names, '{ "layers": { "quant_init_convbn": "stem" } }');
    expect(openPrecision(`${file}#a`, names).forWorkload('any')).toMatchObject({
      entries: [{ select: { name: 'stem' } }],
    });
  });
});
