import { failure } from '../../errors.js';
import type { Objective } from '../../mapping/index.js';
import type { LayerResult, NetworkResult } from '../../performance/index.js';
import { BYTES_PER_MIB, bytesOf, cyclesToMilliseconds, picojoulesToMillijoules } from '../../units.js';
import type { BitItem } from './bit-items.js';
import { type LayerLosses, lossOf } from './layer-losses.js';

/** A figure that follows from the chosen widths alone and adds up over layers, so that a budget of it can be kept exactly. */
export interface AdditiveFigure {
  readonly label: string;
  readonly unit: string;
  /** Of one item at each of its widths. */
  readonly of: (item: BitItem, width: number, losses: LayerLosses | undefined) => number;
}

/** Figures a budget may be set on; options and help derive from the keys. */
export const additiveFigures = {
  loss: {
    label: 'loss',
    unit: 'in the measure of the sensitivity file',
    // `checkLosses` has seen to it that there is one.
    of: (item, width, losses) => lossOf(item, width, losses)!,
  },
  size: {
    label: 'weights',
    unit: 'MiB',
    of: ({ layer }, width) => bytesOf(layer.weightElements, width) / BYTES_PER_MIB,
  },
  bops: {
    label: 'bit operations',
    unit: '1e9 (MACs x weight bits x activation bits)',
    of: ({ layer }, width) => (layer.macs * width * width) / 1e9,
  },
} as const satisfies Record<string, AdditiveFigure>;

export type AdditiveFigureName = keyof typeof additiveFigures;

export function isAdditiveFigure(name: string): name is AdditiveFigureName {
  return Object.hasOwn(additiveFigures, name);
}

/** In the order of the table. */
export const additiveFigureNames: readonly AdditiveFigureName[] = Object.keys(additiveFigures).filter(isAdditiveFigure);

/** A figure that can be minimised. */
export interface MinimisedFigure {
  readonly label: string;
  readonly unit: string;
  /** One layer's part in a simulation; the parts add up to the network's figure. Null where `additive` says all. */
  readonly of: ((layer: LayerResult, result: NetworkResult) => number) | null;
  /** The figure it is, where it follows from the widths alone. */
  readonly additive: AdditiveFigureName | null;
  /** What mappings have to be chosen for so that it is least at given widths; null where they change nothing. */
  readonly objective: Objective | null;
  /** Which layers have most to save. */
  readonly savings: string;
}

const CYCLES_SAVED =
  'a compute-bound layer saves cycles as its MACs per cycle grow, a memory-bound one as its bytes shrink, and one that is neither (vector unit, fill and drain) saves nothing: with equal losses the layers with most to save come first';

/** Figures that may be minimised; options and help derive from the keys. */
export const minimisedFigures = {
  latency: {
    label: 'latency',
    unit: 'ms',
    of: ({ totalCycles }, { arch }) => cyclesToMilliseconds(totalCycles, arch.clockGHz),
    additive: null,
    objective: 'latency',
    savings: CYCLES_SAVED,
  },
  energy: {
    label: 'energy',
    unit: 'mJ',
    of: ({ energyPj }, { arch }) => {
      if (energyPj.total !== null) return picojoulesToMillijoules(energyPj.total);
      throw failure('search-bits', '', `machine ${arch.name} gives no energies, so that none can be minimised`);
    },
    additive: null,
    objective: 'energy',
    savings:
      'a layer saves energy with the width of its MACs and with each bit that moves, most of all off-chip, and leaks for as long as it takes: with equal losses the layers with most to save come first',
  },
  loss: {
    label: additiveFigures.loss.label,
    unit: additiveFigures.loss.unit,
    of: null,
    additive: 'loss',
    objective: null,
    savings: CYCLES_SAVED,
  },
} as const satisfies Record<string, MinimisedFigure>;

export type MinimisedFigureName = keyof typeof minimisedFigures;
