import { channelParallel } from './channel-parallel.js';
import type { Dataflow } from './dataflow.js';
import { inputStationary } from './input-stationary.js';
import { outputStationary } from './output-stationary.js';
import { pixelChannelParallel } from './pixel-channel-parallel.js';
import { rowStationary } from './row-stationary.js';
import { weightStationary } from './weight-stationary.js';

/** The named dataflows an array can be told to run; schema, menus and help derive from the keys. */
export const dataflows = {
  'weight-stationary': weightStationary,
  'output-stationary': outputStationary,
  'input-stationary': inputStationary,
  'channel-parallel': channelParallel,
  'row-stationary': rowStationary,
  'pixel-channel-parallel': pixelChannelParallel,
} as const satisfies Record<string, Dataflow>;

export type DataflowName = keyof typeof dataflows;

export function dataflowOf(name: DataflowName): Dataflow {
  return dataflows[name];
}
