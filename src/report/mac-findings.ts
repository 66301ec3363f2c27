import type { MacColumn, MacPoint, MacStudy } from '../explore/index.js';
import type { Document } from './document.js';
import { bitWidth, significant, times } from './figures.js';

/** Within so much of the fastest a kind is as fast as it. */
const CLOSE = 1.02;

/** What the times of the kinds say, in sentences that follow the figures. */
export function macFindings(study: MacStudy): Document {
  const { columns } = study;
  return [
    { kind: 'heading', text: 'What is found' },
    {
      kind: 'list',
      items: [...fastest(columns), serialCost(columns), ...gains(columns), oddGains(columns), waits(columns)],
    },
  ];
}

/** Neighbouring widths with the same winners share a sentence. */
function fastest(columns: readonly MacColumn[]): string[] {
  const winners = columns[0]!.points.map(({ bits }, at) => {
    const best = Math.min(...columns.map(({ points }) => latency(points[at]!)));
    const names = columns
      .filter(({ points }) => latency(points[at]!) <= best * CLOSE)
      .map(({ candidate }) => candidate.name);
    return { bits: [bits], names: names.join(', '), best };
  });
  const spans: { bits: number[]; names: string; best: number }[] = [];
  for (const winner of winners) {
    const last = spans.at(-1);
    if (last?.names === winner.names) last.bits.push(...winner.bits);
    else spans.push({ ...winner });
  }
  return spans.map(({ bits, names }) => `At ${listed(bits)}: fastest (within 2 %) ${names}.`);
}

/** Serial units have two published sizes far apart, and the verdict on them hangs on which it is. */
function serialCost(columns: readonly MacColumn[]): string {
  const serial = columns.filter(({ candidate }) => candidate.short.startsWith('serial both'));
  const said = serial.map(({ candidate, points }) => {
    const wins = points.filter((point, at) =>
      columns.every((other) => serial.includes(other) || latency(point) < latency(other.points[at]!)),
    );
    const where = wins.length === 0 ? 'at no width' : `at ${listed(wins.map(({ bits }) => bits))}`;
    return `${candidate.name} beat every other kind ${where}`;
  });
  return `What a serial unit takes is disputed, and decides: ${said.join('; ')}.`;
}

/** From 16 bits to the narrowest width, kind by kind. */
function gains(columns: readonly MacColumn[]): string[] {
  return columns.map(({ candidate, points }) => {
    const first = points[0]!;
    const at = (bits: number) => points.find((point) => point.bits === bits)!;
    const said = [8, 4, 2].map(
      (bits) =>
        `${times(latency(first) / latency(at(bits)))} at ${bitWidth(bits)} (peak ${times(at(bits).peakMacsPerCycle / first.peakMacsPerCycle)})`,
    );
    return `${candidate.name}: ${significant(latency(first))} ms at 16 bits; over that ${said.join(', ')}.`;
  });
}

/** Who gains from 8 to 5 bits. */
function oddGains(columns: readonly MacColumn[]): string {
  const said = columns.map(({ candidate, points }) => {
    const [wide, narrow] = [8, 5].map((bits) => points.find((point) => point.bits === bits)!);
    return `${candidate.short} ${times(latency(wide!) / latency(narrow!))} (peak ${times(narrow!.peakMacsPerCycle / wide!.peakMacsPerCycle)})`;
  });
  return `From 8 to 5 bits: ${said.join(', ')}. Where the peak stays, the gain is traffic alone.`;
}

/** How much of the least time of each kind is compute. */
function waits(columns: readonly MacColumn[]): string {
  const said = columns.map(({ candidate, points }) => {
    const { totals } = points.at(-1)!.result;
    return `${candidate.short} ${significant(100 * totals.utilization)} %`;
  });
  return `Of the peak at 1 bit (where edge layers have 8) these do: ${said.join(', ')}. What a kind could do beyond, channel, array shape and short reductions leave unused.`;
}

function latency({ result }: MacPoint): number {
  return result.totals.latencyMs;
}

function listed(bits: readonly number[]): string {
  return bits.length === 1 ? bitWidth(bits[0]!) : `${bits.slice(0, -1).join(', ')} and ${bitWidth(bits.at(-1)!)}`;
}
