import type { Machine } from '../arch/machine.js';
import type { LayerResult, NetworkResult } from '../performance/index.js';

/** What a result says of external memory beside its peak. */
export function externalMemory(
  layers: readonly LayerResult[],
  { offChip: { memory }, energy, clockGHz }: Machine,
): Pick<NetworkResult['arch'], 'memory' | 'effectiveGBps' | 'energyPjPerBit'> {
  const bytes = layers.reduce((sum, { offChipBytes }) => sum + offChipBytes.total, 0);
  const cycles = layers.reduce((sum, { offChipCycles }) => sum + offChipCycles, 0);
  return {
    memory: memory && { name: memory.name, channels: memory.channels },
    // With a bandwidth and nothing else all transfers run at it.
    effectiveGBps: memory === null || cycles === 0 ? null : (bytes / cycles) * clockGHz,
    energyPjPerBit: energy.offChipPjPerBit,
  };
}
