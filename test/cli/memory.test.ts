import { describe, expect, test } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';

const run = (...args: string[]): ReturnType<typeof accelsimHere> => accelsimHere(args);

describe.concurrent('memory and packing', () => {
  test('are chosen, and said', async () => {
    const { code, stdout } = await run(
      '--memory',
      'HBM2:4',
      '--packing',
      'container',
      '--bits',
      '3',
      '--format',
      'json',
    );
    expect(code).toBe(0);
    const { arch } = JSON.parse(stdout);
    expect(arch).toMatchObject({ bandwidthGBps: 64, packing: 'container', memory: { name: 'HBM2', channels: 4 } });
    expect(arch.effectiveGBps).toBeLessThan(64);
  });

  test('give the area of the chip where the interface of the memory is known, and else say where it is', async () => {
    const areaOf = async (memory: string) => {
      const { stdout } = await run('--workload', 'examples/lenet.json', '--memory', memory, '--format', 'markdown');
      return stdout;
    };
    // five channels of 1.3 mm2
    expect(await areaOf('LPDDR5:5')).toContain('off-chip interface 6.50 mm2');
    expect(await areaOf('HBM3')).toContain('off-chip interface not given (that of DDR4-3200, LPDDR4X, LPDDR5, HBM2');
  });

  test('are refused with the nearest name, all at once', async () => {
    const { code, stdout, stderr } = await run('--memory', 'LPDDR55', '--packing', 'bite');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/--memory: must be one of DDR4-3200, .*did you mean LPDDR5\?/);
    expect(stderr).toMatch(/--packing: must be one of dense, .*did you mean byte\?/);
  });

  test('a memory leaves no room for a bandwidth', async () => {
    const { code, stderr } = await run('--memory', 'HBM3', '--bandwidth', '64');
    expect(code).toBe(1);
    expect(stderr).toContain('--memory: has a bandwidth of its own, so --bandwidth cannot be given too');
  });
});
