import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readWorkloadFile } from '../../src/node/index.js';
import { accelsimHere } from '../fixtures/command-here.js';

const lenet = fileURLToPath(new URL('../../examples/lenet.json', import.meta.url));

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'accelsim-search-bits-'));
  const layers = readWorkloadFile(lenet).layers.filter(({ weightElements }) => weightElements > 0);
  // A layer with more weights loses less: that of the largest is narrowed first.
  const losses = layers.map(({ name, weightElements }) => [
    name,
    { 8: 0, 4: 1000 / weightElements, 2: 4000 / weightElements },
  ]);
  writeFileSync(join(cwd, 'loss.json'), JSON.stringify({ measure: 'made up', layers: Object.fromEntries(losses) }));
});
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: string[]): ReturnType<typeof accelsimHere> =>
  accelsimHere(['search-bits', '--workload', lenet, ...args], { cwd });

describe.concurrent('accelsim search-bits', () => {
  test('writes a precision that the simulator reads, and that keeps the budget', async () => {
    const asked = ['--sensitivity', 'loss.json', '--loss', '0.5', '--edge-bits', 'same', '--out', 'made/bits.json'];
    const { code, stdout, stderr } = await run(...asked, '--format', 'json');
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/wrote made\/bits\.json/);
    const answer = JSON.parse(stdout) as {
      chosen: { loss: number; latencyMs: number };
      exact: boolean;
      settled: boolean;
      layers: { name: string; bits: number }[];
    };
    expect(answer.chosen.loss).toBeLessThanOrEqual(0.5);
    expect(answer).toMatchObject({ exact: true, settled: true });
    expect(new Set(answer.layers.map(({ bits }) => bits)).size).toBeGreaterThan(1);
    const again = await accelsimHere(['--workload', lenet, '--precision', 'made/bits.json', '--format', 'json'], {
      cwd,
    });
    const { totals, layers } = JSON.parse(again.stdout) as {
      totals: { latencyMs: number };
      layers: { name: string; weightBits: number }[];
    };
    expect(totals.latencyMs).toBe(answer.chosen.latencyMs);
    for (const { name, bits } of answer.layers) {
      expect(layers.find((layer) => layer.name === name)!.weightBits).toBe(bits);
    }
  });

  test('explains itself', async () => {
    const { stdout } = await run('--sensitivity', 'loss.json', '--loss', '0.5');
    expect(stdout).toMatch(/^within +loss of at most 0\.5/m);
    expect(stdout).toMatch(/^loss +made up$/m);
    expect(stdout).toMatch(/^chosen +0\.\d+.* yes$/m);
    expect(stdout).toMatch(/at the margin one more unit of loss saves|the budget of loss does not bind/);
    const csv = await run('--bops', '1', '--format', 'csv', '--bits', '8,4');
    expect(csv.stdout).toMatch(
      /^layer,bits,bound,macs,weights,cycles,cyclesAllAt8Bits,cyclesAllAt4Bits,loss,energyPj,energyPjAllAt8Bits,/,
    );
  });

  test('minimises energy with the mappings that are asked for', async () => {
    const energy = async (...more: string[]) => {
      const asked = ['--minimise', 'energy', '--bits', '8,4', '--size', '0.04', '--rounds', '1', ...more];
      const [table, json] = await Promise.all([run(...asked), run(...asked, '--format', 'json')]);
      return { table: table.stdout, answer: JSON.parse(json.stdout) as { chosen: { energyMj: number } } };
    };
    const [fast, frugal] = await Promise.all([energy(), energy('--objective', 'energy')]);
    expect(fast.table).toMatch(
      /^least +energy, with mappings chosen for latency; those chosen for energy may take less$/m,
    );
    expect(frugal.table).toMatch(/^objective +energy: least energy/m);
    expect(frugal.table).toMatch(/^least +energy$/m);
    expect(frugal.answer).toMatchObject({ question: { objective: 'energy' } });
    expect(frugal.answer.chosen.energyMj).toBeLessThan(fast.answer.chosen.energyMj);
  });

  test('writes nothing, and says what is wrong', async () => {
    const none = await run('--size', '0.001', '--out', 'none/bits.json');
    expect([none.code, existsSync(join(cwd, 'none'))]).toEqual([1, false]);
    // 150 and 840 weights of the edges at 8 bits, 2,400, 48,000 and 10,080 at 2: 16,110 bytes.
    expect(none.stderr).toContain(
      'error: --size: must be at least 0.015363693237304688 (MiB): these widths allow no less (found 0.001); allow more, or add to --bits',
    );
    // Each by itself is possible: all layers at 8 bits for no loss, all at 2 for 16,110 bytes.
    const both = await run('--size', '0.016', '--loss', '0', '--sensitivity', 'loss.json');
    expect(both.stderr).toContain('error: search-bits: no choice of these widths keeps --loss and --size at once');
    expect((await run('--loss', '1')).stderr).toMatch(/--loss: needs --sensitivity/);
    const many = await run('--loss', 'few', '--bits', '3,99', '--rounds', '-1', '--sensitivity', 'gone.json');
    for (const complaint of ['--loss: must be a number', '--bits: ', '--rounds: must be', 'gone.json: no such file']) {
      expect(many.stderr).toContain(complaint);
    }
    const other = JSON.parse(readFileSync(join(cwd, 'loss.json'), 'utf8')) as { layers: Record<string, unknown> };
    const [first, ...rest] = Object.entries(other.layers);
    writeFileSync(
      join(cwd, 'other.json'),
      JSON.stringify({ measure: 'm', layers: { ...Object.fromEntries(rest), [`${first![0]}x`]: first![1] } }),
    );
    const misnamed = await run('--loss', '1', '--sensitivity', 'other.json');
    expect(misnamed.stderr).toMatch(/other\.json: layers\.\S+x: lenet has no such layer; did you mean/);
  });
});
