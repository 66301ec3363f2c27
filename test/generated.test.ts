import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../scripts/generated-files.js';

describe('generated files', () => {
  it.each(generatedFiles())('$path is what `npm run generate` writes', ({ path, content }) => {
    expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toBe(content);
  });

  it('are made the same way each time', () => {
    expect(generatedFiles()).toEqual(generatedFiles());
  });
});
