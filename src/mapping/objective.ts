/**
 * What mappings and residency are chosen for. Of two figures, cost and tie, the first counts, and the other decides
 * between equals; of mappings equal in both the one that takes less memory is kept, and then the one found first. The
 * tie of `latency` is off-chip bytes, that of all others cycles.
 */
export interface ObjectiveRule {
  readonly description: string;
  /** Off-chip bytes are the cost. */
  readonly bytesFirst: boolean;
  /**
   * The cost from quanta of energy (leakage included) and cycles, where energy counts: never less for more of either. Null:
   * cycles are the cost, or bytes if they come first.
   */
  readonly ofEnergy: ((energyQuanta: number, cycles: number) => number) | null;
  /** The cost of several layers is the sum of theirs; otherwise it is found as the least of weighted sums. */
  readonly additive: boolean;
}

export const objectives = {
  latency: {
    description: 'fewest cycles; of equals, fewest off-chip bytes',
    bytesFirst: false,
    ofEnergy: null,
    additive: true,
  },
  'off-chip-bytes': {
    description: 'fewest off-chip bytes; of equals, fewest cycles',
    bytesFirst: true,
    ofEnergy: null,
    additive: true,
  },
  energy: {
    description: 'least energy; of equals, fewest cycles',
    bytesFirst: false,
    ofEnergy: (energyQuanta: number) => energyQuanta,
    additive: true,
  },
  'energy-delay': {
    description: 'least product of energy and cycles; of equals, fewest cycles',
    bytesFirst: false,
    ofEnergy: (energyQuanta: number, cycles: number) => energyQuanta * cycles,
    additive: false,
  },
} as const satisfies Record<string, ObjectiveRule>;

export type Objective = keyof typeof objectives;

export const objectiveNames: readonly Objective[] = Object.keys(objectives).filter(isObjective);

export function isObjective(name: string): name is Objective {
  return Object.hasOwn(objectives, name);
}

/** The sum of energy and cycles, each so many times: what a least product over many layers is found with. */
export function weightedRule(energyWeight: number, cycleWeight: number): ObjectiveRule {
  return {
    description: 'least weighted sum of energy and cycles; of equals, fewest cycles',
    bytesFirst: false,
    ofEnergy: (energyQuanta, cycles) => energyWeight * energyQuanta + cycleWeight * cycles,
    additive: true,
  };
}
