import type { TimePart } from '../../explore/index.js';

/** Words about a part of a run's time. */
export interface PartTexts {
  /** Head of its column. */
  readonly column: string;
  readonly name: string;
  /** Why it shrinks less than the ratio of peaks. */
  readonly cost: string;
  /** Why it shrinks more. */
  readonly gain: string;
}

/** What a part that has no reason of its own to shrink may gain all the same. */
const BETTER_LAID = 'mappings that did not fit before lay it on the machine better';

export const partTexts = {
  edges: {
    column: 'first, last\nlayer',
    name: 'first and last layer',
    cost:
      'they keep wider operands, so that their work and their bytes shrink less; it weighs where the rest is little, or ' +
      'the classifier large',
    gain: BETTER_LAID,
  },
  vectorUnit: {
    column: 'vector\nunit',
    name: 'vector unit',
    cost:
      'pooling, additions, normalisation, softmax and copies take it as many cycles at few bits as at many, and so a ' +
      'larger part of the time',
    gain: BETTER_LAID,
  },
  groups: {
    column: 'grouped\nconvolution',
    name: 'convolutions in groups',
    cost:
      'an output of a depthwise convolution sums over one channel only, nine products for a 3x3 kernel, too few for the ' +
      'array at many bits already, so that the lanes of narrow operands stay idle',
    gain: BETTER_LAID,
  },
  array: {
    column: 'other work\non array',
    name: 'other work on the array',
    cost: 'layers are so small that filling and draining the array is much of their work, or sums do not fill the lanes',
    gain: BETTER_LAID,
  },
  memory: {
    column: 'waiting for\nmemory',
    name: 'waiting for memory',
    cost:
      'bytes shrink by no more than the bits do, each request waits for its answer as long as before, and shorter work ' +
      'hides less of it',
    gain: 'what began to fit on chip is not moved at all, or not as many times',
  },
} as const satisfies Record<TimePart, PartTexts>;

/** In the order in which they are shown. */
export const timePartNames: readonly TimePart[] = ['edges', 'vectorUnit', 'groups', 'array', 'memory'];
