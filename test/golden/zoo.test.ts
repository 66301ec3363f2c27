import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { survey } from '../../src/node/cli/survey.js';
import { zoo } from '../../src/index.js';

const committed = fileURLToPath(new URL('../../reports/zoo/', import.meta.url));

describe('accelsim survey --out reports/zoo', () => {
  let folder = '';
  const said = { out: '', warnings: [] as string[] };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'accelsim-survey-'));
    const terminal = {
      out: (text: string) => void (said.out += text),
      note: () => {},
      warn: (line: string) => void said.warnings.push(line),
    };
    expect(await survey.run({ out: folder }, terminal)).toBe('done');
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['report.md', 'survey.csv'])('writes %s as it is committed', (file) => {
    expect(readFileSync(join(folder, file), 'utf8')).toBe(readFileSync(join(committed, file), 'utf8'));
  });

  it('writes nothing else but the chart', () => {
    const files = ['report.md', 'speedup.png', 'speedup.svg', 'survey.csv'];
    expect(readdirSync(folder).sort()).toEqual(files);
    expect(readdirSync(committed).sort()).toEqual(files);
  });

  it('has every network at every width, and no doubts to tell', () => {
    const rows = readFileSync(join(folder, 'survey.csv'), 'utf8').trimEnd().split('\n');
    expect(rows).toHaveLength(1 + 3 * Object.keys(zoo).length);
    expect(said.warnings).toEqual([]);
    for (const name of Object.keys(zoo)) expect(said.out).toMatch(new RegExp(`^${name} `, 'm'));
  });
});
