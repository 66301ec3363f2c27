import { distance } from 'fastest-levenshtein';

/**
 * The candidate a user most likely meant by `name`: the same but for case, or a few slips of the keyboard away, or one
 * that it begins. Undefined when nothing is near enough to be worth suggesting.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Infinity;
  let longer: string | undefined;
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const allowed = Math.floor((Math.max(wanted.length, other.length) + 1) / 3);
    if (Math.abs(wanted.length - other.length) <= allowed) {
      const slips = distance(wanted, other);
      if (slips <= allowed && slips < bestDistance) [best, bestDistance] = [candidate, slips];
    }
    if (longer === undefined && wanted.length >= 3 && other.startsWith(wanted)) longer = candidate;
  }
  return best ?? longer;
}
