import { createHash } from 'node:crypto';

/** Half of a SHA-256, as 32 hexadecimal digits: no two of all points that will ever be answered share one. */
export function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
