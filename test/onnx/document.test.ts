import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { operators } from '../../src/onnx.js';

it('docs/onnx.md lists the operators that there are', () => {
  const text = readFileSync(new URL('../../docs/onnx.md', import.meta.url), 'utf8');
  const [, section = ''] = text.split('## Operators');
  const [list = ''] = section.split('To add one:');
  const named = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(operators).toSorted((a, b) => a.localeCompare(b)));
});
