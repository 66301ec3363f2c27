import { layerNamed } from './names.js';
import { NOTHING, asName, layerNames, onlyLayers } from './selector.js';
import type { Selector } from './selector.js';

export interface NameSelection {
  readonly by: 'name';
  readonly name: string;
}

export const byName: Selector<NameSelection> = {
  description: 'a layer by its name',
  names: true,
  renamed: asName,
  select(network, { name }) {
    const layer = layerNamed(network, name);
    return layer === undefined ? NOTHING : onlyLayers([layer]);
  },
  miss(network, { name }, suggest) {
    const hint = suggest(name, layerNames(network));
    return { rule: `${network.name} has no such layer`, ...(hint === undefined ? {} : { hint }) };
  },
};
