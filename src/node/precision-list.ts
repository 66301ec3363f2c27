import { readText } from './files.js';
import type { ShippedPrecision } from './shipped-precision.js';

/** One line for each list: its name, what it is. */
export function precisionsToText(lists: readonly ShippedPrecision[]): string {
  const width = Math.max(0, ...lists.map((one) => one.fullName.length));
  return lists.map((one) => `${one.fullName.padEnd(width)}  ${descriptionOf(one)}`.trimEnd()).join('\n');
}

function descriptionOf({ path }: ShippedPrecision): string {
  return /^# description: (.*)$/m.exec(readText(path))?.[1] ?? '';
}
