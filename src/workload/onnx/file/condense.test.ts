import { describe, expect, it } from 'vitest';
import { AccelsimError } from '../../../errors.js';
import { input, node, onnxFile, weights } from '../../../../test/fixtures/onnx-file.js';
import { onnxShapes } from '../import-onnx.js';
import { condenseOnnx } from './condense.js';
import type { ReadBytes } from './condense.js';
import { decodeOnnx } from './decode.js';

/** A megabyte of weights among the initializers, another in a node, and a small graph. */
const large = onnxFile({
  inputs: [input('x', [1, 512, 8, 8])],
  outputs: ['y'],
  nodes: [
    node('Constant', [], ['v'], { value: weights('', [512, 512, 1, 1]) }),
    node('Conv', ['x', 'w'], ['c']),
    node('Conv', ['c', 'v'], ['y']),
  ],
  initializers: [weights('w', [512, 512, 1, 1])],
});

function readerOf(file: Uint8Array): { readonly read: ReadBytes; readonly asked: { bytes: number } } {
  const asked = { bytes: 0 };
  const read: ReadBytes = (offset, length) => {
    asked.bytes += length;
    return file.subarray(offset, offset + length);
  };
  return { read, asked };
}

function condensed(file: Uint8Array): Uint8Array {
  return condenseOnnx(file.length, readerOf(file).read, 'large.onnx');
}

describe('condenseOnnx', () => {
  it('leaves the weights out, and neither reads them', () => {
    const { read, asked } = readerOf(large);
    const small = condenseOnnx(large.length, read, 'large.onnx');
    expect(small.length).toBeLessThan(1_000);
    expect(asked.bytes).toBeLessThan(200_000);
    expect(onnxShapes(small, 'small.onnx')).toEqual(onnxShapes(large, 'large.onnx'));
  });

  it('keeps a small file as it is', () => {
    const small = onnxFile({ inputs: [input('x', [1, 4])], outputs: ['y'], nodes: [node('Relu', ['x'], ['y'])] });
    expect(condensed(small)).toEqual(small);
    expect(condensed(new Uint8Array())).toEqual(new Uint8Array());
  });

  it('a branch is seen to be there, however large', () => {
    // A graph within an attribute, of 40 kB: field 6 of field 5 of field 1 of field 7.
    const graph = messageOf(6, messageOf(10, new Uint8Array(40_000)));
    const file = messageOf(7, messageOf(1, messageOf(5, graph)));
    const [branch] = decodeOnnx(condensed(file), 'branch.onnx').graph.nodes;
    expect([...branch!.attributes.values()][0]!.hasGraph).toBe(true);
  });

  it.each([
    ['zeros', new Uint8Array(100_000), 'field of number 0'],
    ['cut off', large.subarray(0, 500_000), 'longer than the'],
    ['all tiny fields', Uint8Array.from({ length: 10_000_000 }, (_, at) => (at % 2 === 0 ? 0x78 : 1)), 'parts'],
    ['a number without end', new Uint8Array(20).fill(0xff), 'invalid varint'],
  ])('%s', (_, file, message) => {
    expect(() => condensed(file)).toThrow(AccelsimError);
    expect(() => condensed(file)).toThrow(message);
  });

  it('a file that is shorter than its size', () => {
    expect(() => condenseOnnx(large.length * 2, readerOf(large).read, 'large.onnx')).toThrow(AccelsimError);
  });
});

function messageOf(field: number, content: Uint8Array): Uint8Array {
  const length = [
    (content.length % 128) + 128,
    (Math.floor(content.length / 128) % 128) + 128,
    Math.floor(content.length / 128 ** 2),
  ];
  return Uint8Array.of((field << 3) | 2, ...length, ...content);
}
