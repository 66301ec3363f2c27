import type { Machine } from '../arch/machine.js';
import { cyclesToMilliseconds, picojoulesToMillijoules } from '../units.js';
import { sumEnergies, topsPerWatt } from './energy.js';
import type { LayerResult, NetworkTotals, OffChipBytes } from './result.js';

/** Sums over layers, and ratios recomputed from the sums. Layers run one after the other. */
export function totalsOf(layers: readonly LayerResult[], batch: number, machine: Machine): NetworkTotals {
  const sum = (figure: (layer: LayerResult) => number) => layers.reduce((total, layer) => total + figure(layer), 0);
  const macs = sum((layer) => layer.macs);
  const totalCycles = sum((layer) => layer.totalCycles);
  const computeCycles = sum((layer) => layer.computeCycles);
  const peakMacsPerCycle = layers.reduce((most, layer) => Math.max(most, layer.peakMacsPerCycle), 0);
  const latencyMs = cyclesToMilliseconds(totalCycles, machine.clockGHz);
  const energyPj = sumEnergies(layers.map((layer) => ({ energy: layer.energyPj, times: 1 })));
  const energyMj = energyPj.total === null ? null : picojoulesToMillijoules(energyPj.total);
  const offChipBytes: OffChipBytes = {
    weights: sum((layer) => layer.offChipBytes.weights),
    inputs: sum((layer) => layer.offChipBytes.inputs),
    outputs: sum((layer) => layer.offChipBytes.outputs),
    total: sum((layer) => layer.offChipBytes.total),
  };
  return {
    macs,
    totalCycles,
    computeCycles,
    stallCycles: totalCycles - computeCycles,
    latencyMs,
    inferencesPerSecond: (batch / latencyMs) * 1000,
    utilization: peakMacsPerCycle > 0 ? macs / (peakMacsPerCycle * totalCycles) : 0,
    peakMacsPerCycle,
    offChipBytes,
    compulsoryBytes: sum((layer) => layer.compulsoryBytes),
    leastBytes: sum((layer) => layer.leastBytes),
    search: {
      considered: sum(({ mapping }) => mapping.search.considered),
      pruned: sum(({ mapping }) => mapping.search.pruned),
      priced: sum(({ mapping }) => mapping.search.priced),
    },
    areaMm2: machine.area.totalMm2,
    energyPj,
    energyMj,
    topsPerWatt: topsPerWatt(macs, energyPj.total),
    energyDelayProductMjMs: energyMj === null ? null : energyMj * latencyMs,
  };
}
