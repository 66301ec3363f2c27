import { hbm2 } from './hbm2.js';
import { timingSources, type MemoryPreset } from './memory.js';

const TIMING_SOURCE =
  'assumed: in nanoseconds that of HBM2, as arrays do not get faster with pins; there from DRAMsim3, configs/HBM2_8Gb_x128.ini, clock cycles of 1 ns (github.com/umd-memsys/DRAMsim3)';

/** One 32-bit pseudo-channel of a stack of HBM3 at 6.4 Gb/s. */
export const hbm3: MemoryPreset = {
  description: 'HBM3 at 6.4 Gb/s, 32-bit pseudo-channels, 32 in a stack',
  channels: 32,
  pinGbps: 6.4,
  channelBits: 32,
  burstBytes: 32,
  pageBytes: 1024,
  banks: 16,
  timing: { ...hbm2.timing, tRtwNs: 1.25, tRfcNs: 350 },
  energyPjPerBit: 4.05,
  areaMm2PerChannel: null,
  sources: {
    channels: 'JESD238: 16 channels of two pseudo-channels',
    pinGbps: 'JESD238: 6.4 Gb/s, 819 GB/s a stack',
    channelBits: 'JESD238: 32 data bits of a pseudo-channel',
    burstBytes: 'JESD238: bursts of 8 on 32 bits',
    pageBytes: 'JESD238: 1 KiB of a pseudo-channel',
    banks: '4 groups of 4; Ramulator 2, src/dram/impl/HBM3.cpp (github.com/CMU-SAFARI/ramulator2)',
    ...timingSources(TIMING_SOURCE),
    tRtwNs:
      'assumed: two clock cycles between read and write data, as Ramulator 2 has it (github.com/CMU-SAFARI/ramulator2)',
    tRfcNs: 'tRFC of 8 Gb; Ramulator 2, src/dram/impl/HBM3.cpp (github.com/CMU-SAFARI/ramulator2)',
    energyPjPerBit: 'hwcomponents-cacti, hwcomponents_cacti.py (github.com/Accelergy-Project): 4.05 pJ/bit',
    areaMm2PerChannel: 'no public figure was found',
  },
};
