import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { accelsim } from '../fixtures/built-package.js';

const cwd = mkdtempSync(join(tmpdir(), 'accelsim-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const run = (...args: string[]): ReturnType<typeof accelsim> => accelsim(args, { cwd });

test('a training that is killed and asked again gives the same to the bit', async () => {
  const sizes = ['--seeds', '1', '--epochs', '8', '--images', '500', '--test-images', '100'];
  const words = ['train', '--scheme', 'pact', '--bits', '3', ...sizes];
  const whole = run(...words, '--out', 'whole');
  const trainings = join(cwd, 'killed', 'trainings');
  const kept = (): string[] => (existsSync(trainings) ? readdirSync(trainings) : []);
  const [end, ended] = [new AbortController(), new AbortController()];
  const killed = accelsim([...words, '--out', 'killed'], { cwd, signal: end.signal });
  void killed.finally(() => ended.abort()).catch(() => undefined);
  // As soon as a pass has been kept: no time to tidy up.
  while (!kept().some((file) => file.endsWith('.checkpoint.json')) && !ended.signal.aborted) await pause(5);
  end.abort();
  await expect(killed).rejects.toThrow('aborted');
  expect(kept().filter((file) => /^\w+\.json$/.test(file))).toEqual([]);
  const resumed = await run(...words, '--out', 'killed');
  expect(resumed.stderr).toMatch(/^[1-7] of 8 passes/);
  expect(resumed.stdout).toBe((await whole).stdout);
  const results = (folder: string): string => readFileSync(join(cwd, folder, 'results.json'), 'utf8');
  expect(results('killed')).toBe(results('whole'));
});
