import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { survey } from '../../src/node/cli/survey.js';
import { zoo } from '../../src/index.js';
import { committedReport, expectSameFiles } from './committed-report.js';

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
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes what is committed: a report, a table and a chart', () => {
    expectSameFiles(folder, committedReport('zoo'));
    expect(readdirSync(folder).sort()).toEqual(['report.md', 'speedup.png', 'speedup.svg', 'survey.csv']);
  });

  it('has every network at every width, and no doubts to tell', () => {
    const rows = readFileSync(join(folder, 'survey.csv'), 'utf8').trimEnd().split('\n');
    expect(rows).toHaveLength(1 + 3 * Object.keys(zoo).length);
    expect(said.warnings).toEqual([]);
    for (const name of Object.keys(zoo)) expect(said.out).toMatch(new RegExp(`^${name} `, 'm'));
  });
});
