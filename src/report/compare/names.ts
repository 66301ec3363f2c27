import type { MachineComparison } from '../../explore/index.js';
import { bandwidth, significant, times } from '../figures.js';
import { precisionLabel } from '../question.js';

/** What the two machines are called: their names, told apart where they are the same. */
export function shortNames({ first, second }: MachineComparison): readonly [string, string] {
  const [one, other] = [first.arch.name, second.arch.name];
  return one === other ? [`${one} (A)`, `${other} (B)`] : [one, other];
}

/** `4 bits (edges 8), 64 GB/s`; both bandwidths where they are not the same. */
export function comparisonLabel({ first, second }: MachineComparison): string {
  const bandwidths = [...new Set([first, second].map(({ arch }) => bandwidth(arch.bandwidthGBps)))];
  return `${precisionLabel(second.precision)}, ${bandwidths.join(' and ')}`;
}

/** Below this, two decimals say too little. */
const SMALL = 0.1;

/** `2.30x`, `0.0313x`. */
export function ratioText(ratio: number): string {
  return ratio > 0 && ratio < SMALL ? `${significant(ratio)}x` : times(ratio);
}
