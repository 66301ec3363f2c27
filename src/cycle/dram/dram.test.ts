import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memories, memoryNames, resolveMemory, type Memory } from '../../arch/index.js';
import { Dram } from './dram.js';
import { DramChannel } from './dram-channel.js';

/**
 * Round figures: a burst of 32 bytes in 2 ns, 8 bursts in a row, 4 banks; no refresh before 500 ns. A row takes
 * 10 (precharge) + 12 (activate), is held 30; a read lets go of its row after 5, a write 4 + 2 + 15 after its command.
 */
const simple: Memory = {
  name: 'by hand',
  channels: 1,
  channelGBps: 16,
  burstBytes: 32,
  pageBytes: 256,
  banks: 4,
  timing: {
    tRcdNs: 12,
    tRpNs: 10,
    tRasNs: 30,
    tClNs: 11,
    tCwlNs: 4,
    tRtpNs: 5,
    tWrNs: 15,
    tWtrNs: 8,
    tRtwNs: 2,
    tRrdNs: 3,
    tFawNs: 20,
    tRefiNs: 1000,
    tRfcNs: 100,
  },
};
const read = (first: number, count: number) => ({ first, count, isWrite: false });
const write = (first: number, count: number) => ({ first, count, isWrite: true });

describe('one channel, by hand', () => {
  it('opens a row, and moves its bursts one after the other', () => {
    const channel = new DramChannel(simple);
    // Asked for at 0: columns from 12 on, 3 bursts of 2 ns.
    expect(channel.serve(read(0, 3), 0, 0)).toBe(12 + 6);
    // The row is open.
    expect(channel.serve(read(3, 2), 0, 18)).toBe(22);
  });

  it('opens the next rows while bursts move', () => {
    const channel = new DramChannel(simple);
    // Rows of 16 ns each, activated 3 ns apart or when the queue reaches them: only the first is waited for.
    expect(channel.serve(read(0, 32), 0, 0)).toBe(12 + 64);
  });

  it('opens rows behind the latency, if it was asked early enough', () => {
    expect(new DramChannel(simple).serve(read(0, 1), 0, 50)).toBe(52);
    expect(new DramChannel(simple).serve(read(0, 1), 45, 50)).toBe(45 + 12 + 2);
  });

  it('waits for a bank that has another row open', () => {
    // Rows of one bank, found by their effect: the bank of row 0 takes longest to change.
    const ends = Array.from({ length: 16 }, (_, row) => {
      const channel = new DramChannel(simple);
      expect(channel.serve(read(0, 1), 0, 0)).toBe(14);
      return channel.serve(read(8 * (row + 4), 1), 14, 14);
    });
    // Held until 30, then 10 + 12 and the burst; another bank at once: 14 + 12 + 2.
    expect(Math.max(...ends)).toBe(30 + 22 + 2);
    expect(Math.min(...ends)).toBe(28);
    // One in four shares the bank.
    expect(ends.filter((end) => end === 54)).toHaveLength(4);
  });

  it('turns the bus around between reads and writes', () => {
    const channel = new DramChannel(simple);
    expect(channel.serve(read(0, 1), 0, 0)).toBe(14);
    // Data of the read lies on the bus from 12 + 11 for 2, then 2 idle, and write data follows its command by 4: 12 + 11.
    expect(channel.serve(write(1, 1), 14, 14)).toBe(12 + 2 + 11 + 2 - 4 + 2);
    // That command was at 23. Its data ends 4 + 2 later, and a read may follow 8 after that.
    expect(channel.serve(read(2, 1), 25, 25)).toBe(23 + 6 + 8 + 2);
  });

  it('activates four rows in a window at most', () => {
    // One burst of each of the 4 banks, then row 4: activations at 0, 3, 6, 9, and not before 20.
    const channel = new DramChannel(simple);
    const ends = [0, 8, 16, 24].map((first) => channel.serve(read(first, 1), 0, 0));
    expect(ends).toEqual([14, 17, 20, 23]);
    expect(channel.serve(read(32, 1), 0, 0)).toBeGreaterThanOrEqual(20 + 12 + 2);
  });

  it('refreshes all banks, the first time in the middle of the interval', () => {
    const channel = new DramChannel(simple);
    channel.serve(read(0, 1), 0, 0);
    // Due at 500: rows are closed (10) and refreshed (100), and one is opened again (12).
    expect(channel.serve(read(1, 1), 500, 500)).toBe(500 + 10 + 100 + 12 + 2);
    // What fell due while nothing was asked for is long over; only the row has to be opened.
    const idle = new DramChannel(simple);
    idle.serve(read(0, 1), 0, 0);
    expect(idle.serve(read(1, 1), 1400, 1400)).toBe(1400 + 12 + 2);
  });
});

describe('all channels', () => {
  it('take bursts in turn, and the slowest sets the end', () => {
    const dram = new Dram({ ...simple, channels: 4 });
    const transfer = { isWrite: false, knownNs: 0, startNs: 0 };
    // 9 bursts: the first channel has 3.
    expect(dram.transfer({ ...transfer, address: 0, bytes: 9 * 32 })).toBe(12 + 6);
    // Bytes 300 to 310 lie in the 10th burst, which is alone.
    expect(dram.transfer({ ...transfer, address: 300, bytes: 10, startNs: 18 })).toBe(20);
  });

  it.each(memoryNames)('%s: no faster than its peak, whatever is asked for', (name) => {
    const memory = resolveMemory(name, memories[name]);
    const request = fc.record({
      address: fc.nat(2 ** 30),
      bytes: fc.integer({ min: 1, max: 100_000 }),
      isWrite: fc.boolean(),
      early: fc.nat(500),
      pause: fc.constantFrom(0, 0, 0, 5000),
    });
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 30 }), (requests) => {
        const dram = new Dram(memory);
        let now = 0;
        for (const { address, bytes, isWrite, early, pause } of requests) {
          const startNs = now + pause;
          now = dram.transfer({ address, bytes, isWrite, knownNs: Math.max(0, startNs - early), startNs });
          expect(now - startNs).toBeGreaterThanOrEqual(bytes / (memory.channels * memory.channelGBps) - 1e-6);
          // Nor slower than a row cycle for each row, a turnaround and the refreshes of that time.
          const rows = 2 + bytes / memory.pageBytes;
          const { tRasNs, tRpNs, tRcdNs, tWrNs, tFawNs, tClNs, tWtrNs, tRtwNs, tRfcNs, tRefiNs } = memory.timing;
          const row = tRasNs + tRpNs + tRcdNs + tWrNs + tFawNs + tClNs + tWtrNs + tRtwNs;
          const most = bytes / memory.channelGBps + rows * row;
          expect(now - startNs).toBeLessThanOrEqual(most + (1 + (2 * most) / tRefiNs) * (tRfcNs + row));
        }
      }),
      { numRuns: 30 },
    );
  });
});
