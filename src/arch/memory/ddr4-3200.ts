import { DDR_PHY_SOURCE, timingSources, type MemoryPreset } from './memory.js';

const TIMING_SOURCE =
  'JESD79-4, speed bin 3200 (22-22-22) and 8 Gb, as clock cycles of 0.625 ns in DRAMsim3, configs/DDR4_8Gb_x8_3200.ini (github.com/umd-memsys/DRAMsim3)';

/** One 64-bit channel of DDR4-3200: eight devices of 8 bits and 8 Gb. */
export const ddr43200: MemoryPreset = {
  description: 'DDR4-3200, 64-bit channel of eight 8 Gb devices',
  channels: 1,
  pinGbps: 3.2,
  channelBits: 64,
  burstBytes: 64,
  pageBytes: 8192,
  banks: 16,
  timing: {
    tRcdNs: 13.75,
    tRpNs: 13.75,
    tRasNs: 32.5,
    tClNs: 13.75,
    tCwlNs: 10,
    tRtpNs: 7.5,
    tWrNs: 15,
    tWtrNs: 7.5,
    tRtwNs: 1.25,
    tRrdNs: 2.5,
    tFawNs: 21.25,
    tRefiNs: 7800,
    tRfcNs: 350,
  },
  energyPjPerBit: 15,
  areaMm2PerChannel: 5.2,
  sources: {
    channels: 'one module is one channel',
    pinGbps: 'JESD79-4: 3200 MT/s',
    channelBits: 'JESD79-4: modules of 64 data bits',
    burstBytes: 'JESD79-4: bursts of 8 on 64 bits',
    pageBytes: 'JESD79-4: 1 KiB pages of 8-bit devices, eight side by side',
    banks: 'JESD79-4: 4 groups of 4',
    ...timingSources(TIMING_SOURCE),
    tWtrNs: 'tWTR_L of the same',
    tRtwNs:
      'assumed: two clock cycles between read and write data, as Ramulator 2 has it (github.com/CMU-SAFARI/ramulator2)',
    tRrdNs: 'tRRD_S of the same: rows of a stream lie in different bank groups',
    energyPjPerBit:
      'assumed: the read current of a device alone (168 mA at 1.2 V for 25.6 Gb/s; DRAMsim3, configs/DDR4_8Gb_x8_3200.ini (github.com/umd-memsys/DRAMsim3)) comes to 7.9 pJ; rows, terminations and the bus are taken for as much again',
    areaMm2PerChannel: `assumed: 1.3 mm2 for each 16 data pins, whatever the node; ${DDR_PHY_SOURCE}`,
  },
};
