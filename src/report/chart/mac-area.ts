import type { MacArea } from '../../arch/index.js';
import { macAreaUm2 } from '../../arch/index.js';
import { AccelsimError } from '../../errors.js';
import { pactDensity } from '../../explore/index.js';
import { significant } from '../figures.js';
import type { Chart, ChartInput, Drawing, PlainObject } from './drawing.js';
import { bitFusionMacUm2 } from './published.js';
import { axis, baseOptions, FILLS, INK, logarithmicAxis, PUBLISHED } from './theme.js';

const WIDTHS = [16, 14, 12, 10, 8, 6, 4, 2] as const;

/** What one MAC takes as its operands narrow, and how many so fit where one of 16 bits was. */
export const macArea = {
  draws: 'question',
  description: 'MAC area and density by operand width, relative to 16 bits',
  draw: drawMacArea,
} as const satisfies Chart;

function drawMacArea({ macArea: model, runs }: ChartInput): Drawing {
  const areas = WIDTHS.map((bits) => areaUm2At(model, bits));
  // A table of measured areas may end below 16 bits: then its widest is what the others are compared with.
  const widest = areas.findIndex((area) => area !== null);
  const [referenceBits, reference] = [WIDTHS[widest] ?? 16, areas[widest] ?? 1];
  const density = areas.map((area) => (area === null ? null : reference / area));
  const area = areas.map((areaUm2) => (areaUm2 === null ? null : areaUm2 / reference));
  const measured = WIDTHS.map((bits) => bitFusionDensity(bits, referenceBits));
  const published = WIDTHS.map((bits) =>
    bits === pactDensity.bits && referenceBits === pactDensity.baselineBits ? pactDensity.density : null,
  );
  const densest = Math.max(1, ...[...density, ...measured].map((value) => value ?? 1));
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
          ...points('density at 45 nm (Bit Fusion)', measured, {
            pointStyle: 'triangle',
            radius: 9,
            fill: '#ffffff',
            outline: INK,
            order: 2,
          }),
          ...points(`published: ${pactDensity.density}x at ${pactDensity.bits} bits, 14 nm (PACT)`, published, {
            pointStyle: 'rectRot',
            radius: 10,
            fill: PUBLISHED,
            outline: '#ffffff',
            order: 1,
          }),
        ],
      },
      options: baseOptions(
        {
          title: 'One MAC by operand width',
          subtitle: [
            `area model of machine ${runs[0]?.result.arch.name ?? ''}: ${significant(reference)} µm² at ${referenceBits} bits`,
          ],
        },
        {
          x: axis('operand width (bits)', { offset: true }),
          y: logarithmicAxis(
            `relative to one MAC of ${referenceBits} bits (times, logarithmic)`,
            1 / densest / 1.5,
            densest * 1.5,
          ),
        },
      ),
    },
  };
}

/** Null at widths the model does not cover. */
function areaUm2At(model: MacArea, bits: number): number | null {
  try {
    return macAreaUm2(model, bits, bits);
  } catch (error) {
    if (error instanceof AccelsimError) return null;
    throw error;
  }
}

function bitFusionDensity(width: number, referenceBits: number): number | null {
  const reference = bitFusionMacUm2.find(({ bits }) => bits === referenceBits);
  const mac = bitFusionMacUm2.find(({ bits }) => bits === width);
  return reference === undefined || mac === undefined ? null : reference.areaUm2 / mac.areaUm2;
}

interface PointStyle {
  readonly pointStyle: string;
  readonly radius: number;
  readonly fill: string;
  readonly outline: string;
  readonly order: number;
}

/** Figures that others measured; no dataset where none of them is at these widths. */
function points(label: string, data: (number | null)[], style: PointStyle): PlainObject[] {
  if (data.every((value) => value === null)) return [];
  return [
    {
      label,
      data,
      order: style.order,
      showLine: false,
      pointStyle: style.pointStyle,
      pointRadius: style.radius,
      pointBorderWidth: 2,
      backgroundColor: style.fill,
      borderColor: style.outline,
    },
  ];
}

function line(
  label: string,
  data: (number | null)[],
  pointStyle: string,
  color: string,
  borderDash: number[],
): PlainObject {
  return {
    label,
    data,
    order: 3,
    borderColor: color,
    borderDash,
    borderWidth: 3,
    backgroundColor: color,
    pointStyle,
    pointRadius: 6,
  };
}
