import { SCHEDULE_NAMES, type ScheduleGain, type ScheduleStudy } from '../../explore/index.js';
import { bandwidth, bitWidth } from '../figures.js';
import { workloadLine } from '../question.js';
import type { Drawing, PlainObject } from './drawing.js';
import { axis, barStyle, baseOptions, FILLS, INK, inkOn } from './theme.js';

const [PLAIN] = SCHEDULE_NAMES;
const FREE = SCHEDULE_NAMES.at(-1);

/** Bars: speedup over 16 bits layer by layer, with all freedom for the baseline, and for both. Points: what is linear. */
export function drawScheduleGains({ gains, runs }: ScheduleStudy): Drawing {
  const plain = gains.filter(({ schedule }) => schedule === PLAIN);
  const free = gains.filter(({ schedule }) => schedule === FREE);
  const first = runs[0]!.result;
  const bars = (label: string, values: readonly number[], fill: string): PlainObject => ({
    type: 'bar',
    label,
    data: values,
    order: 2,
    pointStyle: 'rect',
    ...barStyle(fill),
    valueLabels: { decimals: 2, suffix: 'x', place: 'foot', color: inkOn(fill) },
  });
  return {
    widthPx: 1400,
    heightPx: 750,
    configuration: {
      type: 'bar',
      data: {
        labels: plain.map(({ bits, bandwidthGBps }) => [bitWidth(bits), bandwidth(bandwidthGBps)]),
        datasets: [
          bars('both layer by layer', valuesOf(plain, 'ofBoth'), FILLS.dark),
          bars('16 bits may fuse and prefetch', valuesOf(free, 'againstBaseline'), FILLS.middle),
          bars('both may fuse and prefetch', valuesOf(free, 'ofBoth'), FILLS.light),
          {
            type: 'line',
            label: 'linear: peak ratio',
            data: plain.map(({ peak }) => peak),
            order: 1,
            showLine: false,
            borderColor: INK,
            backgroundColor: '#ffffff',
            pointStyle: 'circle',
            pointRadius: 7,
            pointBorderWidth: 2,
          },
        ],
      },
      options: baseOptions(
        {
          title: 'Speedup over 16 bits, when the schedule may hide traffic',
          subtitle: [`${workloadLine(first)}, ${first.mode}, machine ${first.arch.name}`],
        },
        {
          x: axis('operand width and off-chip bandwidth', { grid: { display: false } }, { autoSkip: false }),
          y: axis('speedup over 16 bits (times)', { beginAtZero: true, grace: '8%' }),
        },
      ),
    },
  };
}

function valuesOf(gains: readonly ScheduleGain[], figure: 'againstBaseline' | 'ofBoth'): number[] {
  return gains.map((gain) => gain[figure]);
}
