import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';
import { realFiles } from './real-files.js';
import { fileOf, quantized } from './samples/index.js';

const cwd = mkdtempSync(join(tmpdir(), 'accelsim-onnx-'));
afterAll(() => rmSync(cwd, { recursive: true }));
const pathOf = (name: keyof typeof realFiles): string =>
  fileURLToPath(new URL(`../../node_modules/${realFiles[name].path}`, import.meta.url));

interface Answer {
  readonly workload: { readonly name: string };
  readonly precision: { readonly bits: number | null };
  readonly layers: readonly { readonly name: string; readonly weightBits: number; readonly activationBits: number }[];
  readonly warnings: readonly string[];
}

async function ask(...args: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await accelsimHere([...args, '--format', 'json'], { cwd });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Answer;
}

describe.concurrent('accelsim --workload FILE.onnx', () => {
  it('simulates a network as its author exported it', async () => {
    const { workload, precision, layers } = await ask('--workload', pathOf('BlazeFace, front'), '--bits', '4');
    expect(workload.name).toBe('face_detection_front_128x128_barracuda');
    expect(precision.bits).toBe(4);
    expect(layers).toHaveLength(67);
  });

  it('takes sizes that the file leaves open, by name or all of an input', async () => {
    const workload = ['--workload', pathOf('PP-OCR, direction'), '--bits', '8'];
    const whole = await ask(...workload, '--shape', 'x=1,3,48,192');
    const named = await ask(...workload, '--shape', 'p2o.DynamicDimension.1=48,p2o.DynamicDimension.2=192');
    expect(named.layers).toEqual(whole.layers);
    const { code, stderr } = await accelsimHere([...workload, '--shape', 'x=1,3,48,one,=4'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: --shape: must be a whole number from 1 to 2147483648 \(found "one"\)$/m);
    expect(stderr).toMatch(/^error: --shape: must be name=number.*\(found "=4"\)$/m);
  });

  it('computes at the bits that the file states, unless others are asked for; also without its ending', async () => {
    writeFileSync(join(cwd, 'quantized'), fileOf(quantized['any width, by QONNX']));
    const stated = await ask('--workload', './quantized');
    expect(stated.precision.bits).toBeNull();
    expect(stated.layers.map(({ weightBits, activationBits }) => [weightBits, activationBits])).toEqual([
      [2, 3],
      [32, 1],
    ]);
    expect(stated.warnings.join('\n')).toContain('bits are those that ./quantized states, of 2 layers');
    const asked = await ask('--workload', './quantized', '--bits', '8');
    expect(asked.layers.map(({ weightBits }) => weightBits)).toEqual([8, 8]);
    expect(asked.warnings.join('\n')).not.toContain('states');
  });

  it('shows and exports it', async () => {
    const shown = await accelsimHere(['workload', 'show', pathOf('M-LSD, tiny, 512x512')], { cwd });
    expect(shown.stderr).toBe('');
    expect(shown.stdout).toContain('conv    32x256x256');
    const exported = await accelsimHere(['workload', 'export', pathOf('BlazeFace, front'), '--out', 'face.json'], {
      cwd,
    });
    expect(exported.code, exported.stderr).toBe(0);
    const { layers } = await ask('--workload', './face.json', '--bits', '4');
    expect(layers).toEqual((await ask('--workload', pathOf('BlazeFace, front'), '--bits', '4')).layers);
  });
});
