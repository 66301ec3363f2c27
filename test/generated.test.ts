import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../scripts/generated-files.js';
import { networkTotals, readNetwork } from '../src/workload/index.js';

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}

describe('generated files', () => {
  it.each(generatedFiles())('$path is what `npm run generate` writes', ({ path, content }) => {
    expect(read(path)).toBe(content);
  });

  it('are made the same way each time', () => {
    expect(generatedFiles()).toEqual(generatedFiles());
  });
});

describe('the networks', () => {
  const readme = read('workloads/README.md');
  const files = readdirSync(new URL('../workloads', import.meta.url)).filter(
    (file) => file.endsWith('.json') && file !== 'schema.json',
  );

  it.each(files)('%s reads, and stands in the README with its counts', (file) => {
    const { layers, macs, weightElements } = networkTotals(readNetwork(read(`workloads/${file}`), file));
    const [layerCount, macCount, weightCount] = [layers, macs, weightElements].map((count) =>
      count.toLocaleString('en-US'),
    );
    const name = file.replace('.json', '');
    expect(readme).toContain(`| \`${name}\` | ${layerCount} | ${macCount} | ${weightCount} |`);
  });

  it('include the example of the README', () => {
    const example = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    expect(readNetwork(example, 'workloads/README.md').layers.map((layer) => layer.name)).toEqual([
      'conv1',
      'conv2',
      'sum',
      'pool',
      'fc',
    ]);
  });
});
