import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** 2 x 7 x 8 x 5. */
export const SMALL_POINTS = 560;

const LAYERS = 20;
/** On a computer that is busy with other things. */
const PATIENCE_MS = 120_000;

/** A chain of convolutions, all alike: quick to answer, and yet thought long enough to be cut into a dozen chunks. */
const network = {
  name: 'chain',
  inputs: [{ name: 'image', channels: 4, height: 4, width: 4 }],
  layers: Array.from({ length: LAYERS }, (_, at) => ({
    name: `conv${at}`,
    kind: 'convolution',
    input: at === 0 ? 'image' : `conv${at - 1}`,
    outputChannels: 4,
    kernel: 1,
  })),
};

/** A fifth of its points is poisoned: a MAC unit without a mode of as many bits. */
const study = {
  name: 'small',
  machine: './machine.json',
  workloads: ['./chain.json'],
  axes: [
    { field: 'bits', values: [8, 4] },
    { field: 'cores', range: { from: 1, to: 25, step: 4 } },
    { field: 'offChip.bandwidthGBps', powersOfTwo: { from: 1, to: 128 } },
    {
      name: 'machine',
      levels: {
        '1 KiB': { 'scratchpad.capacityKiB': 1 },
        '2 KiB': { 'scratchpad.capacityKiB': 2 },
        '4 KiB': { 'scratchpad.capacityKiB': 4 },
        '8 KiB': { 'scratchpad.capacityKiB': 8 },
        'no mode': { 'mac.modeBits': [3] },
      },
    },
  ],
  constraints: ['latencyMs <= 0.0035'],
  objectives: ['latencyMs', 'utilization', 'offChipBytes'],
};

/** Long enough to be stopped on its way by who looks at what it stores: 2 x 25 x 8 x 5 points. */
const longStudy = {
  ...study,
  name: 'long',
  axes: study.axes.map((axis) => (axis.field === 'cores' ? { ...axis, range: { from: 1, to: 25, step: 1 } } : axis)),
};

/** Writes the study, a longer one (`long.json`), their network and machine. @returns the name of the study's file */
export function writeSmallStudy(folder: string): string {
  copyFileSync(fileURLToPath(new URL('../../arch/default.json', import.meta.url)), join(folder, 'machine.json'));
  writeFileSync(join(folder, 'chain.json'), JSON.stringify(network));
  writeFileSync(join(folder, 'small.json'), JSON.stringify(study));
  writeFileSync(join(folder, 'long.json'), JSON.stringify(longStudy));
  return 'small.json';
}

/** What a study came to, as bytes. */
export function outcomeIn(folder: string): Readonly<Record<'front' | 'results' | 'table', string>> {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { front: read('front.csv'), results: read('results.ndjson'), table: read('results.csv') };
}

/** Resolves when at least so many files of points are there. */
export async function hasStored(folder: string, files: number): Promise<void> {
  const points = join(folder, 'points');
  const end = Date.now() + PATIENCE_MS;
  while (!existsSync(points) || readdirSync(points).length < files) {
    if (Date.now() > end) throw new Error(`${points} does not come to hold ${files} files`);
    await pause(5);
  }
}

/** Keys of all points that are stored, those of one that is stored twice twice; and what is no file of points. */
export function storedIn(folder: string): { readonly keys: string[]; readonly strangers: string[] } {
  const names = readdirSync(join(folder, 'points'));
  const keys = names
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) =>
      readFileSync(join(folder, 'points', name), 'utf8')
        .split('\n')
        .slice(1, -1),
    )
    .map((line) => (JSON.parse(line) as { key: string }).key);
  return { keys, strangers: names.filter((name) => !name.endsWith('.ndjson')) };
}
