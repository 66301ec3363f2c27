import type { Memory } from '../../arch/memory/index.js';
import { DramChannel } from './dram-channel.js';

/** One transfer: a range of addresses, when it was asked for and when its turn is. */
export interface DramTransfer {
  readonly address: number;
  readonly bytes: number;
  readonly isWrite: boolean;
  readonly knownNs: number;
  readonly startNs: number;
}

/** All channels of a memory: bursts of an address range go to them in turn. */
export class Dram {
  private readonly memory: Memory;
  private readonly channels: readonly DramChannel[];

  constructor(memory: Memory) {
    this.memory = memory;
    this.channels = Array.from({ length: memory.channels }, () => new DramChannel(memory));
  }

  /** When the slowest channel has moved its part. */
  transfer({ address, bytes, isWrite, knownNs, startNs }: DramTransfer): number {
    const { burstBytes } = this.memory;
    const { length } = this.channels;
    const first = Math.floor(address / burstBytes);
    const end = Math.ceil((address + bytes) / burstBytes);
    return this.channels.reduce((endNs, channel, index) => {
      const from = Math.ceil((first - index) / length);
      const count = Math.ceil((end - index) / length) - from;
      return count <= 0 ? endNs : Math.max(endNs, channel.serve({ first: from, count, isWrite }, knownNs, startNs));
    }, startNs);
  }
}
