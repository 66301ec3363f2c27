import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readSensitivity } from '../../src/index.js';
import { floats, input, node, onnxFile } from '../fixtures/onnx-file.js';
import { accelsimHere } from '../fixtures/command-here.js';
import { realFiles } from '../onnx/real-files.js';

const cwd = mkdtempSync(join(tmpdir(), 'accelsim-quantize-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: string[]): ReturnType<typeof accelsimHere> => accelsimHere(['quantize', ...args], { cwd });
const blazeface = fileURLToPath(new URL(`../../node_modules/${realFiles['BlazeFace, front'].path}`, import.meta.url));

describe.concurrent('accelsim quantize', () => {
  test('says what each layer of a real file loses, and which bits it needs', async () => {
    const { code, stdout, stderr } = await run(blazeface, '--bits', '8,4,3,2', '--sensitivity', 'out/loss.json');
    expect([code, stderr]).toEqual([0, 'wrote out/loss.json\n']);
    expect(stdout).toMatch(/^scheme +sawb, levels no-zero, one scale per layer$/m);
    expect(stdout).toMatch(/functional_1\/conv2d\/BiasAdd +1,800 +0\.810( +\d[\d.]*){8} +8$/m);
    const { layers } = readSensitivity(readFileSync(join(cwd, 'out/loss.json'), 'utf8'), 'loss.json');
    expect(layers).toHaveLength(37);
    expect([...layers[0]!.losses.keys()]).toEqual([8, 4, 3, 2]);
  });

  test('writes the same as JSON and as CSV', async () => {
    const ask = (format: string) => run(blazeface, '--scheme', 'mse-optimal', '--bits', '4', '--format', format);
    const [json, csv, markdown] = await Promise.all([ask('json'), ask('csv'), ask('markdown')]);
    const { layers, schemaVersion } = JSON.parse(json.stdout) as {
      schemaVersion: number;
      layers: { layer: string; neededBits: number | null; at: { clipLevel: number; signalToNoiseDb: number }[] }[];
    };
    expect(schemaVersion).toBe(1);
    const [header, first] = csv.stdout.split('\n');
    expect(header).toBe('layer,weights,largestMagnitude,bits,clipLevel,clippedFraction,signalToNoiseDb,neededBits');
    const { layer, at, neededBits } = layers[0]!;
    expect(first!.split(',')).toEqual(
      expect.arrayContaining([
        layer,
        String(at[0]!.clipLevel),
        String(at[0]!.signalToNoiseDb),
        String(neededBits ?? ''),
      ]),
    );
    expect(markdown.stdout).toMatch(/^# Weights of /);
  });

  /** A layer of two weights, and one of ordinary ones beside it. */
  const odd = async (file: string, values: readonly number[]): Promise<Awaited<ReturnType<typeof run>>> => {
    const graph = {
      inputs: [input('x', [1, 2])],
      outputs: ['z'],
      nodes: [node('MatMul', ['x', 'w'], ['y']), node('MatMul', ['y', 'v'], ['z'])],
      initializers: [floats('w', values, [2, values.length / 2]), floats('v', [0.5, -1.5, 2], [values.length / 2, 3])],
    };
    writeFileSync(join(cwd, file), onnxFile(graph));
    return run(file, '--bits', '8,2', '--format', 'json');
  };

  test.each([
    ['NaN', Number.NaN, 'NaN'],
    ['infinite', -Infinity, '-Infinity'],
  ])('names the layer and the place of a weight that is %s', async (name, value, shown) => {
    const { code, stdout, stderr } = await odd(`${name}.onnx`, [1, value]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      new RegExp(`^error: ${name}\\.onnx: MatMul_y\\.values\\[1\\]: must be a finite number \\(found "?${shown}`),
    );
  });

  test('loses nothing of weights that are all zero, or all alike', async () => {
    const at = async (file: string, values: readonly number[]): Promise<unknown> => {
      const { code, stdout, stderr } = await odd(file, values);
      expect([code, stderr]).toEqual([0, '']);
      const { layers } = JSON.parse(stdout) as { layers: { at: { clipLevel: number }[]; neededBits: number }[] };
      return [layers[0]!.neededBits, ...layers[0]!.at.map(({ clipLevel }) => clipLevel)];
    };
    expect(await at('zeros.onnx', [0, 0])).toEqual([2, 0, 0]);
    // At 8 bits SAWB's line gives no positive level for values of one magnitude, so that nothing is clipped; at 2 bits
    // it is 3.12 - 2.064 times that magnitude.
    expect(await at('alike.onnx', [0.25, -0.25])).toEqual([2, 0.25, expect.closeTo(1.056 * 0.25, 9)]);
  });

  test('asks for widths that a scheme has where none are asked for', async () => {
    // SAWB has no coefficients for 3 bits with a zero among the levels.
    const { code, stdout } = await run(blazeface, '--layout', 'with-zero', '--format', 'json');
    expect([code, (JSON.parse(stdout) as { bits: number[] }).bits]).toEqual([0, [8, 4, 2]]);
  });

  test('writes nothing, and says what is wrong', async () => {
    writeFileSync(join(cwd, 'text.onnx'), 'hello');
    const { code, stderr } = await run('text.onnx', '--sensitivity', 'none/loss.json');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: text\.onnx: byte \d+: is not a sound ONNX file/);
    expect(existsSync(join(cwd, 'none'))).toBe(false);
    const many = await run('gone.onnx', '--bits', '99', '--least-db', 'much');
    expect(many.stderr).toMatch(/gone\.onnx: no such file/);
    expect(many.stderr).toMatch(/--bits: .*99/);
    expect(many.stderr).toMatch(/--least-db: must be a number of decibels from 0 to 200 \(found "much"\)/);
    expect((await run('gone.onnx', '--scheme', 'sawb', '--bits', '6,1')).stderr.split('\n')).toEqual([
      'error: gone.onnx: no such file or folder',
      'error: --bits: must be widths that the scheme has levels for: 2, 3, 4, 5, 8 (found 6)',
      'error: --bits: must be widths that the scheme has levels for: 2, 3, 4, 5, 8 (found 1)',
      '',
    ]);
    expect((await run(blazeface, '--scheme', 'pact')).stderr).toMatch(/Allowed choices are sawb, min-max, mse-optimal/);
  });
});
