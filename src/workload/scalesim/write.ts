import { withBatch } from '../batch.js';
import type { ExportedText } from '../exporters/exporter.js';
import type { LoopNest } from '../loop-nest.js';
import type { Layer, Network } from '../network.js';
import { topologyForms } from './forms.js';
import { UniqueNames } from './names.js';

/**
 * Writes the layers with MACs as a topology of SCALE-Sim, in its convolution form, for one sample. Inputs are written
 * with their padding and without what no window touches, so that SCALE-Sim comes to the same outputs and MACs.
 */
export function toScalesim(network: Network): ExportedText {
  const { layers } = withBatch(network, 1);
  const computing = layers.filter((layer) => layer.engine === 'array');
  const names = new UniqueNames();
  const { nameColumn, columns } = topologyForms.convolution;
  const lines = computing.flatMap((layer) => rowsOf(layer).map(([name, ...sizes]) => [names.take(name), ...sizes]));
  const text = [[nameColumn, ...columns], ...lines].map((cells) => `${cells.join(', ')},\n`).join('');
  return { text, notes: notesOn(network, layers, computing) };
}

function rowsOf(layer: Layer): (readonly [string, ...number[]])[] {
  const { nest } = layer;
  const name = exportedName(layer);
  const strides = nest.strideRows === nest.strideColumns ? [nest.strideRows] : [nest.strideRows, nest.strideColumns];
  const shape = isDilated(nest)
    ? [nest.outputRows, nest.outputColumns, 1, 1, nest.inputChannels * nest.kernelRows * nest.kernelColumns]
    : [
        (nest.outputRows - 1) * nest.strideRows + nest.kernelRows,
        (nest.outputColumns - 1) * nest.strideColumns + nest.kernelColumns,
        nest.kernelRows,
        nest.kernelColumns,
        isDepthwise(nest) ? nest.groups : nest.inputChannels,
      ];
  const sizes = [...shape, nest.outputChannels, ...(isDilated(nest) ? [1] : strides)];
  if (nest.groups === 1 || isDepthwise(nest)) return [[name, ...sizes]];
  return Array.from({ length: nest.groups }, (_, group) => [`${name}.g${group}`, ...sizes]);
}

/** What SCALE-Sim runs channel by channel, where the name says so. */
function isDepthwise(nest: LoopNest): boolean {
  return nest.groups > 1 && nest.inputChannels === 1 && !isDilated(nest);
}

function isDilated(nest: LoopNest): boolean {
  return (nest.kernelRows > 1 && nest.dilationRows > 1) || (nest.kernelColumns > 1 && nest.dilationColumns > 1);
}

/** Commas part columns and `DP` marks depthwise layers; neither may be in a name for another reason. */
function exportedName(layer: Layer): string {
  const name = layer.name.replaceAll(',', '_');
  if (isDepthwise(layer.nest)) return name.includes('DP') ? name : `${name}_DP`;
  return name.replaceAll('DP', 'D_P');
}

function notesOn(network: Network, layers: readonly Layer[], computing: readonly Layer[]): string[] {
  const notes: string[] = [];
  const add = (what: string, some: readonly Layer[]): void => {
    if (some.length > 0) notes.push(`${what}: ${namesOf(some)}`);
  };
  if (network.batch > 1) notes.push('rows are of one sample: a topology has no batch');
  add(
    'left out, a topology has only layers with MACs',
    layers.filter((layer) => !computing.includes(layer)),
  );
  add(
    'one row for each group',
    computing.filter(({ nest }) => nest.groups > 1 && !isDepthwise(nest)),
  );
  add(
    'dilated, written as the matrix product it comes to',
    computing.filter(({ nest }) => isDilated(nest)),
  );
  add(
    'renamed, a comma or DP would mean something',
    computing.filter((layer) => exportedName(layer) !== layer.name),
  );
  const uneven = computing.filter(({ nest }) => nest.strideRows !== nest.strideColumns && !isDilated(nest));
  add('two strides, which only SCALE-Sim v2 reads', uneven);
  add(
    'two activations multiplied, the second written as weights',
    computing.filter((layer) => layer.secondOperand === 'activation'),
  );
  return notes;
}

function namesOf(layers: readonly Layer[]): string {
  const shown = layers
    .slice(0, 5)
    .map((layer) => layer.name)
    .join(', ');
  return layers.length <= 5 ? shown : `${shown} and ${layers.length - 5} more`;
}
