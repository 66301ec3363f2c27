import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runSource } from '../fixtures/run-source.js';
import { input, node, onnxFile } from '../fixtures/onnx-file.js';

const MAX_MS = 2_000;
const MAX_BYTES = 500e6;
const folder = mkdtempSync(join(tmpdir(), 'accelsim-onnx-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file of a gigabyte or more takes moments and little memory', () => {
  it.each([
    ['zeros', () => sparse('zeros.onnx', Uint8Array.of(), 2 ** 30), /is not a sound ONNX file/],
    ['tiny fields', () => written('tiny.onnx', Buffer.alloc(2 ** 25, Uint8Array.of(0x78, 1))), /at most \d+ parts/],
    ['a network whose weights are that large', () => heavy('heavy.onnx', 2 ** 30), /^1 layers$/],
    ['the same, cut off', () => sparse('cut.onnx', headOf(2 ** 30), 2 ** 29), /longer than the \d+ bytes/],
    [
      'more than protobuf allows',
      () => sparse('huge.onnx', Uint8Array.of(), 2 ** 32),
      /must be at most 2147483648 bytes/,
    ],
  ])('%s', async (_, make, expected) => {
    const { stdout, stderr } = await runSource('test/fixtures/measured-import.ts', [make()]);
    expect(stderr).toBe('');
    const { told, ms, peakBytes } = JSON.parse(stdout) as { told: string; ms: number; peakBytes: number };
    expect(told).toMatch(expected);
    expect(ms).toBeLessThan(MAX_MS);
    expect(peakBytes).toBeLessThan(MAX_BYTES);
  });
});

/** A sound file with one convolution that has `bytes` of weights. */
function heavy(name: string, bytes: number): string {
  const head = headOf(bytes);
  return sparse(name, head, head.length + bytes);
}

/** All of such a file but the weights, which stand last. */
function headOf(bytes: number): Uint8Array {
  const light = onnxFile({
    inputs: [input('x', [1, 2 ** 12, 4, 4])],
    outputs: ['y'],
    nodes: [node('Conv', ['x', 'w'], ['y'])],
  });
  // Sizes 2^k x 2^12 x 1 x 1 of 4 bytes each, their type (float32 is 1), their name, and the bytes (field 9).
  const sizes = [bytes / 4 / 2 ** 12, 2 ** 12, 1, 1].flatMap((size) => [0x08, ...varint(size)]);
  const tensor = [...sizes, 0x10, 1, 0x42, 1, 'w'.charCodeAt(0), 0x4a, ...varint(bytes)];
  // A second graph field would be another graph, so the tensor is appended to the one there is: the file's last field.
  const graphTag = light.indexOf(0x3a);
  const graph = light.subarray(graphTag + 1 + lengthBytes(light, graphTag + 1));
  const initializer = [0x2a, ...varint(tensor.length + bytes), ...tensor];
  return Uint8Array.of(
    ...light.subarray(0, graphTag),
    0x3a,
    ...varint(graph.length + initializer.length + bytes),
    ...graph,
    ...initializer,
  );
}

function lengthBytes(file: Uint8Array, at: number): number {
  return file[at]! < 128 ? 1 : 1 + lengthBytes(file, at + 1);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function written(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A file whose end is zeros that take no room on a disk. */
function sparse(name: string, head: Uint8Array, size: number): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  writeSync(file, head);
  ftruncateSync(file, size);
  closeSync(file);
  return path;
}
