import { channelGBps, memories, memoryNames, resolveMemory, type MemoryPreset } from '../src/arch/index.js';
import { memoryRate } from '../src/performance/index.js';

const LENGTHS = [64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];
const figure = (value: number): string => String(Number(value.toPrecision(4)));

/** docs/off-chip-memory.md: the kinds of memory that are built in, and what transfers of each length leave of their peak. */
export function memoryTables(): string {
  return `# Off-chip memory

Written by \`npm run generate\`; equations are in [model.md](model.md), sections 4 and 6.11, and what they leave out in
[validation.md](validation.md).

## Presets

One unit each: a module, a package, a device or a stack. \`"memory": "LPDDR5", "channels": 4\` in \`offChip\`, or
\`--memory LPDDR5:4\`, takes more channels.

${presetTable()}

## Fraction of the peak by length of the transfer

Of one unit, loads only: transfers of one length from two operands in turn. The shorter a transfer, the more its share
of bank conflicts; below a burst of every channel some channels have nothing to do.

${lengthTable((bytes) => ({ bytes, turnarounds: 0 }))}

With every other transfer a store:

${lengthTable((bytes) => ({ bytes, turnarounds: 0.5 }))}

## Timing and sources

Times in ns, of one channel.

${memoryNames.map(sourcesOf).join('\n\n')}
`;
}

function presetTable(): string {
  const head = [
    'memory',
    'what it is',
    'channels',
    'peak GB/s',
    'burst bytes',
    'page bytes',
    'banks',
    'refresh',
    'pJ/bit',
    'mm2 on chip',
  ];
  const rows = memoryNames.map((name) => {
    const preset: MemoryPreset = memories[name];
    const { channels, burstBytes, pageBytes, banks, timing, description, energyPjPerBit, areaMm2PerChannel } = preset;
    const peak = figure(channels * channelGBps(preset));
    const refresh = percent(timing.tRfcNs / timing.tRefiNs);
    const figures = [channels, peak, burstBytes, pageBytes, banks, refresh, energyPjPerBit];
    const mm2 = areaMm2PerChannel === null ? 'unknown' : figure(channels * areaMm2PerChannel);
    return [name, description, ...figures, mm2].map(String);
  });
  return table(head, rows, 2);
}

function lengthTable(pattern: (bytes: number) => { readonly bytes: number; readonly turnarounds: number }): string {
  const rows = memoryNames.map((name) => {
    const memory = resolveMemory(name, memories[name]);
    const rate = memoryRate(memory, 1);
    const peak = memory.channels * memory.channelGBps;
    return [
      name,
      ...LENGTHS.map((length) => {
        const { bytes, turnarounds } = pattern(length);
        return percent(bytes / peak / (rate.transferCycles(bytes, 1) + turnarounds * rate.turnaroundCycles));
      }),
    ];
  });
  const units = LENGTHS.map((bytes) => (bytes < 1024 ? `${bytes} B` : `${bytes / 1024} KiB`));
  return table(['memory', ...units], rows, 1);
}

function sourcesOf(name: (typeof memoryNames)[number]): string {
  const preset: MemoryPreset = memories[name];
  const { timing, sources } = preset;
  const values: Readonly<Record<string, unknown>> = { ...preset, ...timing };
  const rows = Object.entries(sources).map(([field, source]) => [`\`${field}\``, String(values[field]), source]);
  return `### ${name}\n\n${table(['figure', 'value', 'source'], rows, 3)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[], words: number): string {
  const rule = head.map((_, column) => (column < words ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}
