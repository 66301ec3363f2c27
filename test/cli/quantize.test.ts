import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readSensitivity } from '../../src/index.js';
import { accelsim } from '../fixtures/run-source.js';
import { realFiles } from '../onnx/real-files.js';

const cwd = mkdtempSync(join(tmpdir(), 'accelsim-quantize-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: string[]): ReturnType<typeof accelsim> => accelsim(['quantize', ...args], { cwd });
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
    expect((await run(blazeface, '--scheme', 'sawb', '--bits', '6')).stderr).toMatch(
      /bits: of sawb, no-zero, must be one of 2, 3, 4, 5, 8 \(found 6\)/,
    );
    expect((await run(blazeface, '--scheme', 'pact')).stderr).toMatch(/Allowed choices are sawb, min-max, mse-optimal/);
  });
});
