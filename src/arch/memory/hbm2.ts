import { timingSources, type MemoryPreset } from './memory.js';

const TIMING_SOURCE = 'DRAMsim3, configs/HBM2_8Gb_x128.ini, clock cycles of 1 ns (github.com/umd-memsys/DRAMsim3)';

/** One 64-bit pseudo-channel of a stack of HBM2 at 2 Gb/s. */
export const hbm2: MemoryPreset = {
  description: 'HBM2 at 2 Gb/s, 64-bit pseudo-channels, 16 in a stack',
  channels: 16,
  pinGbps: 2,
  channelBits: 64,
  burstBytes: 32,
  pageBytes: 1024,
  banks: 16,
  timing: {
    tRcdNs: 14,
    tRpNs: 14,
    tRasNs: 34,
    tClNs: 14,
    tCwlNs: 4,
    tRtpNs: 6,
    tWrNs: 16,
    tWtrNs: 8,
    tRtwNs: 2,
    tRrdNs: 4,
    tFawNs: 30,
    tRefiNs: 3900,
    tRfcNs: 260,
  },
  energyPjPerBit: 3.9,
  areaMm2PerChannel: 1.01,
  sources: {
    channels: 'JESD235: 8 channels of two pseudo-channels',
    pinGbps: 'JESD235A: 2 Gb/s, 256 GB/s a stack',
    channelBits: 'JESD235: 64 data bits of a pseudo-channel',
    burstBytes: 'JESD235: bursts of 4 on 64 bits',
    pageBytes: 'JESD235: 1 KiB in pseudo-channel mode',
    banks: '4 groups of 4; DRAMsim3, configs/HBM2_8Gb_x128.ini, clock cycles of 1 ns (github.com/umd-memsys/DRAMsim3)',
    ...timingSources(TIMING_SOURCE),
    tWtrNs: 'tWTR_L of the same',
    tRtwNs:
      'assumed: two clock cycles between read and write data, as Ramulator 2 has it (github.com/CMU-SAFARI/ramulator2)',
    tRrdNs: 'tRRD_S of the same',
    energyPjPerBit:
      "O'Connor et al., Fine-Grained DRAM, MICRO-50 (2017): 3.9 pJ/bit, of which that of a row is shared by a part of its page",
    areaMm2PerChannel: 'assumed: that of HBM2E, which has as many pins',
  },
};
