import { hash } from 'node:crypto';

/** Half of a SHA-256, as 32 hexadecimal digits: no two of all points that will ever be answered share one. */
export function keyOf(text: string): string {
  return hash('sha256', text).slice(0, 32);
}
