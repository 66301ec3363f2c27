/**
 * Residency problems made of tables: what a layer costs is looked up, not modelled.
 */
import { emptyCandidate, OPERANDS } from '../../src/mapping/candidate.js';
import type { Mapping } from '../../src/mapping/mapping.js';
import {
  compileResidency,
  ResidencyProblem,
  type MappingPrice,
  type ObjectiveRule,
  type ResidencyLayer,
  type ResidencyMemory,
  type ResidencyChain,
  type ResidencyTensor,
  type ResidencyVariant,
} from '../../src/mapping/index.js';
import { problemOf } from './problems.test-data.js';

/** What operands on chip take off a row, in percent. */
export interface Relief {
  readonly buffer: number;
  readonly cycles: number;
  readonly bytes: number;
}

/** Each layer as a table: what it costs, and what having an operand on chip takes off. */
export interface TableLayer {
  readonly inputs: readonly number[];
  readonly inPlace: boolean;
  readonly weightBytes: number;
  readonly outputBytes: number;
  /** From little room to much: bytes per core that the mapping takes, its cycles and bytes with all operands off-chip. */
  readonly mappings: readonly { readonly buffer: number; readonly cycles: number; readonly bytes: number }[];
  /** Each input, the output, the weights. */
  readonly relief: readonly Relief[];
  /** Inputs with equal numbers have equal reliefs. */
  readonly alike?: readonly number[];
}

/** Layers that may run as one: for so many percent of what they cost by themselves with all between them on chip. */
export interface TableChain extends ResidencyChain {
  readonly percent: number;
}

export interface Tables {
  readonly layers: readonly TableLayer[];
  readonly networkInputBytes: number;
  readonly cores: number;
  readonly scratchpadBytesPerCore: number;
  readonly chains?: readonly TableChain[];
  readonly prefetches?: boolean;
  /** What variants cost before they are opened, in percent of the cheapest row. */
  readonly floorPercent?: number;
  /** What rows are chosen by, their bytes taken for energy; the fewest cycles where left out. */
  readonly rule?: ObjectiveRule;
  /** By layer the only row that may be used. */
  readonly rows?: readonly number[];
}

export interface TableCost extends MappingPrice {
  readonly buffer: number;
}

/** Tensor 0 enters the network; tensor i + 1 is made by layer i. */
export function residencyProblem(tables: Tables): ResidencyProblem {
  const chains = tables.chains ?? [];
  const layers = tables.layers.map(
    ({ inputs, inPlace, weightBytes, alike }, index): ResidencyLayer => ({
      inputs,
      inPlace,
      weightBytes,
      output: index + 1,
      ...(alike === undefined ? {} : { alike }),
    }),
  );
  const graph = compileResidency(layers, tensorsOf(tables), { chains, prefetches: tables.prefetches ?? false });
  const memory: ResidencyMemory = {
    banks: tables.cores,
    bytesPerBank: tables.scratchpadBytesPerCore,
    tileBytes: (mapping) => tables.cores * mapping.bufferBytesPerCore,
  };
  return new ResidencyProblem(graph, memory, (step, index) => {
    const { chain, variants, inputs, first } = graph.steps[step]!;
    const variant = variants.variant(index);
    const onChip = new Set(inputs.filter((_, at) => variant.inputsOnChip[at]).map(({ tensor }) => tensor));
    const cost = (free: number) => stepCost(tables, first, chains[chain], onChip, variant, free);
    const least = cost(Infinity)!;
    const share = (tables.floorPercent ?? 0) / 100;
    const known = new Set<number>();
    const price = (free: number) => {
      known.add(free);
      const best = cost(free);
      return best && { cycles: valueOf(tables, best), offChipBytes: tieOf(tables, best) };
    };
    const floor = { cycles: Math.floor(valueOf(tables, least) * share), offChipBytes: 0 };
    return {
      isKnown: (free) => known.has(free),
      estimate: (free) => (known.has(free) ? price(free) : floor),
      open: price,
      price,
      best: (free) => {
        const best = cost(free);
        if (best === undefined) return undefined;
        const mapping = mappingOf(best.buffer, best.cycles, best.offChipBytes);
        return [{ layer: first, times: 1, problem: SOME_PROBLEM, mapping }];
      },
    };
  });
}

/** What counts first, and what decides between equals. */
function valueOf({ rule }: Tables, { cycles, offChipBytes }: MappingPrice): number {
  return rule === undefined || rule.ofEnergy === null ? cycles : rule.ofEnergy(offChipBytes, cycles);
}

function tieOf({ rule }: Tables, { cycles, offChipBytes }: MappingPrice): number {
  return rule === undefined || rule.ofEnergy === null ? offChipBytes : cycles;
}

export function tensorsOf({ layers, networkInputBytes }: Tables): ResidencyTensor[] {
  return [networkInputBytes, ...layers.map((layer) => layer.outputBytes)].map((bytes, tensor) => ({
    bytes,
    producer: tensor - 1,
    consumers: layers.flatMap(({ inputs }, reader) => (inputs.includes(tensor) ? [reader] : [])),
  }));
}

/** The cheapest way a layer, or a chain of them, fits; `onChip` are tensors. */
export function stepCost(
  tables: Tables,
  first: number,
  chain: TableChain | undefined,
  onChip: ReadonlySet<number>,
  variant: Omit<ResidencyVariant, 'inputsOnChip'>,
  free: number,
): TableCost | undefined {
  if (chain === undefined) return layerCost(tables, first, onChip, variant, free);
  let sum: TableCost = { buffer: 0, cycles: 0, offChipBytes: 0 };
  for (let layer = chain.first; layer <= chain.last; layer++) {
    const between = tables.layers[layer]!.inputs.filter((tensor) => tensor > chain.first);
    const outputWritten = layer === chain.last && variant.outputWritten;
    const cost = layerCost(tables, layer, new Set([...onChip, ...between]), { ...variant, outputWritten }, free);
    if (cost === undefined) return undefined;
    sum = {
      buffer: Math.max(sum.buffer, cost.buffer),
      cycles: sum.cycles + Math.ceil((cost.cycles * chain.percent) / 100),
      offChipBytes: sum.offChipBytes + cost.offChipBytes,
    };
  }
  return sum;
}

function layerCost(
  tables: Tables,
  index: number,
  onChip: ReadonlySet<number>,
  variant: Omit<ResidencyVariant, 'inputsOnChip'>,
  free: number,
): TableCost | undefined {
  const layer = tables.layers[index]!;
  const { outputWritten, weightsOnChip, prefetchedQuarters, nextQuarters } = variant;
  const shares = [
    ...layer.inputs.map((tensor) => (onChip.has(tensor) ? 1 : 0)),
    outputWritten ? 0 : 1,
    weightsOnChip ? 1 : prefetchedQuarters / 4,
  ];
  const left = { buffer: 100, cycles: 100, bytes: 100 };
  for (const [operand, percent] of layer.relief.entries()) {
    left.buffer -= percent.buffer * shares[operand]!;
    left.cycles -= percent.cycles * shares[operand]!;
    left.bytes -= percent.bytes * shares[operand]!;
  }
  let best: TableCost | undefined;
  for (const [at, row] of layer.mappings.entries()) {
    if (tables.rows !== undefined && tables.rows[index] !== at) continue;
    const buffer = Math.ceil((row.buffer * left.buffer) / 100);
    // Bringing the next layer's weights takes time of its own.
    const cycles = Math.ceil((row.cycles * left.cycles) / 100) + 2 * nextQuarters;
    const offChipBytes = Math.ceil((row.bytes * left.bytes) / 100) + nextQuarters;
    if (buffer > free) continue;
    const cost = { buffer, cycles, offChipBytes };
    const [value, tie] = [valueOf(tables, cost), tieOf(tables, cost)];
    const [bestValue, bestTie] =
      best === undefined ? [Infinity, Infinity] : [valueOf(tables, best), tieOf(tables, best)];
    if (value < bestValue || (value === bestValue && tie < bestTie)) best = cost;
  }
  return best;
}

/** Residency does not look into problems. */
const SOME_PROBLEM = problemOf({});

/** A mapping of which only the figures matter. */
export function mappingOf(bufferBytesPerCore: number, cycles: number, offChipBytes: number): Mapping {
  return {
    dataflow: null,
    split: { batch: 1, groups: 1, outputRows: 1, outputChannels: 1 },
    pixelTile: {
      batch: 1,
      rows: 1,
      columns: 1,
      trips: 1,
      restBatch: 1,
      restRows: 1,
      restColumns: 0,
      fullPixels: 1,
      fullCount: 1,
      restPixels: 0,
      restCount: 0,
      tileInputElements: 1,
      inputElements: 1,
      fullInputs: 1,
      restInputs: 0,
    },
    groupTile: 1,
    channelTile: 1,
    reductionTile: 1,
    order: 0,
    doubled: OPERANDS,
    staged: 0,
    bufferBytesPerCore,
    sharedBufferBytes: 0,
    cycles,
    offChipBytes,
    search: { considered: 1, pruned: 0, priced: 1 },
    candidate: { ...emptyCandidate(), offChipBytes },
  };
}

/** What a layer costs, as a function of what is resident. */
export interface PricedLayers {
  readonly layers: readonly ResidencyLayer[];
  readonly tensors: readonly ResidencyTensor[];
  readonly cores: number;
  readonly scratchpadBytesPerCore: number;
  readonly prefetches?: boolean;
  best(layer: number, variant: ResidencyVariant, free: number): Mapping | undefined;
}

export function pricedProblem(priced: PricedLayers): ResidencyProblem {
  const { layers, tensors, cores, scratchpadBytesPerCore, prefetches = false } = priced;
  const graph = compileResidency(layers, tensors, { prefetches });
  const memory: ResidencyMemory = {
    banks: cores,
    bytesPerBank: scratchpadBytesPerCore,
    tileBytes: (mapping) => cores * mapping.bufferBytesPerCore,
  };
  return new ResidencyProblem(graph, memory, (layer, index) => {
    const variant = graph.steps[layer]!.variants.variant(index);
    const known = new Set<number>();
    const price = (free: number) => {
      known.add(free);
      return priced.best(layer, variant, free);
    };
    return {
      isKnown: (free) => known.has(free),
      estimate: (free) => (known.has(free) ? price(free) : { cycles: 0, offChipBytes: 0 }),
      open: price,
      price,
      best: (free) => {
        const mapping = priced.best(layer, variant, free);
        return mapping && [{ layer, times: 1, problem: SOME_PROBLEM, mapping }];
      },
    };
  });
}
