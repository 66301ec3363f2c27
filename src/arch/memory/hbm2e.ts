import { hbm2 } from './hbm2.js';
import { timingSources, type MemoryPreset } from './memory.js';

const TIMING_SOURCE =
  'assumed: in nanoseconds that of HBM2, as arrays do not get faster with pins; there from DRAMsim3, configs/HBM2_8Gb_x128.ini, clock cycles of 1 ns (github.com/umd-memsys/DRAMsim3)';

/** One 64-bit pseudo-channel of a stack of HBM2E at 3.2 Gb/s. */
export const hbm2e: MemoryPreset = {
  description: 'HBM2E at 3.2 Gb/s, 64-bit pseudo-channels, 16 in a stack',
  channels: 16,
  pinGbps: 3.2,
  channelBits: 64,
  burstBytes: 32,
  pageBytes: 1024,
  banks: 16,
  timing: { ...hbm2.timing, tRtwNs: 1.25 },
  energyPjPerBit: 6,
  areaMm2PerChannel: 1.01,
  sources: {
    channels: 'JESD235C: 8 channels of two pseudo-channels',
    pinGbps: 'JESD235C: 3.2 Gb/s, 410 GB/s a stack',
    channelBits: 'JESD235C: 64 data bits of a pseudo-channel',
    burstBytes: 'JESD235C: bursts of 4 on 64 bits',
    pageBytes: 'JESD235C: 1 KiB in pseudo-channel mode',
    banks: 'assumed: as HBM2, 4 groups of 4',
    ...timingSources(TIMING_SOURCE),
    tRtwNs:
      'assumed: two clock cycles between read and write data, as Ramulator 2 has it (github.com/CMU-SAFARI/ramulator2)',
    energyPjPerBit:
      'Micron, Ultra-Bandwidth Solutions brief: 6 pJ/bit, average of the device (table at www.kylolab.com/ultra-bandwidth-solutions.html); counted differently from the 3.9 of HBM2',
    areaMm2PerChannel:
      'a 1024-bit PHY of 10.45 mm2, which hardly shrinks with the node, and its controller of 552.7 million transistors, 5.74 mm2 at 96.3 million per mm2 (7 nm), over 16: LLMCompass, ISCA 2024, from annotated photos of dies (cost_model.py of github.com/PrincetonUniversity/LLMCompass); the controller assumed as large at every node',
  },
};
