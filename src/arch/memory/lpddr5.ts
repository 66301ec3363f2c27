import { DDR_PHY_SOURCE, timingSources, type MemoryPreset } from './memory.js';

const TIMING_SOURCE =
  'Ramulator 2, preset LPDDR5_6400, clock cycles of 1.25 ns (github.com/CMU-SAFARI/ramulator2, src/dram/impl/LPDDR5.cpp)';

/** One 16-bit channel of LPDDR5-6400 with 8 Gb. */
export const lpddr5: MemoryPreset = {
  description: 'LPDDR5-6400, 16-bit channels of 8 Gb',
  channels: 2,
  pinGbps: 6.4,
  channelBits: 16,
  burstBytes: 32,
  pageBytes: 2048,
  banks: 16,
  timing: {
    tRcdNs: 18.75,
    tRpNs: 18.75,
    tRasNs: 42.5,
    tClNs: 25,
    tCwlNs: 13.75,
    tRtpNs: 5,
    tWrNs: 35,
    tWtrNs: 12.5,
    tRtwNs: 2.5,
    tRrdNs: 5,
    tFawNs: 20,
    tRefiNs: 3906,
    tRfcNs: 210,
  },
  energyPjPerBit: 6.4,
  areaMm2PerChannel: 1.3,
  sources: {
    channels: 'a 32-bit package has two',
    pinGbps: 'JESD209-5: 6400 Mb/s',
    channelBits: 'JESD209-5: 16 data bits',
    burstBytes: 'JESD209-5: bursts of 16 on 16 bits',
    pageBytes:
      '1024 columns of 16 bits; Ramulator 2, preset LPDDR5_6400, clock cycles of 1.25 ns (github.com/CMU-SAFARI/ramulator2, src/dram/impl/LPDDR5.cpp)',
    banks:
      '4 groups of 4; Ramulator 2, preset LPDDR5_6400, clock cycles of 1.25 ns (github.com/CMU-SAFARI/ramulator2, src/dram/impl/LPDDR5.cpp)',
    ...timingSources(TIMING_SOURCE),
    tWtrNs: 'nWTRL of the same',
    tRtwNs:
      'assumed: two clock cycles between read and write data, as Ramulator 2 has it (github.com/CMU-SAFARI/ramulator2)',
    tRrdNs:
      'Ramulator 2, preset LPDDR5_6400, clock cycles of 1.25 ns (github.com/CMU-SAFARI/ramulator2, src/dram/impl/LPDDR5.cpp)',
    energyPjPerBit:
      'assumed: a fifth less than LPDDR4 (8 pJ; accelergy-cacti-plug-in, cacti_wrapper.py), as vendors claim',
    areaMm2PerChannel: `assumed: that of 16 data pins of DDR3, whatever the node; ${DDR_PHY_SOURCE}`,
  },
};
