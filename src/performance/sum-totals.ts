import type { Machine } from '../arch/machine.js';
import { cyclesToMilliseconds, picojoulesToMillijoules } from '../units.js';
import type { Network } from '../workload/network.js';
import { EnergySum, topsPerWatt } from './energy.js';
import type { LayerSums } from './layer-sums.js';
import type { NetworkTotals } from './result.js';

/** A layer, or stripes of one that are alike, and how many. */
export interface PieceSums {
  readonly sums: LayerSums;
  readonly cycles: number;
  readonly times: number;
}

/** The totals of a network that can be had without its layers' results, with what moves on chip. */
export type SumTotals = Omit<NetworkTotals, 'leastBytes' | 'search'> &
  Pick<LayerSums, 'scratchpadBytesPerCore' | 'sharedBufferBytes' | 'interconnectBytes'>;

/** Sums over pieces that run one after the other. */
function addUp(pieces: readonly PieceSums[]): Omit<LayerSums, 'energySums'> & { readonly totalCycles: number } {
  let [peakMacsPerCycle, totalCycles, computeCycles, scratchpadBytesPerCore] = [0, 0, 0, 0];
  let [weights, inputs, outputs, total] = [0, 0, 0, 0];
  let [shared, interconnect]: [number | null, number | null] = [0, 0];
  for (const { sums, cycles, times } of pieces) {
    const { offChipBytes, sharedBufferBytes, interconnectBytes } = sums;
    peakMacsPerCycle = Math.max(peakMacsPerCycle, sums.peakMacsPerCycle);
    totalCycles += times * cycles;
    computeCycles += times * sums.computeCycles;
    scratchpadBytesPerCore += times * sums.scratchpadBytesPerCore;
    weights += times * offChipBytes.weights;
    inputs += times * offChipBytes.inputs;
    outputs += times * offChipBytes.outputs;
    total += times * offChipBytes.total;
    shared = shared === null || sharedBufferBytes === null ? null : shared + times * sharedBufferBytes;
    interconnect =
      interconnect === null || interconnectBytes === null ? null : interconnect + times * interconnectBytes;
  }
  return {
    peakMacsPerCycle,
    totalCycles,
    computeCycles,
    offChipBytes: { weights, inputs, outputs, total },
    scratchpadBytesPerCore,
    sharedBufferBytes: shared,
    interconnectBytes: interconnect,
  };
}

/** The same figures as `totalsOf` has of the layers' results. `compulsoryBytes`: of all layers, each as a whole. */
export function totalsOfSums(
  pieces: readonly PieceSums[],
  compulsoryBytes: number,
  { layers, batch }: Pick<Network, 'layers' | 'batch'>,
  machine: Machine,
): SumTotals {
  const sums = addUp(pieces);
  const { totalCycles, computeCycles, peakMacsPerCycle } = sums;
  const macs = layers.reduce((total, layer) => total + layer.macs, 0);
  const latencyMs = cyclesToMilliseconds(totalCycles, machine.clockGHz);
  const energy = new EnergySum(machine);
  for (const piece of pieces) energy.add(piece.sums.energySums, piece.cycles, piece.times);
  const energyPj = energy.total();
  const energyMj = energyPj.total === null ? null : picojoulesToMillijoules(energyPj.total);
  return {
    ...sums,
    compulsoryBytes,
    macs,
    stallCycles: totalCycles - computeCycles,
    latencyMs,
    inferencesPerSecond: (batch / latencyMs) * 1000,
    utilization: peakMacsPerCycle > 0 ? macs / (peakMacsPerCycle * totalCycles) : 0,
    areaMm2: machine.area.totalMm2,
    energyPj,
    energyMj,
    topsPerWatt: topsPerWatt(macs, energyPj.total),
    energyDelayProductMjMs: energyMj === null ? null : energyMj * latencyMs,
  };
}
