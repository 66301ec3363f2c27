import { BYTES_PER_KIB, BYTES_PER_MIB } from '../units.js';

/**
 * Figures as a person reads them: rounded, with thousands separated by commas and the unit beside them. JSON and CSV
 * use none of this; they carry the exact values.
 */

/** `1234567` as `1,234,567`; with `decimals`, rounded to that many. */
export function grouped(value: number, decimals = 0): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const commas = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = fraction === undefined ? commas : `${commas}.${fraction}`;
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

/** What `toFixed` takes at most. */
const MAX_DECIMALS = 100;

/** Three significant digits, never an exponent: `0.00123`, `1.23`, `12.3`, `1,235`. */
export function significant(value: number): string {
  if (value === 0) return '0';
  // That of what is shown: 99.96 is 100.
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(3)))));
  return grouped(value, Math.min(MAX_DECIMALS, Math.max(0, 2 - magnitude)));
}

/** A figure from a file as it was written there, without needless zeros: `1`, `1.5`, `0.333`. */
export function given(value: number): string {
  return grouped(value, decimalsOf(value));
}

/** A ratio: `4.52x`, `29.4x`, `1,579x`. */
export function times(ratio: number): string {
  return `${grouped(ratio, ratio < 9.995 ? 2 : ratio < 999.5 ? 1 : 0)}x`;
}

/** A fraction 0..1 as a percentage: `83.1%`; a small part is not rounded to nothing. */
export function percent(fraction: number): string {
  if (fraction > 0 && fraction < 0.0005) return '< 0.1%';
  return `${grouped(fraction * 100, 1)}%`;
}

/** Bytes with the binary unit that suits them: `512 B`, `12.3 KiB`, `4.56 MiB`. */
export function bytes(byteCount: number): string {
  if (byteCount < BYTES_PER_KIB) return `${grouped(byteCount)} B`;
  if (byteCount < BYTES_PER_MIB) return `${significant(byteCount / BYTES_PER_KIB)} KiB`;
  return `${significant(byteCount / BYTES_PER_MIB)} MiB`;
}

/** A count with the decimal prefix that suits it: `14.4 T`, `3.86 G`, `118 M`, `2,048`. */
export function count(value: number): string {
  if (value >= 1e12) return `${significant(value / 1e12)} T`;
  if (value >= 1e9) return `${significant(value / 1e9)} G`;
  if (value >= 1e6) return `${significant(value / 1e6)} M`;
  return grouped(value);
}

/** `1.23 ms`, `17.5 us`, `6.00 ns`. */
export function milliseconds(ms: number): string {
  if (ms > 0 && ms < 0.0001) return `${significant(ms * 1e6)} ns`;
  return ms < 0.1 ? `${significant(ms * 1000)} us` : `${significant(ms)} ms`;
}

/** `64 GB/s`, or `unlimited`. */
export function bandwidth(bandwidthGBps: number): string {
  return Number.isFinite(bandwidthGBps) ? `${given(bandwidthGBps)} GB/s` : 'unlimited';
}

/** `4 bits`, `1 bit`; null where each layer has its own. */
export function bitWidth(bits: number | null): string {
  if (bits === null) return 'mixed bits';
  return bits === 1 ? '1 bit' : `${bits} bits`;
}

/** `1 layer`, `12 layers`. */
export function plural(number: number, noun: string): string {
  return `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function decimalsOf(value: number): number {
  return Number.isInteger(value) ? 0 : Math.min(3, (String(value).split('.')[1] ?? '').length);
}
