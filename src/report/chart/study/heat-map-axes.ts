import { failure } from '../../../errors.js';
import { MAX_CELLS, varyingAxes, type PreparedStudy } from '../../../explore/index.js';
import { nearestName } from '../../../json/index.js';
import type { HeatMapAxes } from './study-chart.js';

/**
 * Reads `offChip.bandwidthGBps,bits`: the axis that a heat map goes across by, then the one it goes up by.
 * @throws AccelsimError that names `source` if the study does not vary two such axes, or they have too many places
 */
export function parseHeatMapAxes(text: string, study: PreparedStudy, source: string): HeatMapAxes {
  const axes = varyingAxes(study);
  const names = axes.map(({ name }) => name);
  const parts = text.split(',').map((part) => part.trim());
  const [across = '', up = ''] = parts;
  if (parts.length !== 2 || across === up || up === '')
    throw failure(source, '', 'must be two axes of the study, across and up, such as bits,cores', text, known(names));
  for (const name of parts) {
    if (names.includes(name)) continue;
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? known(names) : `did you mean ${nearest}?`;
    throw failure(source, '', 'must be an axis that varies in this study', name, hint);
  }
  const places = parts.reduce((product, name) => product * axes.find((own) => own.name === name)!.levels.length, 1);
  if (places > MAX_CELLS)
    throw failure(source, '', `must have at most ${MAX_CELLS} places together`, places, 'take axes with fewer levels');
  return { across, up };
}

function known(names: readonly string[]): string {
  return `its axes are ${names.join(', ')}`;
}
