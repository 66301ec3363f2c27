import type { Dataflow } from './dataflow.js';
import { inputStationary } from './input-stationary.js';
import { outputStationary } from './output-stationary.js';
import { weightStationary } from './weight-stationary.js';

export type { Dataflow, LoopClass } from './dataflow.js';

/** Every dataflow an array can be told to run; schema, menus and help derive from the keys. */
export const dataflows = {
  'weight-stationary': weightStationary,
  'output-stationary': outputStationary,
  'input-stationary': inputStationary,
} as const satisfies Record<string, Dataflow>;

export type DataflowName = keyof typeof dataflows;

export function dataflowOf(name: DataflowName): Dataflow {
  return dataflows[name];
}
