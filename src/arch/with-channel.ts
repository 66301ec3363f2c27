import { withInterface } from './chip-area.js';
import type { Machine } from './machine.js';

/**
 * A machine with the off-chip channel of another: what resolving it with that channel would give, of machines whose files
 * differ in the capacity of scratchpads and in the bandwidth alone.
 */
export function withChannelOf(machine: Machine, other: Machine): Machine {
  const { offChip, bandwidthGBps, offChipBytesPerCycle } = other;
  const area = withInterface(machine.area, other.area.offChipInterfaceMm2);
  return { ...machine, offChip, bandwidthGBps, offChipBytesPerCycle, area };
}
