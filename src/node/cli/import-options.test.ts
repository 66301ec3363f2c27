import { describe, expect, it } from 'vitest';
import { AccelsimError } from '../../index.js';
import { readImportOptions } from './import-options.js';

function issuesOf(shape: string): string[] {
  try {
    readImportOptions({ shape });
  } catch (error) {
    if (error instanceof AccelsimError) return error.issues.map(({ rule, found }) => `${rule} (${found})`);
    throw error;
  }
  return [];
}

const FORM = 'must be name=number, such as sequence=128, or all sizes of an input, such as image=1,3,640,640';
const RANGE = 'must be a whole number from 1 to 2147483648';

describe('--shape', () => {
  it('takes dimensions by name, and all sizes of an input', () => {
    const { dimensions } = readImportOptions({ shape: 'image=1,3,640,640, sequence = 128,input:0=2147483648' });
    expect(dimensions).toEqual({ image: [1, 3, 640, 640], sequence: 128, 'input:0': 2 ** 31 });
  });

  it.each([
    // One mistake is told once: the sizes behind it are those of its input.
    ['x=0,3,48,192', [`${RANGE} ("x=0")`]],
    ['x=1,3,48,1e9', [`${RANGE} ("1e9")`]],
    ['n=99999999999', [`${RANGE} ("n=99999999999")`]],
    ['x=1,-3', [`${RANGE} ("-3")`]],
    ['', [`${FORM} ("")`]],
    ['x=', [`${FORM} ("x=")`]],
    ['x=1,,2', [`${FORM} ("")`]],
    ['1,2', [`${FORM} ("1")`, `${FORM} ("2")`]],
    ['=4', [`${FORM} ("=4")`]],
    ['x=1,y=2,x=3', ['must name each dimension once ("x=3")']],
  ])('refuses %s', (shape, issues) => {
    expect(issuesOf(shape)).toEqual(issues);
  });
});
