import { asName, layerNames, onlyLayers } from './selector.js';
import type { Selector } from './selector.js';

export interface WildcardSelection {
  readonly by: 'wildcard';
  /** A name in which `*` stands for any characters and `?` for one. */
  readonly pattern: string;
}

export const byWildcard: Selector<WildcardSelection> = {
  description: 'layers whose names fit a pattern with * and ?',
  names: false,
  renamed: asName,
  select: (network, { pattern }) =>
    onlyLayers(network.layers.filter((layer) => fits(layer.name, pattern)).map((layer) => layer.index)),
  miss: (network, { pattern }, suggest) => {
    const hint = suggest(pattern, layerNames(network));
    return { rule: `fits no layer of ${network.name}`, ...(hint === undefined ? {} : { hint }) };
  },
};

/** In steps of at most name times pattern: the last `*` alone ever has to be tried again. */
export function fits(name: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let afterStar = 0;
  while (at < name.length) {
    if (pattern[next] === '*') {
      star = next;
      afterStar = at;
      next += 1;
    } else if (pattern[next] === '?' || pattern[next] === name[at]) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      afterStar += 1;
      at = afterStar;
      next = star + 1;
    } else return false;
  }
  while (pattern[next] === '*') next += 1;
  return next === pattern.length;
}
