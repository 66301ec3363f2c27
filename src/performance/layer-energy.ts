import type { Machine } from '../arch/machine.js';
import type { Candidate } from '../mapping/candidate.js';
import type { EnergyPricer } from '../mapping/pricer.js';
import type { LayerProblem } from '../mapping/problem.js';
import type { LayerBits } from '../precision/precision.js';
import { energyOfSums, energyQuanta, linkBytes, QUANTA_PER_PJ } from './energy.js';
import { bytesDelivered, bytesSent, engineBytes, fixedSums } from './energy-sums.js';
import type { PricedTraffic } from './priced-traffic.js';
import { wholeBytes } from './traffic.js';

/** Sums of a bound may round otherwise than those of the price, by less than this. */
const ROUNDING_QUANTA = 1;

/**
 * Energy of a layer under a mapping, in quanta of `QUANTA_PER_PJ`: the same numbers as the components of its result, which
 * leave out what no mapping changes (MACs, registers, the vector unit). It is a sum of counts, each times a figure of the
 * machine that is not negative, so lower bounds of the counts make a lower bound of it; docs/model.md, 6.6.
 */
export class LayerEnergy implements EnergyPricer {
  private readonly problem: LayerProblem;
  private readonly machine: Machine;
  private readonly traffic: PricedTraffic;
  /** Loads that no order goes below: each tile once, and nothing spilled. */
  private readonly least = { inputElements: 0, secondElements: 0, spilledBytes: 0, prefetchBytes: 0 };

  /** `traffic` is that of the candidate prepared last. A machine that gives no figure for a part has none of it. */
  constructor(problem: LayerProblem, machine: Machine, traffic: PricedTraffic) {
    this.problem = problem;
    this.machine = machine;
    this.traffic = traffic;
    this.least.prefetchBytes = problem.prefetchBytes;
  }

  leastUncut(candidate: Candidate): number {
    return this.leastWith(candidate, candidate.leastChannelFolds);
  }

  leastOfTiles(candidate: Candidate): number {
    return this.leastWith(candidate, candidate.channelFolds);
  }

  ofPrepared(candidate: Candidate): number {
    const { sharedBytes } = this.traffic;
    return this.quanta(candidate, candidate.channelFolds, this.traffic, sharedBytes, candidate.offChipBytes);
  }

  leakage(cycles: number): number {
    const { clockGHz, energy } = this.machine;
    // As rounded as in the result.
    return energyQuanta(cycles / clockGHz, energy.leakageMw ?? 0);
  }

  private leastWith(candidate: Candidate, channelFolds: number): number {
    const { problem, least } = this;
    least.inputElements = candidate.inputElements * candidate.inputCopies;
    least.secondElements = candidate.secondElements * candidate.secondCopies;
    // What lies in the shared buffer leaves it once at least; nothing need be staged.
    const shared =
      wholeBytes(least.inputElements, problem.sharedInputBits) +
      wholeBytes(least.secondElements, problem.sharedSecondBits) +
      wholeBytes(candidate.outputElements, problem.sharedOutputBits) +
      problem.prefetchBytes;
    return this.quanta(candidate, channelFolds, least, shared, candidate.minimumBytes) - ROUNDING_QUANTA;
  }

  private quanta(
    candidate: Candidate,
    channelFolds: number,
    loads: LayerEnergy['least'],
    sharedBytes: number,
    offChipBytes: number,
  ): number {
    const { problem, machine } = this;
    const { energy } = machine;
    const { split } = candidate.space!;
    const delivered = bytesDelivered(problem, split, candidate, loads, machine);
    const sent = bytesSent(problem, candidate, loads, machine);
    const scratchpadBytes = engineBytes(problem, split, candidate, channelFolds) + delivered;
    const ofShared =
      machine.sharedBuffer === null ? 0 : energyQuanta(8 * sharedBytes, energy.sharedBufferPjPerBit ?? 0);
    return (
      energyQuanta(8 * scratchpadBytes, energy.scratchpadPjPerBit ?? 0) +
      ofShared +
      energyQuanta(8 * linkBytes(sent, delivered, machine), energy.interconnectPjPerBitHop ?? 0) +
      energyQuanta(8 * offChipBytes, energy.offChipPjPerBit ?? 0)
    );
  }
}

/** What a layer takes whatever its mapping; 0 where the machine gives no figure for a part of that. */
export function fixedEnergyQuanta(bits: LayerBits, problem: LayerProblem, machine: Machine): number {
  return (energyOfSums({ ...fixedSums(bits, problem, machine), cycles: 0 }, machine).total ?? 0) * QUANTA_PER_PJ;
}
