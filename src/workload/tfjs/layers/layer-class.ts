import type { Report } from '../../kinds/index.js';
import type { LayerJson } from '../../schema.js';
import type { Graph, Value } from '../graph.js';
import type { LayerReader } from '../layer-reader.js';
import type { TopologyLayer } from '../topology.js';

/** All there is to turn one layer of a file into layers of the network. */
export interface LayerContext {
  readonly layer: TopologyLayer;
  readonly config: LayerReader;
  /** What it reads, zeros of a padding before it still to be added. */
  readonly inputs: readonly Value[];
  readonly graph: Graph;
  readonly report: Report;
}

/** One class of Keras layers. Undefined where it cannot be mapped, which is then reported. */
export type LayerClass = (context: LayerContext) => Value | undefined;

/** The one tensor that a layer reads. */
export function onlyInput({ inputs, report }: LayerContext): Value | undefined {
  if (inputs.length === 1) return inputs[0];
  report(['inbound_nodes'], 'must read one layer', String(inputs.length));
  return undefined;
}

/** The same where no window takes the zeros before it along: a layer has to write them. */
export function plain(context: LayerContext, value: Value | undefined): Value | undefined {
  if (value?.zeros === undefined) return value;
  const { top, bottom, left, right } = value.zeros;
  const { channels, height, width } = value.shape;
  const output = { channels, height: height + top + bottom, width: width + left + right };
  return addLayer(context, { name: `${context.layer.name}.padding`, kind: 'copy', input: value.tensor, output }, [
    value,
  ]);
}

export function addLayer(context: LayerContext, layer: LayerJson, read: readonly Value[]): Value | undefined {
  return context.graph.add(layer, read, context.layer.path, context.report);
}
