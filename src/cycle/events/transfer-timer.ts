import type { Machine } from '../../arch/machine.js';
import type { Memory } from '../../arch/memory/index.js';
import { Dram } from '../dram/index.js';
import { isStore, transferKinds, type TransferKind } from './transfer-kind.js';

/** How long transfers take, one after the other. */
export interface TransferTimer {
  /** The cycle in which the last byte has moved, of a transfer whose turn comes at `startCycle`. */
  endOf(kind: TransferKind, bytes: number, requestedCycle: number, startCycle: number): number;
}

export function transferTimer(machine: Machine): TransferTimer {
  const { memory } = machine.offChip;
  if (memory !== null) return new DramTimer(memory, machine.clockGHz);
  return { endOf: (_kind, bytes, _requestedCycle, startCycle) => startCycle + bytes / machine.offChipBytesPerCycle };
}

/** Far enough apart for any operand, and few enough to stay exact. */
const REGION_BYTES = 2 ** 42;

/**
 * Bank by bank. Each kind of transfer has a region of memory to itself and goes through it from its begin, tile after tile,
 * as if tensors lay in the order of their tiles.
 */
class DramTimer implements TransferTimer {
  private readonly dram: Dram;
  private readonly clockGHz: number;
  /** By kind: where its next transfer begins. */
  private readonly next: number[];

  constructor(memory: Memory, clockGHz: number) {
    this.dram = new Dram(memory);
    this.clockGHz = clockGHz;
    // Regions begin in banks as far apart as there are: where they lie is the compiler's choice.
    const { channels, pageBytes, banks } = memory;
    const apart = Math.max(1, Math.floor(banks / transferKinds.length)) * channels * pageBytes;
    this.next = transferKinds.map((_, index) => index * (REGION_BYTES + apart));
  }

  endOf(kind: TransferKind, bytes: number, requestedCycle: number, startCycle: number): number {
    const { clockGHz } = this;
    const region = transferKinds.indexOf(kind);
    const address = this.next[region]!;
    this.next[region] = address + bytes;
    const [knownNs, startNs] = [requestedCycle / clockGHz, startCycle / clockGHz];
    const endNs = this.dram.transfer({ address, bytes, isWrite: isStore(kind), knownNs, startNs });
    return endNs * clockGHz;
  }
}
