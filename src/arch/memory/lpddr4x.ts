import { DDR_PHY_SOURCE, timingSources, type MemoryPreset } from './memory.js';

const TIMING_SOURCE =
  'JESD209-4, 8 Gb a channel at 4266 MT/s, as clock cycles of 0.469 ns in DRAMSys, configs/memspec/JEDEC_512Mbx16_LPDDR4-4266.json (github.com/tukl-msd/DRAMSys), rounded to the nanosecond that the standard states';

/** One 16-bit channel of LPDDR4X-4266 with 8 Gb. */
export const lpddr4x: MemoryPreset = {
  description: 'LPDDR4X-4266, 16-bit channels of 8 Gb',
  channels: 2,
  pinGbps: 4.266,
  channelBits: 16,
  burstBytes: 32,
  pageBytes: 2048,
  banks: 8,
  timing: {
    tRcdNs: 18,
    tRpNs: 18,
    tRasNs: 42,
    tClNs: 16.9,
    tCwlNs: 8.4,
    tRtpNs: 7.5,
    tWrNs: 18,
    tWtrNs: 10,
    tRtwNs: 0.94,
    tRrdNs: 10,
    tFawNs: 40,
    tRefiNs: 3904,
    tRfcNs: 280,
  },
  energyPjPerBit: 8,
  areaMm2PerChannel: 1.3,
  sources: {
    channels: 'a 32-bit package has two',
    pinGbps: 'JESD209-4-1: 4266 Mb/s',
    channelBits: 'JESD209-4: 16 data bits',
    burstBytes: 'JESD209-4: bursts of 16 on 16 bits',
    pageBytes: 'JESD209-4: 1024 columns of 16 bits',
    banks: 'JESD209-4: 8',
    ...timingSources(TIMING_SOURCE),
    tRtwNs:
      'assumed: two clock cycles between read and write data, as Ramulator 2 has it (github.com/CMU-SAFARI/ramulator2)',
    energyPjPerBit:
      'the LPDDR4 of accelergy-cacti-plug-in, cacti_wrapper.py (github.com/Accelergy-Project); the lower voltage of the pins of LPDDR4X, which takes less, is not counted for want of a figure',
    areaMm2PerChannel: `assumed: that of 16 data pins of DDR3, whatever the node; ${DDR_PHY_SOURCE}`,
  },
};
