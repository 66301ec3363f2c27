import type { StudyAxis } from '../../explore/index.js';
import type { Column } from '../document.js';

/** Longer names of axes take two lines. */
const LONG_NAME = 14;

/** The columns of a table that say where in the space its rows are. */
export function axisColumns(axes: readonly StudyAxis[]): Column[] {
  return axes.map(({ name, levels }) => ({
    header: name.length > LONG_NAME ? name.replace('.', '.\n') : name,
    align: levels.every(({ label }) => typeof label === 'number') ? 'right' : 'left',
  }));
}
