import { macRate } from '../arch/mac/index.js';
import type { Machine } from '../arch/machine.js';
import { storedBitsPerValue } from '../arch/packing/index.js';
import { valueBits, weightBits } from '../arch/stored.js';
import type { LayerProblem } from '../mapping/index.js';
import type { Precision } from '../precision/precision.js';
import { outputElements } from '../workload/loop-nest.js';
import type { Layer, Network } from '../workload/network.js';

/** Weights that are loaded ahead of their layer. */
export interface Prefetched {
  /** Share of the layer's own weights that came while the layer before ran. */
  readonly fraction: number;
  /** Bytes of the next layer's that come while this one runs. */
  readonly nextBytes: number;
}

const NOTHING_PREFETCHED: Prefetched = { fraction: 0, nextBytes: 0 };

/** What a layer moves off-chip and computes, given which of its operands are on chip. */
export function layerProblem(
  network: Network,
  index: number,
  precision: Precision,
  machine: Machine,
  inputsOnChip: readonly boolean[],
  outputWritten: boolean,
  weightsOnChip: boolean,
  prefetched: Prefetched = NOTHING_PREFETCHED,
): LayerProblem {
  const layer = network.layers[index]!;
  const bits = precision.layers[index]!;
  const { nest } = layer;
  const tensorBits = (tensor: number) => valueBits(machine, precision.tensorBits[tensor]!);
  const readsTwoActivations = layer.secondOperand === 'activation';
  const distinct = distinctInputs(layer);
  const offChip = (tensor: number) => !inputsOnChip[distinct.indexOf(tensor)];

  // Inputs of elementwise layers are read side by side (bits add up), parts of a concatenation one after the other
  // (bits average): both are the bits that move over the elements that the loops visit.
  const dataInputs = readsTwoActivations ? layer.inputs.slice(0, 1) : layer.inputs;
  const nestElements = nest.batch * nest.groups * nest.inputChannels * nest.inputRows * nest.inputColumns;
  const bitsWhere = (moves: (tensor: number) => boolean): number =>
    dataInputs.reduce(
      (sum, tensor, at) => (moves(tensor) ? sum + (layer.inputElements[at]! * tensorBits(tensor)) / nestElements : sum),
      0,
    );
  // The rows looked up in a table are as many elements as the loops visit.
  const tableBits = layer.secondOperand === 'table' ? weightBits(machine, bits) : 0;

  const second = layer.inputs[1];
  const readsWeights = layer.secondOperand === 'weights';
  const readsSecond = readsTwoActivations && second !== undefined;
  const secondWidthBits = readsWeights ? weightBits(machine, bits) : readsSecond ? tensorBits(second) : 0;
  // An even share of every tile that was prefetched is an even share of every weight's bits.
  const secondOffChip = readsWeights
    ? weightsOnChip
      ? 0
      : 1 - prefetched.fraction
    : readsSecond && offChip(second)
      ? 1
      : 0;
  // Where values that the loops make are added up into fewer, only those leave.
  const outputBits =
    (valueBits(machine, bits.outputBits) * network.tensors[layer.output]!.elements) / outputElements(nest);
  const shared = machine.sharedBuffer !== null;
  const { lanes, passes } =
    layer.engine === 'array' ? macRate(machine, bits.weightBits, bits.activationBits) : { lanes: 1, passes: 1 };
  return {
    nest,
    engine: layer.engine,
    inputBits: bitsWhere(offChip) + tableBits,
    secondBits: secondOffChip * secondWidthBits,
    outputBits: outputWritten ? outputBits : 0,
    // What stays on chip lies in the shared buffer where there is one, and comes to the cores tile by tile.
    sharedInputBits: shared ? bitsWhere((tensor) => !offChip(tensor)) : 0,
    sharedSecondBits: shared ? (1 - secondOffChip) * secondWidthBits : 0,
    sharedOutputBits: shared && !outputWritten ? outputBits : 0,
    inputWidthBits: bitsWhere(() => true) + tableBits,
    secondWidthBits,
    outputWidthBits: outputBits,
    prefetchBytes: prefetched.nextBytes,
    accumulatorBits: storedBitsPerValue(machine.packing, bits.accumulatorBits),
    lanes,
    passes,
    vectorOperationsPerOutput: layer.vectorOperationsPerOutput,
  };
}

/**
 * A layer may read a tensor twice. An elementwise layer then takes it over the channel once; a product of a tensor with
 * itself takes it as two operands, each at the pace of its own tiles.
 */
export function distinctInputs(layer: Layer): number[] {
  return [...new Set(layer.inputs)];
}
