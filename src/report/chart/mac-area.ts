import { macAreaUm2 } from '../../arch/index.js';
import { significant } from '../figures.js';
import type { Chart, ChartInput, Drawing, PlainObject } from './drawing.js';
import { bitFusionMacUm2, pactDensity } from './published.js';
import { axis, baseOptions, FILLS, INK, logarithmicAxis, PUBLISHED } from './theme.js';

const REFERENCE_BITS = 16;
const WIDTHS = [16, 14, 12, 10, 8, 6, 4, 2] as const;

/** What one MAC takes as its operands narrow, and how many so fit where one of 16 bits was. */
export const macArea = {
  draws: 'question',
  description: 'MAC area and density by operand width, relative to 16 bits',
  draw: drawMacArea,
} as const satisfies Chart;

function drawMacArea({ macArea: model, runs }: ChartInput): Drawing {
  const areaAt = (bits: number): number => macAreaUm2(model, bits, bits);
  const reference = areaAt(REFERENCE_BITS);
  const density = WIDTHS.map((bits) => reference / areaAt(bits));
  const area = WIDTHS.map((bits) => areaAt(bits) / reference);
  const widest = Math.max(...density, ...WIDTHS.map((bits) => bitFusionDensity(bits) ?? 1));
  return {
    widthPx: 1200,
    heightPx: 750,
    configuration: {
      type: 'line',
      data: {
        labels: WIDTHS.map(String),
        datasets: [
          {
            ...line('density: MACs per area', density, 'circle', FILLS.dark, []),
            valueLabels: { decimals: 1, suffix: 'x', place: 'below', color: INK },
          },
          line('area of one MAC', area, 'rect', FILLS.middle, [10, 6]),
          {
            ...points('triangle', 9, '#ffffff', INK),
            label: 'density at 45 nm (Bit Fusion)',
            data: WIDTHS.map(bitFusionDensity),
            order: 2,
          },
          {
            ...points('rectRot', 10, PUBLISHED, '#ffffff'),
            label: `published: ${pactDensity.density}x at ${pactDensity.bits} bits, 14 nm (PACT)`,
            data: WIDTHS.map((bits) => (bits === pactDensity.bits ? pactDensity.density : null)),
            order: 1,
          },
        ],
      },
      options: baseOptions(
        {
          title: 'One MAC by operand width',
          subtitle: [
            `area model of machine ${runs[0]?.result.arch.name ?? ''}: ${significant(reference)} µm² at ${REFERENCE_BITS} bits, ` +
              `${significant(areaAt(2))} µm² at 2 bits`,
          ],
        },
        {
          x: axis('operand width (bits)', { offset: true }),
          y: logarithmicAxis('relative to a 16-bit MAC (times, logarithmic)', Math.min(...area) / 1.5, widest * 1.5),
        },
      ),
    },
  };
}

function bitFusionDensity(width: number): number | null {
  const reference = bitFusionMacUm2.find(({ bits }) => bits === REFERENCE_BITS);
  const mac = bitFusionMacUm2.find(({ bits }) => bits === width);
  return reference === undefined || mac === undefined ? null : reference.areaUm2 / mac.areaUm2;
}

function points(pointStyle: string, pointRadius: number, fill: string, outline: string): PlainObject {
  return { showLine: false, pointStyle, pointRadius, pointBorderWidth: 2, backgroundColor: fill, borderColor: outline };
}

function line(label: string, data: number[], pointStyle: string, color: string, borderDash: number[]): PlainObject {
  return {
    ...points(pointStyle, 6, color, color),
    label,
    data,
    order: 3,
    showLine: true,
    borderDash,
    borderWidth: 3,
  };
}
