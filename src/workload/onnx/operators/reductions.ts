import type { LayerJson } from '../../schema.js';
import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { axesOf, axisOf, elementsOf } from '../graph/shapes.js';
import type { Value } from '../graph/value.js';
import type { NetworkBuilder } from '../network/builder.js';
import { reshapeLayout } from '../network/layout.js';
import type { Axis, Layout } from '../network/layout.js';
import type { Operator } from './operator.js';

type ReduceFunction = Extract<LayerJson, { kind: 'reduce' }>['function'];

interface Reduction {
  /** Axes that become 1. */
  readonly axes: readonly number[];
  readonly keepsAxes: boolean;
}

function reduction(name: ReduceFunction, of: (operation: Operation) => Reduction, type?: Value['type']): Operator {
  return {
    infer(operation) {
      const { shape, type: elements, content } = operation.input(0);
      const { axes, keepsAxes } = of(operation);
      const made = shape.flatMap((size, axis) => (axes.includes(axis) ? (keepsAxes ? [1] : []) : [size]));
      const isWhole = elementsOf(made) === 1 && content !== undefined && content.length > 0;
      const total = isWhole ? fold(name, content) : undefined;
      return [{ shape: made, type: type ?? elements, content: total === undefined ? undefined : [total] }];
    },
    place: (operation, network) => placeReduction(operation, network, name, of(operation)),
  };
}

/** What layers call the axes. */
const along = { channels: 'channels', height: 'rows', width: 'columns' } as const satisfies Record<Axis, string>;

function placeReduction(
  operation: Operation,
  network: NetworkBuilder,
  name: ReduceFunction,
  { axes }: Reduction,
): void {
  const input = operation.variableNames[0]!;
  const { shape } = network.value(input);
  if (axes.every((axis) => shape[axis] === 1)) {
    network.alias(
      operation,
      reshapeLayout(shape, network.layoutOf(input), operation.result(0).shape),
      'nothing to reduce',
    );
    return;
  }
  const layout = separate(shape, network.layoutOf(input), axes);
  const over = [...new Set(axes.filter((axis) => shape[axis]! > 1).map((axis) => along[layout[axis]!]))];
  const kept =
    operation.result(0).shape.length === shape.length ? layout : layout.filter((_, axis) => !axes.includes(axis));
  network.add(operation, { kind: 'reduce', function: name, input: network.read(input, layout), over }, kept);
}

/** The layout as it is where no axis that goes lies with one that stays; else one that has them apart. */
function separate(shape: readonly number[], layout: Layout, axes: readonly number[]): Layout {
  const going = new Set<Axis>();
  const staying = new Set<Axis>();
  for (const [axis, size] of shape.entries()) if (size > 1) (axes.includes(axis) ? going : staying).add(layout[axis]!);
  if ([...going].every((place) => !staying.has(place))) return layout;
  return shape.map((_, axis) => (axes.includes(axis) ? 'height' : 'channels'));
}

function fold(name: ReduceFunction, content: readonly number[]): number | undefined {
  const folds: Partial<Record<ReduceFunction, (a: number, b: number) => number>> = {
    sum: (a, b) => a + b,
    product: (a, b) => a * b,
    maximum: Math.max,
    minimum: Math.min,
  };
  const step = folds[name];
  return step === undefined ? undefined : content.reduce((a, b) => step(a, b));
}

function listed(operation: Operation): Reduction {
  const { shape } = operation.input(0);
  const asked = operation.list('axes', 1);
  const all = shape.map((_, axis) => axis);
  const isNone = asked === undefined || asked.length === 0;
  if (isNone && operation.integer('noop_with_empty_axes', 0) === 1) return { axes: [], keepsAxes: true };
  return { axes: isNone ? all : axesOf(asked, shape.length), keepsAxes: operation.integer('keepdims', 1) === 1 };
}

/** The place of the largest or smallest element. */
function single(operation: Operation): Reduction {
  const { shape } = operation.input(0);
  if (shape.length === 0) refuse('its input is a scalar');
  return {
    axes: [axisOf(operation.integer('axis', 0), shape.length)],
    keepsAxes: operation.integer('keepdims', 1) === 1,
  };
}

export const reductions = {
  ReduceMean: reduction('mean', listed),
  ReduceSum: reduction('sum', listed),
  ReduceMax: reduction('maximum', listed),
  ReduceMin: reduction('minimum', listed),
  ReduceProd: reduction('product', listed),
  ReduceL1: reduction('norm', listed),
  ReduceL2: reduction('norm', listed),
  ReduceSumSquare: reduction('norm', listed),
  ReduceLogSum: reduction('sum', listed),
  ReduceLogSumExp: reduction('sum', listed),
  ArgMax: reduction('maximum', single, 'int64'),
  ArgMin: reduction('minimum', single, 'int64'),
} as const satisfies Record<string, Operator>;
