import type { Machine } from '../arch/machine.js';
import type { Memory } from '../arch/memory/index.js';

/** What the off-chip channel of one machine takes for its transfers. */
export interface ChannelRate {
  /** Of a transfer without end: the rate of the machine, less what refreshes take. */
  readonly bytesPerCycle: number;
  /** Whether it matters in how many parts something moves. */
  readonly countsParts: boolean;
  /** Between a load and a store and back to a load. */
  readonly turnaroundCycles: number;
  /**
   * Cycles for `bytes` bytes on the mean, in so many transfers alike (one for each core that has a part of its own): none
   * for 0, and never less than bytes / bytesPerCycle. It grows with bytes, and falls with channels.
   */
  transferCycles(bytes: number, parts: number): number;
}

export function channelRate(machine: Machine): ChannelRate {
  const { memory } = machine.offChip;
  return memory === null ? simpleRate(machine) : memoryRate(memory, machine.clockGHz);
}

/** A bandwidth and nothing else. */
function simpleRate({ offChipBytesPerCycle: bytesPerCycle }: Machine): ChannelRate {
  return { bytesPerCycle, countsParts: false, turnaroundCycles: 0, transferCycles: (bytes) => bytes / bytesPerCycle };
}

/**
 * A memory of which transfers are contiguous ranges, dealt out burst by burst over its channels, those of one operand one
 * behind the other; docs/model.md, 6.11. The channel that has most of a transfer sets its time: its bursts (or the
 * activations of its rows, where banks allow no faster), and once in so many transfers as there are banks the wait for a
 * bank in which another operand has its row open.
 */
export function memoryRate(memory: Memory, clockGHz: number): ChannelRate {
  const { channels, channelGBps, burstBytes, pageBytes, banks, timing } = memory;
  const { tRcdNs, tRpNs, tRasNs, tRtpNs, tClNs, tWtrNs, tRtwNs, tRrdNs, tFawNs, tRefiNs, tRfcNs } = timing;
  // All rows are closed before a refresh, and one is opened after it.
  const working = 1 - (tRpNs + tRfcNs + tRcdNs) / tRefiNs;
  const cycles = (ns: number): number => (ns * clockGHz) / working;
  const rowNs = Math.max(tRrdNs, tFawNs / 4, (tRasNs + tRpNs) / banks);
  const sustainedGBps = Math.min(channelGBps, pageBytes / rowNs);
  const conflictNs = (tRtpNs + tRpNs + tRcdNs) / banks;
  return {
    bytesPerCycle: (channels * sustainedGBps * working) / clockGHz,
    countsParts: true,
    turnaroundCycles: cycles(tClNs + tRtwNs + tWtrNs),
    transferCycles: (bytes, parts) => {
      if (bytes === 0) return 0;
      const own = burstBytes * Math.ceil(bytes / (parts * channels * burstBytes));
      return cycles((parts * own) / sustainedGBps + conflictNs);
    },
  };
}
