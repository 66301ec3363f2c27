import { ENERGY_COMPONENTS, type EnergyPj } from '../performance/index.js';
import type { LayerResult, OffChipBytes } from '../performance/result.js';

/** One layer of a run, as a plain value. */
export function layerValue(layer: LayerResult): object {
  const { mapping } = layer;
  return {
    name: layer.name,
    kind: layer.kind,
    macs: layer.macs,
    weightBits: layer.weightBits,
    activationBits: layer.activationBits,
    outputBits: layer.outputBits,
    accumulatorBits: layer.accumulatorBits,
    computeCycles: layer.computeCycles,
    stallCycles: layer.stallCycles,
    totalCycles: layer.totalCycles,
    peakMacsPerCycle: layer.peakMacsPerCycle,
    utilization: layer.utilization,
    offChipBytes: offChipValue(layer.offChipBytes),
    compulsoryBytes: layer.compulsoryBytes,
    leastBytes: layer.leastBytes,
    scratchpadBytesPerCore: layer.scratchpadBytesPerCore,
    sharedBufferBytes: layer.sharedBufferBytes,
    interconnectBytes: layer.interconnectBytes,
    offChipCycles: layer.offChipCycles,
    energyPj: energyValue(layer.energyPj),
    bound: layer.bound,
    resident: [...layer.resident],
    mapping: {
      dataflow: mapping.dataflow,
      coreSplit: {
        batch: mapping.coreSplit.batch,
        groups: mapping.coreSplit.groups,
        outputRows: mapping.coreSplit.outputRows,
        outputChannels: mapping.coreSplit.outputChannels,
      },
      tile: {
        batch: mapping.tile.batch,
        groups: mapping.tile.groups,
        outputRows: mapping.tile.outputRows,
        outputColumns: mapping.tile.outputColumns,
        outputChannels: mapping.tile.outputChannels,
        inputChannels: mapping.tile.inputChannels,
      },
      doubleBuffered: [...mapping.doubleBuffered],
      staged: [...mapping.staged],
      loopOrder: [...mapping.loopOrder],
      tiles: mapping.tiles,
      folds: mapping.folds,
      bufferBytesPerCore: mapping.bufferBytesPerCore,
      search: searchValue(mapping.search),
    },
  };
}

export function searchValue({ considered, pruned, priced }: LayerResult['mapping']['search']): object {
  return { considered, pruned, priced };
}

export function offChipValue({ weights, inputs, outputs, total }: OffChipBytes): object {
  return { weights, inputs, outputs, total };
}

export function energyValue(energyPj: EnergyPj): object {
  return Object.fromEntries([...ENERGY_COMPONENTS, 'total' as const].map((part) => [part, energyPj[part]]));
}
