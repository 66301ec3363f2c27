import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accelsimHere } from '../fixtures/command-here.js';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'accelsim-'));
  writeFileSync(join(cwd, 'file'), '');
});
afterAll(() => rmSync(cwd, { recursive: true }));

const shipped = (path: string): string => readFileSync(join(import.meta.dirname, '..', '..', path), 'utf8');

/** The default machine with its text changed; the change must take place. */
function machine(from: string | RegExp, to: string): string {
  const text = shipped('arch/default.json');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`arch/default.json has no ${from}`);
  return changed;
}

/** Two convolutions of 4 x 8 x 8 values, the second reading the first. */
function network(...layers: readonly object[]): string {
  return JSON.stringify({ name: 'small', inputs: [{ name: 'image', channels: 4, height: 8, width: 8 }], layers });
}
const conv = (name: string, input: string, more: object = {}): object => ({
  name,
  kind: 'convolution',
  input,
  outputChannels: 4,
  kernel: 1,
  ...more,
});

interface Bad {
  readonly what: string;
  readonly args: readonly string[];
  /** Written into the folder before the run. */
  readonly files?: Readonly<Record<string, string>>;
  /** One for each error, in order. */
  readonly errors: readonly RegExp[];
}

const nowhere = ['file/net.json', 'x'.repeat(300)].flatMap((path): readonly Bad[] => [
  {
    what: `a workload at ${path.slice(0, 20)}`,
    args: ['--workload', path],
    errors: [/--workload: no such workload or file/],
  },
  { what: `a machine at ${path.slice(0, 20)}`, args: ['--arch', path], errors: [/--arch: no such machine or file/] },
]);

const badOptions: readonly Bad[] = [
  ...nowhere,
  {
    what: 'an unknown option, with the nearest',
    args: ['--bitz', '4'],
    errors: [/unknown option '--bitz'\n\(Did you mean --bits\?\)/],
  },
  { what: 'an option without its value', args: ['--bits'], errors: [/option '--bits <list>' argument missing/] },
  { what: 'an option given twice', args: ['--bits', '4', '--bits', '8'], errors: [/'--bits <list>'.* given twice/] },
  {
    what: 'an unknown command, with the nearest',
    args: ['expalin'],
    errors: [/no such command \(found "expalin"\); did you mean accelsim explain\?/],
  },
  { what: 'a word after a command', args: ['explain', '16,4'], errors: [/takes options only \(found "16,4"\)/] },
  {
    what: 'unsupported bits, and bits named twice',
    args: ['--bits', '17,4,4,0'],
    errors: [/--bits: .*16.*"17"/, /--bits: .*once.*"4"/, /--bits: .*"0"/],
  },
  { what: 'bits that are no number', args: ['--bits', 'NaN'], errors: [/--bits: .*"NaN"/] },
  { what: 'edge bits out of range', args: ['--edge-bits', '33'], errors: [/--edge-bits: .*"same".*"33"/] },
  {
    what: 'negative and missing bandwidths',
    args: ['--bandwidth', '-1,'],
    errors: [/--bandwidth: .*GB\/s.*"-1"/, /--bandwidth: .*""/],
  },
  {
    what: 'a batch of zero',
    args: ['--batch', '0'],
    errors: [/--batch: must be a whole number from 1 to 9007199254740991, written in digits \(found "0"\)/],
  },
  { what: 'a folder for a machine', args: ['--arch', '.'], errors: [/--arch: is a folder, not a file \(found "\."\)/] },
  {
    what: 'an empty name of a folder',
    args: ['--out', ''],
    errors: [/'--out <folder>' argument '' is invalid.*empty/],
  },
  { what: 'a batch and a half', args: ['--batch', '1.5'], errors: [/--batch: .*"1\.5"/] },
  { what: 'an unknown format', args: ['--format', 'yaml'], errors: [/'yaml' is invalid.*table, json, csv, markdown/] },
  {
    what: 'a choice with a wrong letter, with the nearest',
    args: ['--dataflow', 'weight-stationery'],
    errors: [/'weight-stationery' is invalid.*output-stationary,.* Did you mean weight-stationary\?/],
  },
  { what: 'an unknown mode', args: ['--mode', 'fast'], errors: [/'fast' is invalid.*latency, throughput/] },
  { what: 'shortcut bits out of range', args: ['--shortcut-bits', '17'], errors: [/--shortcut-bits: .*16.*"17"/] },
  {
    what: 'shortcut bits beside a list of bits',
    args: ['--precision', 'hawq-v3-uniform8', '--shortcut-bits', '16'],
    errors: [/--precision: .*--shortcut-bits would have no effect/],
  },
  {
    what: 'bits beside a precision file',
    args: ['--precision', 'file', '--bits', '4'],
    errors: [/file.*/, /--precision: .*--bits would have no effect/],
  },
  { what: 'one width to explain', args: ['explain', '--bits', '4'], errors: [/--bits: must be two widths/] },
  {
    what: 'several mistakes, all told',
    args: ['--bits', '99', '--batch', 'x', '--chart', 'a.gif'],
    errors: [/--batch/, /--bits/, /--chart: must end in \.png or \.svg/],
  },
];

const badFiles: readonly Bad[] = [
  {
    what: 'a missing machine',
    args: ['--arch', 'none.json'],
    errors: [/--arch: no such machine or file \(found "none\.json"\); .*default/],
  },
  { what: 'a missing precision file', args: ['--precision', 'none.json'], errors: [/none\.json: no such file/] },
  { what: 'a folder in place of a file', args: ['--precision', '.'], errors: [/\.: is a folder, not a file/] },
  {
    what: 'an unknown workload, with the nearest and the list',
    args: ['--workload', 'resnet5'],
    errors: [
      /--workload: no such workload or file \(found "resnet5"\); did you mean resnet50\? see accelsim workload list; or give a file/,
    ],
  },
  {
    what: 'invalid JSON, with line and column',
    args: ['--arch', 'a.json'],
    files: { 'a.json': '{\n  "name": "x",\n  "clockGHz": }' },
    errors: [/a\.json:3:15: /],
  },
  {
    what: 'a duplicate key',
    args: ['--arch', 'b.json'],
    files: { 'b.json': machine('"clockGHz":', '"clockGHz": 2, "clockGHz":') },
    errors: [/b\.json:\d+:\d+: clockGHz: given twice/],
  },
  {
    what: 'an unknown field, with the nearest name',
    args: ['--arch', 'c.json'],
    files: { 'c.json': machine('"preload"', '"prelod"') },
    errors: [/c\.json:\d+:\d+: array\.prelod: unknown field; did you mean preload\?/],
  },
  {
    what: 'a wrong unit suffix',
    args: ['--arch', 'd.json'],
    files: { 'd.json': machine('"clockGHz"', '"clockMHz"') },
    errors: [/d\.json:\d+:\d+: clockMHz: .*clockGHz.*unit/],
  },
  {
    what: 'negative and zero sizes, all at once',
    args: ['--arch', 'e.json'],
    files: { 'e.json': machine(/"rows": \d+/, '"rows": -16').replace(/"columns": \d+/, '"columns": 0') },
    errors: [/e\.json:\d+:\d+: array\.rows: .*-16/, /e\.json:\d+:\d+: array\.columns: .*0/],
  },
  {
    what: 'a number that is none',
    args: ['--arch', 'f.json'],
    files: { 'f.json': machine(/"clockGHz": [\d.]+/, '"clockGHz": NaN') },
    errors: [/f\.json:\d+:\d+: .*NaN/],
  },
  {
    // 8 bits in the only layer: one window of one channel takes 64 x 64 bytes.
    what: 'a layer that can not fit: which bytes, which capacity',
    args: ['--arch', 'g.json', '--workload', 'g-net.json'],
    files: {
      'g.json': machine(/"capacityKiB": \d+/, '"capacityKiB": 1'),
      'g-net.json': JSON.stringify({
        name: 'wide',
        inputs: [{ name: 'image', channels: 1, height: 64, width: 64 }],
        layers: [conv('window', 'image', { kernel: 64 })],
      }),
    },
    errors: [/scratchpad\.capacityKiB: layer window .*\d+ bytes.*1024 bytes.*KiB/],
  },
  {
    what: 'a dangling graph',
    args: ['--workload', 'h.json'],
    files: { 'h.json': network(conv('first', 'image'), conv('second', 'frist')) },
    errors: [/h\.json.*: layers\[?\.?1.*frist.*first/],
  },
  {
    what: 'a cyclic graph',
    args: ['--workload', 'i.json'],
    files: { 'i.json': network({ name: 'sum', kind: 'addition', inputs: ['image', 'second'] }, conv('second', 'sum')) },
    errors: [/i\.json:1:\d+: layers\[0\]: .*sum -> second -> sum/],
  },
  {
    what: 'shapes that do not agree',
    args: ['--workload', 'j.json'],
    files: {
      'j.json': network(conv('first', 'image'), conv('second', 'image', { outputChannels: 8 }), {
        name: 'sum',
        kind: 'addition',
        inputs: ['first', 'second'],
      }),
    },
    errors: [/j\.json.*: layers\[?\.?2.*4.*8/],
  },
  {
    what: 'bits of a layer that is not there, and bits out of range',
    args: ['--precision', 'k.json'],
    files: { 'k.json': '{ "default": { "weightBits": 4, "activationBits": 40 } }' },
    errors: [/k\.json:\d+:\d+: default\.activationBits: .*16.*40/],
  },
  { what: 'two bad files at once', args: ['--arch', 'none', '--workload', 'none'], errors: [/--arch/, /--workload/] },
  {
    what: 'a file in place of the folder to write',
    args: ['--out', 'file'],
    errors: [/file: must be a folder to write into/],
  },
  { what: 'a folder below a file', args: ['--out', 'file/below'], errors: [/file\/below: /] },
  { what: 'a chart below a file', args: ['--chart', 'file/a.png'], errors: [/file/] },
  { what: 'a chart kind without a file', args: ['--chart-kind', 'roofline'], errors: [/--chart-kind: needs --chart/] },
  {
    what: 'a chart of one run for two',
    args: ['--bits', '16,4', '--chart', 'a.png', '--chart-kind', 'roofline'],
    errors: [/roofline draws one run/],
  },
];

describe.concurrent.each([...badOptions, ...badFiles])('$what', ({ args, files = {}, errors }) => {
  test('is told in one error each, exits with 1, and nothing is written', async () => {
    const folder = mkdtempSync(join(cwd, 'run-'));
    for (const [name, text] of Object.entries({ file: 'kept', ...files })) writeFileSync(join(folder, name), text);
    const before = readdirSync(folder);
    // Where it would be written, if it were.
    const out = args.some((argument) => ['--out', '--help'].includes(argument) || args[0] === 'explain')
      ? []
      : ['--out', 'report'];
    const { code, stdout, stderr } = await accelsimHere([...out, ...args], { cwd: folder });
    expect(code, stderr).toBe(1);
    expect(stdout).toBe('');
    const found = stderr.split(/^error: /m).slice(1);
    for (const [index, error] of errors.entries()) expect(found[index]).toMatch(error);
    expect(found).toHaveLength(errors.length);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/\bat .*\.js:\d+|undefined|\[object/);
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('kept');
  });
});
