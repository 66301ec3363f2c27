/** Minimum times between the commands of one channel, in nanoseconds; names are those of the JEDEC standards. */
export interface MemoryTiming {
  /** Row activated to column command. */
  readonly tRcdNs: number;
  /** Precharge to activate, of one bank. */
  readonly tRpNs: number;
  /** Activate to precharge, of one bank. */
  readonly tRasNs: number;
  /** Read command to first data, and write command to first data. */
  readonly tClNs: number;
  readonly tCwlNs: number;
  /** Read command to precharge; end of write data to precharge. */
  readonly tRtpNs: number;
  readonly tWrNs: number;
  /** End of write data to read command; bus idle between read data and write data. */
  readonly tWtrNs: number;
  readonly tRtwNs: number;
  /** Activate to activate of another bank; the time in which at most four may be activated. */
  readonly tRrdNs: number;
  readonly tFawNs: number;
  /** Between refreshes of all banks, and how long one takes. */
  readonly tRefiNs: number;
  readonly tRfcNs: number;
}

/** A kind of external memory as data: one of its independent channels, and how many its unit of sale has. */
export interface MemoryPreset {
  /** What the figures are of. */
  readonly description: string;
  /** Independent channels (pseudo-channels, where there are such) of one module, package, device or stack. */
  readonly channels: number;
  /** Bits per second of one data pin, in 1e9, and data pins of one channel. */
  readonly pinGbps: number;
  readonly channelBits: number;
  /** What one column command moves. */
  readonly burstBytes: number;
  /** What one activation opens, all devices of the channel together. */
  readonly pageBytes: number;
  readonly banks: number;
  readonly timing: MemoryTiming;
  /** To move one bit to or from the chip, in pJ. */
  readonly energyPjPerBit: number;
  /** Silicon of the chip for one channel: controller, PHY and pads; null where no figure is public. */
  readonly areaMm2PerChannel: number | null;
  /** Where each figure comes from: a citation, `derived` or `assumed: why`. One for each field; `timing` has them by name. */
  readonly sources: Readonly<
    Record<
      | 'channels'
      | 'pinGbps'
      | 'channelBits'
      | 'burstBytes'
      | 'pageBytes'
      | 'banks'
      | 'energyPjPerBit'
      | 'areaMm2PerChannel'
      | keyof MemoryTiming,
      string
    >
  >;
}

/** GB/s of one channel at work without a pause. */
export function channelGBps({ pinGbps, channelBits }: Pick<MemoryPreset, 'pinGbps' | 'channelBits'>): number {
  return (pinGbps * channelBits) / 8;
}

/** Of the areas of interfaces, where 16 data pins of DDR are taken for 1.3 mm2. */
export const DDR_PHY_SOURCE =
  'a 16-bit PHY of DDR3-2133 with its pads takes 1.3 mm2 at 40 nm (memoryctrl.cc of McPAT, github.com/HewlettPackard/mcpat); that of 16 bits of DDR5 takes 1.2 mm2 at 7 nm with its controller (LLMCompass, ISCA 2024, cost_model.py of github.com/PrincetonUniversity/LLMCompass: half of 1.45 mm2 and of 90.4 million transistors at 96.3 million per mm2)';

/** One source for all times of a channel; where a time has another, it is stated behind these. */
export function timingSources(source: string): Readonly<Record<keyof MemoryTiming, string>> {
  return {
    tRcdNs: source,
    tRpNs: source,
    tRasNs: source,
    tClNs: source,
    tCwlNs: source,
    tRtpNs: source,
    tWrNs: source,
    tWtrNs: source,
    tRtwNs: source,
    tRrdNs: source,
    tFawNs: source,
    tRefiNs: source,
    tRfcNs: source,
  };
}
