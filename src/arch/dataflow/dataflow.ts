import { loopClassOf, type LoopClass, type LoopDimension } from './loop-dimension.js';

/** The sides of an array. A plane of elements has rows and columns; `depth` stands for several planes. */
export const arraySides = ['rows', 'columns', 'depth'] as const;

export type ArraySide = (typeof arraySides)[number];

/** What one side of the array lays out in space. */
export interface SpatialAxis {
  /** Loops that lie along the axis, flattened into one: an axis of 16 takes 3 x 3 x 2 positions in 2 folds. */
  readonly unroll: readonly LoopDimension[];
  /** Operands or sums hop from element to element, so each fold fills and drains: size - 1 cycles. Else a bus or tree. */
  readonly systolic: boolean;
}

/** How a layer's loops lie on the array, as a machine file states it. */
export interface DataflowSpec {
  readonly name: string;
  readonly description: string;
  /** The operand that stays in the elements during a fold, while the others pass. */
  readonly stationary: 'weights' | 'inputs' | 'outputs';
  /** A side that is not named has its elements idle beyond the first. */
  readonly axes: Readonly<Partial<Record<ArraySide, SpatialAxis>>>;
}

/** A dataflow with what follows from its statement. */
export interface Dataflow extends DataflowSpec {
  /** The class of loops that does not change the stationary operand: a fold runs through it. */
  readonly stream: Exclude<LoopClass, 'groups'>;
  /** A stationary operand is shifted in before a fold, one row of elements per cycle. */
  readonly preloads: boolean;
  /** Sums of a fold stay inside the elements, so an uncut reduction needs no accumulator outside. */
  readonly accumulatesInArray: boolean;
  /** Output channels and groups share an axis, so a fold may hold channels of several groups. */
  readonly mixesGroups: boolean;
}

const STREAM = { weights: 'pixels', inputs: 'outputChannels', outputs: 'reduction' } as const;

export function completeDataflow<const Spec extends DataflowSpec>(spec: Spec): Dataflow & Pick<Spec, 'name'> {
  return {
    ...spec,
    stream: STREAM[spec.stationary],
    preloads: spec.stationary !== 'outputs',
    accumulatesInArray: spec.stationary === 'outputs',
    mixesGroups: Object.values(spec.axes).some(
      ({ unroll }) => unroll.includes('groups') && unroll.includes('outputChannels'),
    ),
  };
}

/** The sides that lay out loops, each with what lies on it. */
export function axesOf({ axes }: Pick<DataflowSpec, 'axes'>): [ArraySide, SpatialAxis][] {
  return arraySides.flatMap((side): [ArraySide, SpatialAxis][] => {
    const axis = axes[side];
    return axis === undefined ? [] : [[side, axis]];
  });
}

/** What is wrong with a dataflow, if anything: by axis (or for all of it), in words. */
export function dataflowFaults(spec: DataflowSpec): { readonly side: ArraySide | null; readonly rule: string }[] {
  const faults: { side: ArraySide | null; rule: string }[] = [];
  const taken = new Map<LoopDimension, ArraySide>();
  for (const side of arraySides) {
    const axis = spec.axes[side];
    if (axis === undefined) continue;
    for (const dimension of axis.unroll) {
      const other = taken.get(dimension);
      if (other !== undefined)
        faults.push({ side, rule: `must not unroll ${dimension} again, which lies on ${other}` });
      taken.set(dimension, side);
    }
    const classes = new Set(axis.unroll.map(loopClassOf));
    const groupsWithChannels = classes.size === 2 && classes.has('groups') && classes.has('outputChannels');
    if (classes.size > 1 && !groupsWithChannels) {
      const rule =
        'must unroll loops of one kind: pixels (batch, outputRows, outputColumns), outputChannels, ' +
        'reduction (inputChannels, kernelRows, kernelColumns), groups, or groups with outputChannels';
      faults.push({ side, rule });
    }
    if (groupsWithChannels && spec.stationary === 'inputs') {
      faults.push({
        side,
        rule: 'must not flatten groups with outputChannels where inputs stay: inputs differ by group',
      });
    }
  }
  if (taken.size === 0) faults.push({ side: null, rule: 'must unroll at least one loop along some axis' });
  return faults;
}
