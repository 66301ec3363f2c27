import type { Operation } from '../graph/operation.js';
import { refuse } from '../graph/refusal.js';
import { formatDimensions } from '../graph/shapes.js';
import { statedBits } from '../graph/value.js';
import { imageLayout } from '../network/layout.js';
import type { Operator } from './operator.js';
import { rowsAndColumns, windowsOf } from './window.js';

function pool(type: 'max' | 'average'): Operator {
  return {
    infer(operation) {
      const { shape, type: elements } = operation.input(0);
      const outputs = windowsOf(operation, spatial(operation)).map((window) => window.outputs);
      const made = [...shape.slice(0, 2), ...outputs];
      // A maximum is one of the elements, so their width holds.
      const bits = type === 'max' ? statedBits(operation.input(0)) : undefined;
      return [
        { shape: made, type: elements, bits },
        { shape: made, type: 'int64' },
      ];
    },
    place(operation, network) {
      const windows = windowsOf(operation, spatial(operation));
      const { rows, columns } = rowsAndColumns(windows);
      if (windows.some(({ dilation, kernel }) => dilation > 1 && kernel > 1)) refuse('its dilations are not 1');
      const layout = imageLayout(operation.input(0).shape.length);
      network.add(
        operation,
        {
          kind: 'pooling',
          type,
          input: network.read(operation.inputName(0), layout),
          kernel: { rows: rows.kernel, columns: columns.kernel },
          stride: { rows: rows.stride, columns: columns.stride },
          padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
          rounding: operation.integer('ceil_mode', 0) === 1 ? 'up' : 'down',
        },
        layout,
      );
    },
  };
}

function globalPool(type: 'max' | 'average'): Operator {
  return {
    infer(operation) {
      const { shape, type: elements } = operation.input(0);
      return [{ shape: [...shape.slice(0, 2), ...spatial(operation).map(() => 1)], type: elements }];
    },
    place(operation, network) {
      const { shape } = operation.input(0);
      // More than two axes are one window all the same.
      const layout = shape.map((_, axis) => (axis < 2 ? 'channels' : axis === shape.length - 1 ? 'width' : 'height'));
      const input = network.read(operation.inputName(0), layout);
      network.add(operation, { kind: 'pooling', type, input, kernel: 'global' }, layout);
    },
  };
}

function spatial(operation: Operation): readonly number[] {
  const { shape } = operation.input(0);
  if (shape.length < 3) refuse(`its input (${formatDimensions(shape)}) must be samples x channels x positions`);
  return shape.slice(2);
}

/** Pools; a norm over a window costs what an average costs. */
export const pools = {
  MaxPool: pool('max'),
  AveragePool: pool('average'),
  LpPool: pool('average'),
  QLinearAveragePool: pool('average'),
  GlobalMaxPool: globalPool('max'),
  GlobalAveragePool: globalPool('average'),
  GlobalLpPool: globalPool('average'),
  QLinearGlobalAveragePool: globalPool('average'),
} as const satisfies Record<string, Operator>;
