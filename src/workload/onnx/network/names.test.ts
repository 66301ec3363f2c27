import { describe, expect, it } from 'vitest';
import { name } from '../../kinds/fields.js';
import { Names } from './names.js';

describe('Names', () => {
  it('gives each name once', () => {
    const names = new Names();
    expect(['a', 'a', 'a#2', 'a', ''].map((wanted) => names.take(wanted))).toEqual([
      'a',
      'a#2',
      'a#2#2',
      'a#3',
      'unnamed',
    ]);
  });

  it.each([' a ', 'a\nb', 'a\u2028b', `${'x'.repeat(189)}😀😀`, 'x'.repeat(5_000), '\t'])(
    '%j becomes a legal name',
    (wanted) => {
      const names = new Names();
      for (const given of [names.take(wanted), names.take(wanted)])
        expect(name('any').safeParse(given).success).toBe(true);
    },
  );
});
