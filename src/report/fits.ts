import type { BeganToFit } from '../performance/result.js';
import type { Block } from './document.js';
import { bitWidth, bytes, plural } from './figures.js';

/** Tensors named one by one before the rest is only counted. */
const NAMED = 5;

/** Under a line that counts them; nothing where there is none. */
export function fitList(fits: readonly BeganToFit[]): Block[] {
  if (fits.length === 0) return [];
  return [
    { kind: 'paragraph', text: `${plural(fits.length, 'tensor')} began to fit on chip:` },
    { kind: 'list', items: fitItems(fits) },
  ];
}

/** The tensors that began to fit on chip, the largest first, the tail only counted. */
export function fitItems(fits: readonly BeganToFit[]): string[] {
  const bySize = [...fits].sort((a, b) => b.baselineBytes - a.baselineBytes || (a.tensor < b.tensor ? -1 : 1));
  const named = bySize.slice(0, NAMED).map(fitLine);
  const rest = bySize.length - named.length;
  return rest === 0 ? named : [...named, `and ${rest} more`];
}

/** `layer1.0.conv1 (activation): 1.53 MiB at 16 bits, 392 KiB at 4 bits`. */
function fitLine(fit: BeganToFit): string {
  const part = fit.place === 'both' ? ', on chip for its first readers only' : '';
  return (
    `${fit.tensor} (${fit.kind}): ${bytes(fit.baselineBytes)} at ${bitWidth(fit.baselineBits)}, ` +
    `${bytes(fit.bytes)} at ${bitWidth(fit.bits)}${part}`
  );
}
