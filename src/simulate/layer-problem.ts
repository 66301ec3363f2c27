import { macRate } from '../arch/mac/index.js';
import type { Machine } from '../arch/machine.js';
import type { LayerProblem } from '../mapping/index.js';
import { storedWeightBits } from '../precision/precision.js';
import type { Precision } from '../precision/precision.js';
import { outputElements } from '../workload/loop-nest.js';
import type { Layer, Network } from '../workload/network.js';

/** What a layer moves off-chip and computes, given which of its operands are on chip. */
export function layerProblem(
  network: Network,
  index: number,
  precision: Precision,
  machine: Machine,
  inputsOnChip: readonly boolean[],
  outputWritten: boolean,
  weightsOnChip: boolean,
): LayerProblem {
  const layer = network.layers[index]!;
  const bits = precision.layers[index]!;
  const { nest } = layer;
  const readsTwoActivations = layer.secondOperand === 'activation';
  const distinct = distinctInputs(layer);
  const offChip = (tensor: number) => !inputsOnChip[distinct.indexOf(tensor)];

  // Inputs of elementwise layers are read side by side (bits add up), parts of a concatenation one after the other
  // (bits average): both are the bits that move over the elements that the loops visit.
  const dataInputs = readsTwoActivations ? layer.inputs.slice(0, 1) : layer.inputs;
  const nestElements = nest.batch * nest.groups * nest.inputChannels * nest.inputRows * nest.inputColumns;
  const readBits = dataInputs.reduce(
    (sum, tensor, at) =>
      offChip(tensor) ? sum + (layer.inputElements[at]! * precision.tensorBits[tensor]!) / nestElements : sum,
    0,
  );
  // The rows looked up in a table are as many elements as the loops visit.
  const inputBits = layer.secondOperand === 'table' ? readBits + storedWeightBits(bits) : readBits;

  const second = layer.inputs[1];
  const secondBits =
    layer.secondOperand === 'weights'
      ? weightsOnChip
        ? 0
        : storedWeightBits(bits)
      : readsTwoActivations && second !== undefined && offChip(second)
        ? precision.tensorBits[second]!
        : 0;
  const { lanes, passes } =
    layer.engine === 'array' ? macRate(machine, bits.weightBits, bits.activationBits) : { lanes: 1, passes: 1 };
  return {
    nest,
    engine: layer.engine,
    inputBits,
    secondBits,
    // Where values that the loops make are added up into fewer, only those leave.
    outputBits: outputWritten ? (bits.outputBits * network.tensors[layer.output]!.elements) / outputElements(nest) : 0,
    accumulatorBits: bits.accumulatorBits,
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
