import { describe, expect, it } from 'vitest';
import { AccelsimError } from '../../../errors.js';
import { floats, input, node, onnxFile, weights } from '../../../../test/fixtures/onnx-file.js';
import { MAX_MEMORY_BYTES, MAX_NODES, MAX_PARTS } from '../limits.js';
import { readContent } from './content.js';
import { decodeOnnx } from './decode.js';

const GRAPH = 7;
const NODE = 1;
const INITIALIZER = 5;

/** A field of bytes as protobuf writes it: number and type, length, content. */
function field(number: number, content: Uint8Array | readonly number[]): Uint8Array {
  const head = [(number << 3) | 2, ...varint(content.length)];
  const bytes = new Uint8Array(head.length + content.length);
  bytes.set(head);
  bytes.set(content, head.length);
  return bytes;
}

function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}

function repeated(bytes: readonly number[], count: number): Uint8Array {
  return Uint8Array.from({ length: bytes.length * count }, (_, at) => bytes[at % bytes.length]!);
}

const small = onnxFile({
  inputs: [input('x', [1, 'channels', null])],
  outputs: ['y'],
  nodes: [node('Conv', ['x', 'w'], ['y'], { pads: [1, 2], auto_pad: 'NOTSET', alpha: { float: 0.5 }, group: 1 })],
  initializers: [weights('w', [2, 3, 5]), floats('b', [1, 2])],
  opset: 13,
});

describe('decodeOnnx', () => {
  it('reads the graph', () => {
    const { opsets, graph } = decodeOnnx(small, 'small.onnx');
    expect(opsets.get('')).toBe(13);
    expect(graph.inputs).toEqual([{ name: 'x', type: 'float32', shape: [1, 'channels', null] }]);
    expect(graph.outputs).toEqual(['y']);
    expect(graph.nodes[0]).toMatchObject({ operator: 'Conv', inputs: ['x', 'w'], outputs: ['y'] });
    expect(graph.nodes[0]!.attributes.get('pads')?.integers).toEqual([1, 2]);
    expect(graph.nodes[0]!.attributes.get('alpha')?.float).toBe(0.5);
    expect(graph.nodes[0]!.attributes.get('auto_pad')?.text).toBe('NOTSET');
    expect(graph.initializers.map(({ name, shape, type }) => ({ name, shape, type }))).toEqual([
      { name: 'w', shape: [2, 3, 5], type: 'float32' },
      { name: 'b', shape: [2], type: 'float32' },
    ]);
    expect(readContent(graph.initializers[1]!)).toEqual([1, 2]);
  });

  it('does not copy weights', () => {
    const { content } = decodeOnnx(small, 'small.onnx').graph.initializers[0]!;
    expect('bytes' in content && content.bytes[0]!.buffer).toBe(small.buffer);
  });

  it('reads a file that lies somewhere in a larger buffer', () => {
    const padded = Uint8Array.of(9, 9, 9, ...small, 9, 9);
    const { graph } = decodeOnnx(padded.subarray(3, 3 + small.length), 'small.onnx');
    expect(readContent(graph.initializers[1]!)).toEqual([1, 2]);
  });

  it('refuses every proper prefix, but for those that end between fields', () => {
    const told = Array.from(small.keys(), (end) => {
      try {
        decodeOnnx(small.subarray(0, end), 'cut.onnx');
        return 'read';
      } catch (error) {
        expect(error).toBeInstanceOf(AccelsimError);
        return 'refused';
      }
    });
    // The graph is the second last of three fields, and the file's version and operator set are its others.
    expect(told.filter((outcome) => outcome === 'read').length).toBeLessThan(3);
  });

  it.each([
    ['is empty', [], 'is empty, not an ONNX file'],
    ['is a text', new TextEncoder().encode('hello, world'), 'is not a sound ONNX file'],
    ['has no graph', [8, 8], 'there is no graph in it'],
    [
      'has a length of 2^63 - 1',
      [(GRAPH << 3) | 2, ...Array<number>(8).fill(0xff), 0x7f, 1, 2],
      'longer than the 2 bytes',
    ],
    ['has a length of 2^63', [(GRAPH << 3) | 2, ...Array<number>(9).fill(0x80), 1, 1, 2], 'longer than the 2 bytes'],
    ['has a length of 2^32', [(GRAPH << 3) | 2, 0x80, 0x80, 0x80, 0x80, 0x10, 1, 2], 'longer than the 2 bytes'],
    ['has a node longer than its graph', field(GRAPH, [(NODE << 3) | 2, 9, 1]), 'longer than the 1 bytes'],
    ['has a group', [(9 << 3) | 3, 1, (9 << 3) | 4], 'group'],
    ['has a number in place of a graph', [GRAPH << 3, 1], 'field 7 is not of the type that ONNX gives it'],
    ['has two graphs', [...field(GRAPH, []), ...field(GRAPH, [])], 'has two graphs'],
    ['has a tensor of an unknown type', field(GRAPH, field(INITIALIZER, [16, 99])), 'type 99, which ONNX has not'],
    [
      'has a size below zero',
      field(GRAPH, field(INITIALIZER, [8, ...Array<number>(9).fill(0xff), 1, 16, 1])),
      'size of -1',
    ],
    ['has too many dimensions', field(GRAPH, field(INITIALIZER, repeated([8, 1], 17))), 'at most 16 dimensions'],
    ['has too many nodes', field(GRAPH, repeated([(NODE << 3) | 2, 0], MAX_NODES + 1)), `at most ${MAX_NODES} nodes`],
    ['is all tiny fields', field(GRAPH, repeated([0x78, 1], MAX_PARTS + 1)), `at most ${MAX_PARTS} parts`],
    [
      'is one long list',
      field(GRAPH, field(INITIALIZER, field(1, repeated([1], MAX_PARTS + 1)))),
      `at most ${MAX_PARTS} parts`,
    ],
    ['has a name of a megabyte', field(GRAPH, field(2, repeated([97], 2 ** 20))), 'a name must be at most 4096 bytes'],
    ['has names of 68 MB', field(GRAPH, repeated([...field(2, repeated([97], 4000))], 17_000)), 'bytes of names'],
  ])('a file that %s', (_, bytes, message) => {
    expect(() => decodeOnnx(Uint8Array.from(bytes), 'bad.onnx')).toThrow(AccelsimError);
    expect(() => decodeOnnx(Uint8Array.from(bytes), 'bad.onnx')).toThrow(message);
  });

  it('a text and a graph in a graph, each in itself, are not gone into', () => {
    // 2,000 types within each other: a reader that calls itself would do so as often.
    let nested: Uint8Array = Uint8Array.of();
    for (let depth = 0; depth < 2_000; depth += 1) nested = field(4, field(1, nested));
    const file = field(GRAPH, field(11, [...field(1, [120]), ...field(2, nested)]));
    expect(decodeOnnx(file, 'deep.onnx').graph.inputs).toEqual([{ name: 'x', type: undefined, shape: undefined }]);
  });

  it('refuses what takes too much memory', () => {
    expect(() => decodeOnnx(new Uint8Array(MAX_MEMORY_BYTES + 1), 'large.onnx')).toThrow('bytes in memory');
  });
});
