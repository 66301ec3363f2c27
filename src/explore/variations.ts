import type { ArchSpec } from '../arch/index.js';
import type { Mode } from '../performance/index.js';
import { withBatch, type Network } from '../workload/index.js';

/** A machine, a network and a question, to be varied one parameter at a time. */
export interface Subject {
  readonly arch: ArchSpec;
  readonly network: Network;
  readonly mode: Mode;
}

/** One change to a subject; undefined where it cannot be made (half of one image). */
export interface Variation {
  readonly parameter: string;
  readonly change: string;
  readonly apply: (subject: Subject) => Subject | undefined;
}

/** Parameters of a machine (and the batch) that can be scaled; each says how, so that a study needs no other list. */
const scales: readonly {
  readonly parameter: string;
  readonly scale: (subject: Subject, factor: number) => Subject | undefined;
}[] = [
  { parameter: 'cores', scale: (s, f) => whole(s.arch.cores * f, (cores) => ({ ...s, arch: { ...s.arch, cores } })) },
  {
    parameter: 'array.rows',
    scale: (s, f) =>
      whole(s.arch.array.rows * f, (rows) => ({ ...s, arch: { ...s.arch, array: { ...s.arch.array, rows } } })),
  },
  {
    parameter: 'array.columns',
    scale: (s, f) =>
      whole(s.arch.array.columns * f, (columns) => ({
        ...s,
        arch: { ...s.arch, array: { ...s.arch.array, columns } },
      })),
  },
  {
    parameter: 'scratchpad.capacityKiB',
    scale: (s, f) =>
      whole(s.arch.scratchpad.capacityKiB * f, (capacityKiB) => ({
        ...s,
        arch: { ...s.arch, scratchpad: { ...s.arch.scratchpad, capacityKiB } },
      })),
  },
  { parameter: 'clockGHz', scale: (s, f) => ({ ...s, arch: { ...s.arch, clockGHz: s.arch.clockGHz * f } }) },
  {
    parameter: 'vectorUnit.lanes',
    scale: (s, f) =>
      whole(s.arch.vectorUnit.lanes * f, (lanes) => ({
        ...s,
        arch: { ...s.arch, vectorUnit: { ...s.arch.vectorUnit, lanes } },
      })),
  },
  {
    parameter: 'offChip.latencyNs',
    scale: (s, f) => ({
      ...s,
      arch: { ...s.arch, offChip: { ...s.arch.offChip, latencyNs: s.arch.offChip.latencyNs * f } },
    }),
  },
  {
    parameter: 'batch',
    scale: (s, f) => whole(s.network.batch * f, (batch) => ({ ...s, network: withBatch(s.network, batch) })),
  },
];

/** Every parameter halved and doubled, where that makes sense. */
export const halvedAndDoubled: readonly Variation[] = scales.flatMap(({ parameter, scale }) =>
  [0.5, 2].map((factor) => ({
    parameter,
    change: factor < 1 ? 'halved' : 'doubled',
    apply: (subject: Subject) => scale(subject, factor),
  })),
);

/** Choices of the model and the machine that are not sizes. */
export const otherChoices: readonly Variation[] = [
  {
    parameter: 'array.dataflows',
    change: 'output-stationary',
    apply: (s) => ({ ...s, arch: { ...s.arch, array: { ...s.arch.array, dataflows: ['output-stationary'] } } }),
  },
  {
    parameter: 'array.dataflows',
    change: 'best of three, by layer',
    apply: (s) => ({
      ...s,
      arch: {
        ...s.arch,
        array: { ...s.arch.array, dataflows: ['weight-stationary', 'output-stationary', 'input-stationary'] },
      },
    }),
  },
  {
    parameter: 'array.preload',
    change: 'exposed',
    apply: (s) => ({ ...s, arch: { ...s.arch, array: { ...s.arch.array, preload: 'exposed' } } }),
  },
  { parameter: 'mode', change: 'throughput', apply: (s) => ({ ...s, mode: 'throughput' }) },
];

function whole(value: number, make: (value: number) => Subject): Subject | undefined {
  return Number.isInteger(value) && value >= 1 ? make(value) : undefined;
}
