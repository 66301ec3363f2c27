import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMs } from '../../test/fixtures/cpu-time.js';
import { positionsIn } from './position.js';

describe('positionsIn', () => {
  it('counts lines and columns from 1', () => {
    const placeOf = positionsIn('ab\nc\r\n\rd');
    const places = [0, 2, 3, 4, 5, 6, 7, 8].map((offset) => Object.values(placeOf(offset)).join(':'));
    // \n is the last of line 1, \r\n that of line 2, \r all of line 3.
    expect(places).toEqual(['1:1', '1:3', '2:1', '2:2', '2:3', '3:1', '4:1', '4:2']);
  });

  it('agrees with splitting the text up to the place, in texts of any length', () => {
    const text = fc
      .tuple(fc.array(fc.constantFrom('\n', '\r\n', '\r', 'a', 'bcd'), { maxLength: 40 }), fc.nat(400))
      .map(([parts, times]) => parts.join('').repeat(times));
    fc.assert(
      fc.property(text, fc.nat(), (all, place) => {
        const offset = all.length === 0 ? 0 : place % (all.length + 1);
        // Between \r and \n the line has not ended yet.
        const before = all.slice(0, offset);
        const cut = before.endsWith('\r') && all[offset] === '\n' ? `${before.slice(0, -1)}x` : before;
        const lines = cut.split(/\r\n|\n|\r/);
        expect(positionsIn(all)(offset)).toEqual({ line: lines.length, column: lines.at(-1)!.length + 1 });
      }),
    );
  });

  it('takes little memory and time for a text of nothing but line ends', () => {
    const start = cpuMs();
    expect(positionsIn('\n'.repeat(30_000_000))(30_000_000)).toEqual({ line: 30_000_001, column: 1 });
    expect(cpuMs() - start).toBeLessThan(2000);
  });
});
