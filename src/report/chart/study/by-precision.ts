import type { ByPrecision, MachineByPrecision } from '../../../explore/index.js';
import { bitWidth, plural } from '../../figures.js';
import { levelText, valuesText } from '../../metric-texts.js';
import type { PlainObject } from '../drawing.js';
import { axis, baseOptions, FILLS, INK } from '../theme.js';
import { inLines, spread, studyLine, type StudyChart } from './study-chart.js';

/** Lines are told apart by shape, dash and lightness; with more of them that fails. */
const STYLES = [
  { pointStyle: 'circle', color: FILLS.dark, fill: FILLS.dark, dash: [] },
  { pointStyle: 'rect', color: FILLS.middle, fill: FILLS.middle, dash: [10, 6] },
  { pointStyle: 'triangle', color: INK, fill: '#ffffff', dash: [3, 4] },
  { pointStyle: 'rectRot', color: '#6f8f6b', fill: FILLS.light, dash: [14, 4, 3, 4] },
  { pointStyle: 'star', color: '#7d7d7d', fill: '#7d7d7d', dash: [6, 3] },
] as const;

/** What each machine of the front gains by fewer bits. */
export const precisionChart = {
  title: 'Speedup by precision',
  description: 'speedup over the widest precision, for machines of the front',
  draw: (summary) => {
    const { byPrecision, study } = summary;
    if (byPrecision === null) return 'needs an axis that sets bits or precision';
    if (byPrecision.machines.length === 0) {
      return `needs a machine of the front with an answer at ${byPrecision.axis} ${byPrecision.baseline} and at another level`;
    }
    const { levels, fields } = study.axes.find(({ name }) => name === byPrecision.axis)!;
    const labels = levels.map(({ label }) => levelText(label));
    const chosen = spread(byPrecision.machines, STYLES.length);
    const base = fields.includes('bits')
      ? bitWidth(Number(byPrecision.baseline))
      : `${byPrecision.axis} ${levelText(byPrecision.baseline)}`;
    const varying = differing(chosen);
    const alike = Object.keys(chosen[0]!.values).filter((name) => !varying.includes(name));
    return {
      widthPx: 1200,
      heightPx: 780,
      configuration: {
        type: 'line',
        data: { labels, datasets: chosen.map((machine, at) => line(byPrecision, labels, machine, varying, at)) },
        options: baseOptions(
          {
            title: `Speedup over ${base}`,
            subtitle: inLines([
              studyLine(summary),
              `latency at ${base} over the latency on the same machine; ` +
                (chosen.length < byPrecision.machines.length
                  ? `${chosen.length} of the ${plural(byPrecision.machines.length, 'machine')} of the front, from the best in the first objective on`
                  : `${plural(chosen.length, 'machine')} of the front`),
              ...(alike.length === 0 ? [] : [`all with ${valuesText(alike, chosen[0]!.values)}`]),
            ]),
          },
          {
            x: axis(byPrecision.axis, { offset: true }),
            y: axis(`speedup over ${base} (times)`, { beginAtZero: true, grace: '8%' }),
          },
        ),
      },
    };
  },
} as const satisfies StudyChart;

function line(
  { baseline }: ByPrecision,
  labels: readonly string[],
  { values, latencyMs }: MachineByPrecision,
  varying: readonly string[],
  at: number,
): PlainObject {
  const base = latencyMs[labels.indexOf(levelText(baseline))]!;
  const { pointStyle, color, fill, dash } = STYLES[at]!;
  return {
    type: 'line',
    label: varying.length === 0 ? 'the machine' : valuesText(varying, values),
    data: latencyMs.map((own) => (own === null ? null : base / own)),
    spanGaps: true,
    borderColor: color,
    backgroundColor: fill,
    borderDash: dash,
    borderWidth: 3,
    pointStyle,
    // Lines that coincide show all the same: the first is drawn last.
    pointRadius: 6 + 2 * at,
    pointBorderWidth: 2,
  };
}

/** Axes in which the machines are not all alike: their names tell them apart. */
function differing(machines: readonly MachineByPrecision[]): string[] {
  const [first] = machines;
  return Object.keys(first!.values).filter((name) =>
    machines.some(({ values }) => values[name] !== first!.values[name]),
  );
}
