import { archOf, type MachineSketch } from '../../../test/properties/machines.test-data.js';
import type { ArchSpec } from '../../arch/index.js';
import type { NetworkJson } from '../../workload/index.js';
import { prepareStudy } from './prepare-study.js';
import type { PreparedStudy } from './prepared-study.js';
import { readStudyValue, studyNeeds } from './read-study.js';
import type { StudyJson } from './schema.js';

/** Two convolutions and a classifier, of a few thousand MACs. */
export const tiny: NetworkJson = {
  name: 'tiny',
  inputs: [{ name: 'image', channels: 3, height: 8, width: 8 }],
  layers: [
    { name: 'stem', kind: 'convolution', input: 'image', outputChannels: 8, kernel: 3, padding: 1 },
    { name: 'body', kind: 'convolution', input: 'stem', outputChannels: 8, kernel: 3, padding: 1 },
    { name: 'head', kind: 'linear', input: 'body', outputFeatures: 10 },
  ],
};

/** A product of matrices: weights and next to no reuse. */
export const dense: NetworkJson = {
  name: 'dense',
  inputs: [{ name: 'x', channels: 64, height: 1, width: 1 }],
  layers: [
    { name: 'first', kind: 'linear', input: 'x', outputFeatures: 96 },
    { name: 'second', kind: 'linear', input: 'first', outputFeatures: 64 },
  ],
};

/** Kernels that are not cut: 961 weights of one filter. */
export const wide: NetworkJson = {
  name: 'wide',
  inputs: [{ name: 'image', channels: 1, height: 32, width: 32 }],
  layers: [{ name: 'blur', kind: 'convolution', input: 'image', outputChannels: 1, kernel: 31 }],
};

const networks: Readonly<Record<string, NetworkJson>> = { tiny, dense, wide };

/** A study of small networks on a small machine, ready to run; `bits` by `cores` unless it says otherwise. */
export function smallStudy(
  study: Partial<StudyJson> = {},
  machine: Partial<MachineSketch> = {},
  finish: (arch: ArchSpec) => ArchSpec = (arch) => arch,
): PreparedStudy {
  const whole: StudyJson = {
    name: 'small',
    workloads: ['tiny'],
    axes: [
      { field: 'bits', values: [16, 8, 4] },
      { field: 'cores', values: [1, 2] },
    ],
    objectives: ['latencyMs', 'offChipBytes'],
    ...study,
  };
  const { workloads: _, ...others } = whole;
  const read = readStudyValue(study.workloads === undefined && 'workloads' in study ? others : whole, 'small.json');
  const { workloads } = studyNeeds(read);
  return prepareStudy(read, {
    machine: finish(archOf({ capacityKiB: 4, ...machine })),
    networks: Object.fromEntries(workloads.map((name) => [name, networks[name]!])),
    precisionLists: {},
  });
}

/** Short, and different for the texts of a test: FNV-1a (Fowler, Noll and Vo), twice. */
export function testKey(text: string): string {
  let [low, high] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at++) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
    high = Math.imul(high ^ text.charCodeAt(text.length - 1 - at), 0x01000193);
  }
  return [low, high].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
