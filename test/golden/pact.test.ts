import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { calibrate, judgePact, measurePact, pactClaims, type ClaimResult, type PactFigures } from '../../src/index.js';
import { readArchFile, readWorkloadFile } from '../../src/node/index.js';
import { reproduce } from '../../src/node/cli/reproduce.js';
import { expectCommitted } from './committed-report.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const arch = readArchFile(join(root, 'arch/default.json'));
const network = readWorkloadFile(join(root, 'workloads/resnet50.json'));

describe('the claims of the PACT study on arch/default.json', () => {
  let claims: ClaimResult[] = [];
  let figures: PactFigures;

  beforeAll(() => {
    figures = measurePact(arch, network, 'latency');
    claims = judgePact(figures);
  });

  it.each(pactClaims.map(({ id }) => id))('%s is within its tolerance', (id) => {
    expect(claims.find((claim) => claim.id === id)).toMatchObject({ holds: true });
  });

  it('fits no more than the area shape and the scratchpad', () => {
    const fitted = claims.filter(({ origin }) => origin === 'fitted').map(({ fittedBy }) => fittedBy);
    expect(new Set(fitted)).toEqual(new Set(['mac.area, the shape of the area polynomial', 'scratchpad.capacityKiB']));
  });

  it('is judged by figures, not by name: other figures are out', () => {
    const linear = { ...figures, speedups: figures.speedups.map((bar) => ({ ...bar, value: 16 / bar.bits })) };
    const out = judgePact(linear).filter(({ holds }) => !holds);
    // 4x at 4 bits is neither 4.5x nor above 4x, and 8x at 2 bits is no drop.
    expect(out.map(({ id }) => id)).toEqual(['speedup-64', 'unlimited-2', 'super-linear-64', 'super-linear-32']);
  });
});

describe('calibration', () => {
  it('finds the capacity that arch/default.json has', () => {
    expect(calibrate({ arch, network, mode: 'latency' }).capacityKiB).toBe(arch.scratchpad.capacityKiB);
  });
});

describe('accelsim reproduce', () => {
  it('writes what is committed in reports/pact-figure-6', () => {
    expectCommitted('pact-figure-6', (out, terminal) => reproduce.run({ out }, terminal));
  });

  it('fails, and says which claims are out, when a parameter is broken', () => {
    const folder = mkdtempSync(join(tmpdir(), 'accelsim-broken-'));
    const broken = join(folder, 'broken.json');
    const text = readFileSync(join(root, 'arch/default.json'), 'utf8');
    // Four times the memory: everything fits at 16 bits already, and nothing is left to begin to fit.
    writeFileSync(broken, text.replace('"capacityKiB": 96', '"capacityKiB": 384'));
    try {
      let said = '';
      const terminal = { out: (some: string) => void (said += some), note: () => {}, warn: () => {} };
      expect(reproduce.run({ arch: broken, out: join(folder, 'report') }, terminal)).toBe('failed');
      expect(said).toMatch(/speedup from 16 to 4 bits at 64 GB\/s .* OUT/);
      expect(said).toMatch(/3 of 8 claims are out/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
