/**
 * The composition, and the file to read first: a network, its bits and a machine become times.
 *
 *   LayerProblem   what each layer moves and computes, given what is resident     layer-problem
 *   Frontier       its best mappings, one for each size of scratchpad             mapping/search, priced by performance/
 *   ResidencyPlan  which tensors stay on chip, so that the whole is fastest       mapping/residency, asked in plan-network
 *   LayerResult    what the chosen mappings cost, in full                         performance/layer-result
 */
import type { Machine } from '../arch/machine.js';
import type { Objective } from '../mapping/index.js';
import { sumOfStripes, timeLayer, totalsOf, type Mode, type NetworkResult } from '../performance/index.js';
import type { Precision } from '../precision/precision.js';
import { BYTES_PER_KIB } from '../units.js';
import type { Network } from '../workload/network.js';
import { externalMemory } from './external-memory.js';
import { wholeOfStripes } from './network-steps.js';
import { planNetwork, type PlannedPiece } from './plan-network.js';
import { precisionResult } from './precision-result.js';
import { residencyResult } from './residency-result.js';
import { widerWidths } from './wider-widths.js';

/**
 * Simulates one network on one machine.
 * @param objective what mappings and residency are chosen for: the fewest cycles where left out
 * @throws AccelsimError when a layer's smallest working set does not fit the scratchpad, the mode or the objective is none,
 * or the machine gives no energy that the objective asks for.
 */
export function simulateNetwork(
  network: Network,
  precision: Precision,
  machine: Machine,
  mode: Mode,
  objective: Objective = 'latency',
): NetworkResult {
  const planned = planNetwork(network, precision, machine, mode, objective);
  const pieces = network.layers.map((): PlannedPiece[] => []);
  for (const piece of planned.pieces) pieces[piece.layer]!.push(piece);
  const layers = network.layers.map((layer, index) => {
    const own = pieces[index]!;
    const results = own.map((piece) => ({
      result: timeLayer(layer, precision.layers[index]!, piece.problem, piece, machine),
      times: piece.times,
    }));
    if (results.length === 1 && results[0]!.times === 1) return results[0]!.result;
    return sumOfStripes(results, wholeOfStripes(own[0]!.problem, layer), machine);
  });
  const residency = residencyResult(network, precision, machine, planned, objective);
  const warnings: string[] = [
    ...(network.notes ?? []),
    ...(precision.notes ?? []),
    ...widerWidths(network, precision, machine),
  ];
  if (!residency.exact) {
    const percent = (100 * residency.optimalityGap).toPrecision(2);
    warnings.push(
      objective === 'latency'
        ? `the residency search met its limit: what stays on chip may not be the fastest choice, which is at most ${percent} % faster`
        : `the residency search met its limit: what stays on chip may not be the best choice for ${objective}, which is at most ${percent} % better`,
    );
  }
  return {
    arch: {
      name: machine.name,
      cores: machine.cores,
      rows: machine.rows,
      columns: machine.columns,
      macKind: machine.mac.kind,
      designBits: machine.designBits,
      arrayChoice: machine.arrayChoice,
      clockGHz: machine.clockGHz,
      scratchpadKiBPerCore: machine.scratchpadBytesPerCore / BYTES_PER_KIB,
      bandwidthGBps: machine.bandwidthGBps,
      ...externalMemory(layers, machine),
      technologyNm: machine.energy.technologyNm,
      energyTable: machine.energy.table,
      packing: machine.packing,
      area: machine.area,
    },
    workload: { name: network.name, batch: network.batch },
    mode,
    ...(objective === 'latency' ? {} : { objective }),
    precision: precisionResult(precision),
    totals: totalsOf(layers, network.batch, machine),
    layers,
    residency,
    warnings,
  };
}
