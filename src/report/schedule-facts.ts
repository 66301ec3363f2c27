import type { ResidencyResult } from '../performance/result.js';
import type { Fact } from './document.js';
import { grouped, plural } from './figures.js';

/** Chains told by name; of more only their number is. */
const TOLD = 3;

/** What the schedule did across layers, where the machine lets it do anything. */
export function scheduleFacts({ prefetched, chains }: ResidencyResult): Fact[] {
  const facts: Fact[] = [];
  if (prefetched.length > 0)
    facts.push({
      label: 'prefetch',
      value: `weights of ${plural(prefetched.length, 'layer')} loaded, whole or in part, while the layer before ran`,
    });
  if (chains.length > 0) {
    const told = chains
      .slice(0, TOLD)
      .map(({ layers, stripes }) => `${layers.join(' + ')} in ${grouped(stripes)} stripes`)
      .join('; ');
    const more = chains.length > TOLD ? `; and ${grouped(chains.length - TOLD)} more` : '';
    facts.push({ label: 'fusion', value: `${plural(chains.length, 'chain')} of layers: ${told}${more}` });
  }
  return facts;
}
