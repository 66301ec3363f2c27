import { timingSources, type MemoryPreset } from './memory.js';

const TIMING_SOURCE =
  'Ramulator 2, preset GDDR6_2000_1350mV_double, clock cycles of 0.57 ns (github.com/CMU-SAFARI/ramulator2, src/dram/impl/GDDR6.cpp)';

/** One 16-bit channel of GDDR6 at 14 Gb/s with 4 Gb. */
export const gddr6: MemoryPreset = {
  description: 'GDDR6 at 14 Gb/s, 16-bit channels, two in a device',
  channels: 2,
  pinGbps: 14,
  channelBits: 16,
  burstBytes: 32,
  pageBytes: 2048,
  banks: 16,
  timing: {
    tRcdNs: 14.8,
    tRpNs: 14.8,
    tRasNs: 30.2,
    tClNs: 13.7,
    tCwlNs: 3.4,
    tRtpNs: 2.3,
    tWrNs: 14.8,
    tWtrNs: 6.3,
    tRtwNs: 2.3,
    tRrdNs: 4,
    tFawNs: 16,
    tRefiNs: 1900,
    tRfcNs: 120,
  },
  energyPjPerBit: 7.5,
  areaMm2PerChannel: null,
  sources: {
    channels: 'JESD250: a device has two',
    pinGbps: 'JESD250: 14 Gb/s, the middle of its bins of 12 to 16; 4 times the write clock of the timings',
    channelBits: 'JESD250: 16 data bits',
    burstBytes: 'JESD250: bursts of 16 on 16 bits',
    pageBytes:
      '1024 columns of 16 bits, 8 Gb; Ramulator 2, preset GDDR6_2000_1350mV_double, clock cycles of 0.57 ns (github.com/CMU-SAFARI/ramulator2, src/dram/impl/GDDR6.cpp)',
    banks:
      '4 groups of 4; Ramulator 2, preset GDDR6_2000_1350mV_double, clock cycles of 0.57 ns (github.com/CMU-SAFARI/ramulator2, src/dram/impl/GDDR6.cpp)',
    ...timingSources(TIMING_SOURCE),
    tWtrNs: 'nWTRL of the same',
    tRtwNs:
      'four clock cycles; Ramulator 2, preset GDDR6_2000_1350mV_double, clock cycles of 0.57 ns (github.com/CMU-SAFARI/ramulator2, src/dram/impl/GDDR6.cpp)',
    energyPjPerBit:
      'Micron, Ultra-Bandwidth Solutions brief: 7.5 pJ/bit, average of the device (table at www.kylolab.com/ultra-bandwidth-solutions.html)',
    areaMm2PerChannel: 'no public figure was found',
  },
};
