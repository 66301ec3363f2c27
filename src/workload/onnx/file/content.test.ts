import { describe, expect, it } from 'vitest';
import { MAX_CONTENT_ELEMENTS } from '../limits.js';
import { readContent } from './content.js';
import type { DataTypeName } from './data-types.js';
import type { TensorContent } from './model.js';

function read(type: DataTypeName, count: number, content: TensorContent): readonly number[] | undefined {
  return readContent({ name: 't', shape: [count], type, content });
}

const raw = (bytes: readonly number[]): TensorContent => ({ form: 'raw', bytes: [Uint8Array.from(bytes)] });

describe('readContent', () => {
  it.each<[DataTypeName, readonly number[], number]>([
    ['uint8', [0xfe], 254],
    ['int8', [0xfe], -2],
    ['int16', [0xfe, 0xff], -2],
    ['int32', [0, 0, 1, 0], 65_536],
    ['int64', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], -1],
    ['float32', [0, 0, 0xc0, 0x3f], 1.5],
    ['float64', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], 1.5],
    // Sign 0, exponent 15 (of a bias of 15), fraction 512 / 1024.
    ['float16', [0, 0x3e], 1.5],
    ['float16', [1, 0x80], -(2 ** -24)],
    ['float16', [0, 0x7c], Number.POSITIVE_INFINITY],
    ['bfloat16', [0xc0, 0x3f], 1.5],
  ])('%s %j', (type, bytes, value) => {
    expect(read(type, 1, raw(bytes))).toEqual([value]);
  });

  it('packed varints and half floats written as integers', () => {
    const packed = { form: 'integer', bytes: [Uint8Array.of(0x80, 0x7c, 1)] } as const;
    expect(read('int64', 2, packed)).toEqual([15_872, 1]);
    // 15,872 = 0x3e00.
    expect(read('float16', 2, packed)?.[0]).toBe(1.5);
  });

  it('is undefined where it is not what the shape says, not all there, large or elsewhere', () => {
    expect(read('int64', 2, raw(Array<number>(8).fill(0)))).toBeUndefined();
    expect(read('int64', 1, { form: 'integer', bytes: [Uint8Array.of(0x80)] })).toBeUndefined();
    expect(
      read('uint8', MAX_CONTENT_ELEMENTS + 1, raw(Array<number>(MAX_CONTENT_ELEMENTS + 1).fill(0))),
    ).toBeUndefined();
    expect(read('uint8', 1, { form: 'none' })).toBeUndefined();
    expect(read('string', 1, raw([1]))).toBeUndefined();
  });
});
