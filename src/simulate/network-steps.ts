import type { Machine } from '../arch/machine.js';
import { type MemoryLayout, valueBits, valueBytes, weightBytes as bytesOfWeights } from '../arch/stored.js';
import {
  compileResidency,
  problemKey,
  shareBytes,
  WHOLE_SHARE,
  type LayerProblem,
  type MappingChoices,
  type ResidencyChain,
  type ResidencyGraph,
  type ResidencyLayer,
  type ResidencyVariant,
} from '../mapping/index.js';
import { fixedEnergyQuanta } from '../performance/index.js';
import type { Precision } from '../precision/precision.js';
import type { LoopNest } from '../workload/loop-nest.js';
import type { Layer, Network } from '../workload/network.js';
import { chainsOf, type Chain } from './chains.js';
import type { Frontiers } from './frontiers.js';
import { distinctInputs, layerProblem } from './layer-problem.js';
import { StepChoices, type PieceFrontiers } from './step-choices.js';

/** A chain with a choice of what becomes of its layers' weights. */
interface ChainOption {
  readonly chain: Chain;
  /** By layer of the chain: kept on chip from its first stripe to its last. */
  readonly held: readonly boolean[];
}

type PieceProblem = Omit<PieceFrontiers, 'frontiers' | 'fixedCost'>;

/** Making a problem's key takes longer than finding its frontiers. */
type KeyedPiece = PieceProblem & { readonly key: string };

/**
 * What a network is made of for the residency search: layers, chains of layers, and the mapping problems of both. It
 * serves any machine that has the MAC units, the packing and the schedule of the one given, and a shared buffer if that has one.
 */
export class NetworkSteps {
  readonly graph: ResidencyGraph;
  private readonly network: Network;
  private readonly precision: Precision;
  private readonly machine: Machine;
  private readonly options: readonly ChainOption[];
  /** By step and variant: problems that were asked for. */
  private readonly made: Map<number, readonly KeyedPiece[]>[];

  constructor(network: Network, precision: Precision, machine: Machine) {
    this.network = network;
    this.precision = precision;
    this.machine = machine;
    const layers = network.layers.map((layer) => residencyLayer(layer, precision, machine));
    const tensors = network.tensors.map(({ elements, producer, consumers }, index) => ({
      bytes: valueBytes(machine, elements, precision.tensorBits[index]!),
      producer,
      consumers,
    }));
    const { prefetch, fusion } = machine.schedule;
    const weightBytes = layers.map((layer) => layer.weightBytes);
    const options =
      fusion === 'chains'
        ? chainsOf(network, precision, machine).flatMap((chain) => optionsOf(chain, weightBytes))
        : [];
    this.options = options.map(({ option }) => option);
    this.graph = compileResidency(layers, tensors, {
      prefetches: prefetch === 'next-layer',
      chains: options.map(({ residency }) => residency),
    });
    this.made = this.graph.steps.map(() => new Map());
  }

  /** The mappings of a step in one of its variants, at each rate of the frontiers. */
  choices(step: number, variantIndex: number, frontiers: Frontiers): readonly MappingChoices[] {
    const { ofEnergy } = frontiers.rule;
    const pieces = this.pieces(step, variantIndex).map(({ layer, times, problem, key }) => ({
      layer,
      times,
      problem,
      frontiers: frontiers.of(problem, key),
      fixedCost: ofEnergy === null ? 0 : ofEnergy(this.fixedEnergy(layer, problem), 0),
    }));
    return frontiers.rates.map((_, rate) => new StepChoices(pieces, rate));
  }

  /** Quanta that a layer, or a stripe of one, takes whatever its mapping. */
  fixedEnergy(layer: number, problem: LayerProblem): number {
    return fixedEnergyQuanta(this.precision.layers[layer]!, problem, this.machine);
  }

  private pieces(step: number, variantIndex: number): readonly KeyedPiece[] {
    const made = this.made[step]!;
    let pieces = made.get(variantIndex);
    if (pieces === undefined) {
      const { chain, first, variants } = this.graph.steps[step]!;
      const variant = variants.variant(variantIndex);
      const plain = chain < 0 ? [this.wholeLayer(first, variant)] : this.stripes(step, variant);
      pieces = plain.map((piece) => ({ ...piece, key: problemKey(piece.problem) }));
      made.set(variantIndex, pieces);
    }
    return pieces;
  }

  /** Of the chain with this number: how many stripes it has, and the layers whose weights are held for all of them. */
  chainOption(chain: number): { readonly stripes: number; readonly heldLayers: readonly number[] } {
    const { chain: cut, held } = this.options[chain]!;
    return { stripes: cut.stripes, heldLayers: held.flatMap((isHeld, at) => (isHeld ? [cut.first + at] : [])) };
  }

  private wholeLayer(layer: number, variant: ResidencyVariant): PieceProblem {
    const { prefetchedQuarters, nextQuarters } = variant;
    const { inputsOnChip, outputWritten, weightsOnChip } = variant;
    const nextWeights = this.graph.layers[layer + 1]?.weightBytes ?? 0;
    const prefetched = {
      fraction: prefetchedQuarters / WHOLE_SHARE,
      nextBytes: shareBytes(nextWeights, nextQuarters),
    };
    const { network, precision, machine } = this;
    const problem = layerProblem(
      network,
      layer,
      precision,
      machine,
      inputsOnChip,
      outputWritten,
      weightsOnChip,
      prefetched,
    );
    return { layer, times: 1, problem };
  }

  private stripes(step: number, variant: ResidencyVariant): PieceProblem[] {
    const { chain: number, inputs } = this.graph.steps[step]!;
    const { chain, held } = this.options[number]!;
    const { network, precision, machine } = this;
    const onChip = new Set(inputs.filter((_, at) => variant.inputsOnChip[at]).map(({ tensor }) => tensor));
    return held.flatMap((isHeld, at) => {
      const layer = chain.first + at;
      const problemOf = (nest: LoopNest, weightsOnChip: boolean): LayerProblem => {
        const inputsOnChip = distinctInputs(network.layers[layer]!).map(
          (tensor) => onChip.has(tensor) || network.tensors[tensor]!.producer >= chain.first,
        );
        const outputWritten = layer === chain.last && variant.outputWritten;
        const whole = layerProblem(network, layer, precision, machine, inputsOnChip, outputWritten, weightsOnChip);
        return { ...whole, nest };
      };
      return [
        { layer, times: 1, problem: problemOf(chain.firstStripes[at]!, variant.weightsOnChip) },
        ...chain.laterStripes[at]!.map(({ nest, times }) => ({
          layer,
          times,
          problem: problemOf(nest, variant.weightsOnChip || isHeld),
        })),
      ];
    });
  }
}

/** The problem of a whole layer, from that of its first stripe, which loads what stays for the others, or its own. */
export function wholeOfStripes(first: LayerProblem, { nest }: Layer): LayerProblem {
  return { ...first, nest };
}

/** Weights stay from one inference to the next, or each layer's are held for all stripes or come again for each. */
function optionsOf(
  chain: Chain,
  weightBytes: readonly number[],
): { readonly option: ChainOption; readonly residency: ResidencyChain }[] {
  const { first, last, stripeBytes } = chain;
  const weights = weightBytes.slice(first, last + 1);
  const nothing = weights.map(() => false);
  const held = weights.reduce<boolean[][]>(
    (lists, bytes) =>
      lists.flatMap((list) =>
        bytes > 0
          ? [
              [...list, false],
              [...list, true],
            ]
          : [[...list, false]],
      ),
    [[]],
  );
  const moved = held.map((isHeld) => ({
    option: { chain, held: isHeld },
    residency: {
      first,
      last,
      heldBytes: weights.reduce((sum, bytes, at) => (isHeld[at] ? sum + bytes : sum), stripeBytes),
      weightsStay: false,
    },
  }));
  const stay = { first, last, heldBytes: stripeBytes, weightsStay: true };
  return weights.some((bytes) => bytes > 0) ? [...moved, { option: { chain, held: nothing }, residency: stay }] : moved;
}

function residencyLayer(layer: Layer, precision: Precision, layout: MemoryLayout): ResidencyLayer {
  const inputs = distinctInputs(layer);
  // A vector layer only asks how many bits of its inputs come over the channel, whichever they are.
  const bits = inputs.map((tensor) => {
    const read = layer.inputElements.reduce(
      (sum, elements, at) => (layer.inputs[at] === tensor ? sum + elements : sum),
      0,
    );
    return read * valueBits(layout, precision.tensorBits[tensor]!);
  });
  return {
    inputs,
    output: layer.output,
    inPlace: layer.inPlace,
    weightBytes: bytesOfWeights(layout, layer.weightElements, precision.layers[layer.index]!),
    ...(layer.engine === 'vector' && inputs.length > 1 ? { alike: bits } : {}),
  };
}
