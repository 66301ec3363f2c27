import { describe, expect, test } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';

const run = (...args: string[]): ReturnType<typeof accelsimHere> => accelsimHere(args);

describe.concurrent('--objective', () => {
  test('is chosen, and said, by one run and by several', async () => {
    const one = await run('--workload', 'svhn', '--objective', 'energy');
    expect(one.code).toBe(0);
    expect(one.stdout).toMatch(/^objective +energy: least energy; of equals, fewest cycles$/m);
    const several = await run('--workload', 'svhn', '--objective', 'energy-delay', '--bits', '16,4');
    expect(several.stdout).toMatch(/^objective +energy-delay: /m);
  });

  test('stands in the JSON, which says nothing of it where it is latency', async () => {
    const json = async (objective: string): Promise<Record<string, unknown>> => {
      const { stdout } = await run('--workload', 'svhn', '--objective', objective, '--format', 'json');
      return JSON.parse(stdout);
    };
    const energy = await json('energy');
    expect(energy).toMatchObject({ objective: 'energy', residency: { exact: true, lowerBoundCycles: null } });
    expect(Object.keys(await json('latency'))).not.toContain('objective');
  });

  test('is taken by the other commands that simulate', async () => {
    const survey = await run('survey', '--workloads', 'svhn', '--objective', 'energy');
    expect(survey.stdout).toMatch(/^objective +energy: /m);
    const explained = await run('explain', '--workload', 'svhn', '--objective', 'energy');
    const compared = await run('compare', 'default', 'default', '--workload', 'svhn', '--objective', 'energy');
    expect(compared.stdout).toMatch(/^objective +energy: /m);
    expect(explained.stdout).toMatch(/mappings\s+chosen\s+for\s+energy\./);
    const trace = await run('trace', '--workload', 'svhn', '--objective', 'energy');
    expect(trace.stdout).toContain('latency with the least energy, machine default');
  });

  test('is refused with the names there are, where it has no effect, and where the machine gives no energy', async () => {
    expect((await run('--objective', 'power')).stderr).toContain('latency, off-chip-bytes, energy, energy-delay');
    const split = await run('--iso-area', 'chip', '--objective', 'energy');
    expect([split.code, split.stderr]).toEqual([1, expect.stringContaining('--objective: has no effect')]);
    const without = await run('--arch', 'nvdla-like', '--objective', 'energy-delay');
    expect([without.code, without.stdout]).toEqual([1, '']);
    expect(without.stderr).toContain('objective energy-delay needs the energy of every component');
  });
});
