/** Random runs of whole networks. */
import * as fc from 'fast-check';
import type { Machine } from '../../src/arch/index.js';
import { AccelsimError } from '../../src/errors.js';
import type { Objective } from '../../src/mapping/index.js';
import type { Mode, NetworkResult } from '../../src/performance/index.js';
import { assignPrecision, type PolicyChoice } from '../../src/precision/index.js';
import { simulateNetwork } from '../../src/simulate/index.js';
import type { Network } from '../../src/workload/index.js';
import { anyMachine, machineOf, type MachineSketch } from './machines.test-data.js';
import { anyNetwork } from './networks.test-data.js';

export const anyBits = fc.constantFrom(1, 2, 3, 4, 5, 8, 11, 16, 32);
export const anyMode = fc.constantFrom<Mode>('latency', 'throughput');
const anyPolicy: fc.Arbitrary<PolicyChoice> = fc.record({ policy: fc.constantFrom('uniform', 'edges'), bits: anyBits });
export const anyRun = fc.record({ network: anyNetwork, sketch: anyMachine, choice: anyPolicy, mode: anyMode });

export interface Asked {
  readonly network: Network;
  readonly sketch: MachineSketch;
  readonly choice: PolicyChoice;
  readonly mode: Mode;
}

/** Null where a layer does not fit. */
export function simulate(
  { network, sketch, choice, mode }: Asked,
  machine = machineOf(sketch),
  objective: Objective = 'latency',
): NetworkResult | null {
  try {
    return simulateNetwork(network, assignPrecision(network, choice), machine, mode, objective);
  } catch (error) {
    if (error instanceof AccelsimError && error.message.includes('does not fit')) return null;
    throw error;
  }
}

/** Runs what fits. */
export function forAnyRun(check: (result: NetworkResult, asked: Asked, machine: Machine) => void, numRuns = 100): void {
  fc.assert(
    fc.property(anyRun, (asked) => {
      const machine = machineOf(asked.sketch);
      const result = simulate(asked, machine);
      fc.pre(result !== null);
      check(result, asked, machine);
    }),
    { numRuns },
  );
}
