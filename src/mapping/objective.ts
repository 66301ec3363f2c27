/**
 * What mappings and residency are chosen for. Of two figures the first counts, and the other decides between equals;
 * of mappings equal in both the one that takes less memory is kept, and then the one found first.
 */
export interface ObjectiveRule {
  readonly description: string;
  /** Off-chip bytes before cycles. */
  readonly bytesFirst: boolean;
}

export const objectives = {
  latency: { description: 'fewest cycles; of equals, fewest off-chip bytes', bytesFirst: false },
  'off-chip-bytes': { description: 'fewest off-chip bytes; of equals, fewest cycles', bytesFirst: true },
} as const satisfies Record<string, ObjectiveRule>;

export type Objective = keyof typeof objectives;
