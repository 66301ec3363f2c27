import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';
import { floats, input, node, onnxFile } from '../fixtures/onnx-file.js';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'accelsim-'));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: string[]): ReturnType<typeof accelsimHere> => accelsimHere(args, { cwd });

describe.concurrent('accelsim trace', () => {
  test('plays a layer, and writes its events and its chart', async () => {
    const files = ['--out', 'one/trace.json', '--chart', 'one/layer.png'];
    const { code, stdout, stderr } = await run('trace', '--layer', 'layer4.1.conv2', ...files);
    expect([code, stderr]).toEqual([0, 'wrote one/trace.json\nwrote one/layer.png\n']);
    expect(stdout).toMatch(/^layer4\.1\.conv2 +[\d,]+ +[\d,]+ +[+-]\d\.\d\d%/m);
    const { traceEvents } = JSON.parse(readFileSync(join(cwd, 'one/trace.json'), 'utf8')) as {
      traceEvents: { ph: string; name: string; args?: { name?: string } }[];
    };
    const names = traceEvents.filter(({ ph }) => ph === 'M').map(({ args }) => args?.name);
    expect(names).toEqual(expect.arrayContaining(['off-chip channel', 'core 0 array', 'core 15 array', 'DMA']));
    expect(readFileSync(join(cwd, 'one/layer.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  test('plays the whole network, and says where the timeline stops', async () => {
    const { code, stdout, stderr } = await run(
      ...'trace --arch edge-16x16 --bits 16 --batch 8 --out all.json'.split(' '),
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: the timeline holds the first 100000 events; \d+ later ones are left out/);
    expect(stdout).toMatch(/^all +[\d,]+ +[\d,]+ +[+-]\d\.\d\d%/m);
    expect(existsSync(join(cwd, 'all.json'))).toBe(true);
  });

  test('plays an ONNX file, with bits for each layer', async () => {
    const graph = {
      inputs: [input('x', [1, 2])],
      outputs: ['y'],
      nodes: [node('MatMul', ['x', 'w'], ['y'])],
      initializers: [floats('w', [1, 2], [2, 1])],
    };
    writeFileSync(join(cwd, 'net.onnx'), onnxFile(graph));
    writeFileSync(join(cwd, 'bits.csv'), 'layer,weightBits,activationBits\ntheirs,2,2\n');
    writeFileSync(join(cwd, 'names.json'), '{"layers": {"theirs": "MatMul_y"}}');
    const words = 'trace --workload net.onnx --precision bits.csv --layer-names names.json'.split(' ');
    const { code, stdout, stderr } = await run(...words);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^MatMul_y +\d+ +\d+/m);
  });

  test('writes nothing, and says all that is wrong', async () => {
    const files = ['--out', 'none/trace.json', '--chart', 'none/layer.gif'];
    const { code, stderr } = await run('trace', '--bits', '4,8', ...files);
    expect(code).toBe(1);
    expect(stderr).toMatch(/--bits: must be one width \(found "4,8"\)/);
    expect(stderr).toMatch(/--chart: draws one layer: name it with --layer/);
    expect((await run('trace', '--layer', 'fc', '--chart', 'none/layer.gif')).stderr).toMatch(
      /--chart: must end in \.png or \.svg \(found "none\/layer\.gif"\)/,
    );
    expect((await run('trace', '--layer', 'layer4.1.cov2', '--out', 'none/t.json')).stderr).toMatch(
      /has no such layer \(found "layer4\.1\.cov2"\); did you mean layer4\.1\.conv\d\?/,
    );
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  });
});
