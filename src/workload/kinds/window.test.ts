import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonPath } from '../../json/index.js';
import { slideWindow } from './window.js';
import type { SlidingWindow, WindowFields } from './window.js';

const plain: WindowFields = { kernel: 1, stride: 1, dilation: 1, padding: 0, rounding: 'down' };

function slide(
  fields: Partial<WindowFields>,
  height: number,
  width = height,
): { window?: SlidingWindow; issues: string[] } {
  const issues: string[] = [];
  const report = (field: JsonPath, rule: string): void => void issues.push(`${field.join('.')}: ${rule}`);
  const window = slideWindow({ ...plain, ...fields }, { channels: 1, height, width }, report);
  return window === undefined ? { issues } : { window, issues };
}

describe('slideWindow', () => {
  it('halves 224 to 112 with ResNet50’s first kernel', () => {
    // (224 + 2*3 - 7) / 2 + 1 = 111.5 + 1, rounded down: 112.
    const { window } = slide({ kernel: 7, stride: 2, padding: 3 }, 224);
    expect(window?.rows).toEqual({ kernel: 7, stride: 2, dilation: 1, before: 3, after: 3, outputs: 112 });
    expect(window?.columns).toEqual(window?.rows);
  });

  it('takes each axis by itself', () => {
    // Rows: (10 + 1 + 2 - 3) / 1 + 1 = 11. Columns: (20 + 0 + 4 - 5) / 2 + 1 = 10.5, down: 10.
    const { window } = slide(
      {
        kernel: { rows: 3, columns: 5 },
        stride: { rows: 1, columns: 2 },
        padding: { top: 1, bottom: 2, left: 0, right: 4 },
      },
      10,
      20,
    );
    expect([window?.rows.outputs, window?.rows.before, window?.columns.outputs, window?.columns.before]).toEqual([
      11, 1, 10, 0,
    ]);
    expect(slide({ kernel: 3, padding: { rows: 1, columns: 0 } }, 8).window).toMatchObject({
      rows: { outputs: 8, before: 1, after: 1 },
      columns: { outputs: 6, before: 0, after: 0 },
    });
  });

  it('pads "same" to ceil(input / stride) outputs, the odd zero at the end', () => {
    // 224 at stride 2: 112 outputs span 111*2 + 3 = 225, so one zero, after the input.
    const even = slide({ kernel: 3, stride: 2, padding: 'same' }, 224).window;
    expect(even?.rows).toMatchObject({ outputs: 112, before: 0, after: 1 });
    // 7 at stride 1, dilation 2: the kernel spans 5, so 4 zeros, two on each side.
    expect(slide({ kernel: 3, dilation: 2, padding: 'same' }, 7).window?.rows).toMatchObject({
      outputs: 7,
      before: 2,
      after: 2,
    });
    // A 1x1 at stride 2 skips inputs and needs no zeros.
    expect(slide({ stride: 2, padding: 'same' }, 7).window?.rows).toMatchObject({ outputs: 4, before: 0, after: 0 });
  });

  it('counts the overhanging window when rounding up, unless it would hold padding only', () => {
    // GoogLeNet: 3x3 at stride 2 over 112: (112 - 3) / 2 + 1 = 55.5: 55 down, 56 up.
    expect(slide({ kernel: 3, stride: 2 }, 112).window?.rows.outputs).toBe(55);
    expect(slide({ kernel: 3, stride: 2, rounding: 'up' }, 112).window?.rows.outputs).toBe(56);
    // 2 wide at stride 3 over 4 inputs and 1 zero on each side: windows at -1 and 2; the next, at 5, starts beyond.
    expect(slide({ kernel: 2, stride: 3, padding: 1, rounding: 'up' }, 4).window?.rows.outputs).toBe(2);
  });

  it('reports a kernel that fits nowhere, with the sizes', () => {
    expect(slide({ kernel: 5 }, 3, 9).issues).toEqual([
      'kernel: must fit the padded input: it spans 5 rows, the input has 3',
    ]);
    expect(slide({ kernel: 3, dilation: 4, padding: 2 }, 4).issues).toEqual([
      'kernel: must fit the padded input: it spans 9 rows (kernel 3, dilation 4), the input has 8',
      'kernel: must fit the padded input: it spans 9 columns (kernel 3, dilation 4), the input has 8',
    ]);
  });

  it('has as many outputs as there are places for the window', () => {
    const fields = fc.record({
      size: fc.integer({ min: 1, max: 30 }),
      kernel: fc.integer({ min: 1, max: 8 }),
      stride: fc.integer({ min: 1, max: 6 }),
      dilation: fc.integer({ min: 1, max: 4 }),
      before: fc.integer({ min: 0, max: 6 }),
      after: fc.integer({ min: 0, max: 6 }),
      rounding: fc.constantFrom('down' as const, 'up' as const),
    });
    fc.assert(
      fc.property(fields, ({ size, kernel, stride, dilation, before, after, rounding }) => {
        const padding = { top: before, bottom: after, left: before, right: after };
        const last = size + after - 1;
        let places = 0;
        for (let start = -before; start <= last; start += stride) {
          const end = start + dilation * (kernel - 1);
          // Rounding up, the first window that hangs over the end counts too if it starts in front of the end of the input.
          const fits = end <= last;
          const overhangs = end - stride < last && start < size;
          if (fits || (rounding === 'up' && overhangs)) places += 1;
        }
        expect(slide({ kernel, stride, dilation, padding, rounding }, size).window?.rows.outputs ?? 0).toBe(places);
      }),
      { numRuns: 2000 },
    );
  });

  it('pads "same" as little as gives every output', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        (size, kernel, stride) => {
          const rows = slide({ kernel, stride, padding: 'same' }, size).window?.rows;
          if (rows === undefined) throw new Error('"same" always fits');
          const { before, after, outputs } = rows;
          expect(outputs).toBe(Math.ceil(size / stride));
          expect(after - before).toBeGreaterThanOrEqual(0);
          expect(after - before).toBeLessThanOrEqual(1);
          // The last window ends within the padded input; with one zero less it would not, if there are zeros at all.
          const end = (outputs - 1) * stride + kernel;
          expect(end).toBeLessThanOrEqual(size + before + after);
          if (before + after > 0) expect(end).toBe(size + before + after);
        },
      ),
      { numRuns: 500 },
    );
  });
});
