import type { Plain, PlainObject } from './drawing.js';

/** The family that the package ships; every renderer has to bring it. */
export const FONT_FAMILY = 'DejaVu Sans';

/** Pixels; at half size the smallest of them is still 8. */
const FONT_PX = { title: 25, subtitle: 17, axis: 18, tick: 16, label: 16 } as const;

export const INK = '#1a1a1a';
const GRID = '#d9d9d9';

/**
 * Fills that differ in lightness (CIE L* about 30, 66 and 92), not only in hue, so that they stay apart in grey.
 * Outlines carry what is left.
 */
export const FILLS = { dark: '#1b4672', middle: '#e8871e', light: '#e3eddb' } as const;

/** A colour that nothing else in a chart has: published figures. */
export const PUBLISHED = '#c1121f';

/** Fills from dark to light for things in an order, such as bandwidths. */
export function ramp(steps: number): string[] {
  const [from, to] = [
    [66, 112, 158],
    [222, 236, 246],
  ] as const;
  return Array.from({ length: steps }, (_, step) => {
    const part = steps === 1 ? 0.35 : step / (steps - 1);
    return `#${from.map((low, channel) => hex(low + ((to[channel] ?? low) - low) * part)).join('')}`;
  });
}

/** Ink or white, whichever can be read on a fill `#rrggbb`. */
export function inkOn(fill: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(fill.slice(at, at + 2), 16));
  return 0.3 * red + 0.59 * green + 0.11 * blue < 128 ? '#ffffff' : INK;
}

/** A filled bar with an outline. */
export function barStyle(fill: string): PlainObject {
  return { backgroundColor: fill, borderColor: INK, borderWidth: 1 };
}

export function font(kind: keyof typeof FONT_PX, weight: 'normal' | 'bold' = 'normal'): PlainObject {
  return { family: FONT_FAMILY, size: FONT_PX[kind], weight };
}

export function axisTitle(text: string): PlainObject {
  return { display: true, text, color: INK, font: font('axis'), padding: 8 };
}

export function axis(title: string, more: PlainObject = {}, ticks: PlainObject = {}): PlainObject {
  return {
    title: axisTitle(title),
    grid: { color: GRID },
    border: { color: INK },
    ...more,
    ticks: { color: INK, font: font('tick'), ...ticks },
  };
}

interface Texts {
  readonly title: string;
  /** Lines below it: what was asked. */
  readonly subtitle: readonly string[];
}

/** A logarithmic axis from `min` to `max` with a tick at 1, 2 and 5 of each decade. */
export function logarithmicAxis(title: string, min: number, max: number): PlainObject {
  const tickValues: number[] = [];
  for (let decade = Math.floor(Math.log10(min)); 10 ** decade <= max; decade += 1) {
    tickValues.push(...[1, 2, 5].map((step) => step * 10 ** decade).filter((value) => value >= min && value <= max));
  }
  return axis(
    title,
    { type: 'logarithmic', min, max, tickValues },
    { format: { minimumFractionDigits: 0, maximumFractionDigits: 3 } },
  );
}

/** What all charts share: no animation, the size as given, ink, title, legend below. */
export function baseOptions({ title, subtitle }: Texts, scales: PlainObject, more: PlainObject = {}): PlainObject {
  return {
    responsive: false,
    animation: false,
    devicePixelRatio: 1,
    color: INK,
    font: font('label'),
    layout: { padding: { left: 16, right: 28, top: 12, bottom: 12 } },
    plugins: {
      title: {
        display: true,
        text: title,
        align: 'start',
        color: INK,
        font: font('title', 'bold'),
        padding: { top: 4, bottom: 4 },
      },
      subtitle: {
        display: true,
        text: [...subtitle],
        align: 'start',
        color: INK,
        font: font('subtitle'),
        padding: { bottom: 16 },
      },
      legend: legend(),
    },
    scales,
    ...more,
  };
}

function legend(): PlainObject {
  const labels: Record<string, Plain> = {
    color: INK,
    font: font('label'),
    usePointStyle: true,
    pointStyleWidth: 17,
    boxHeight: 12,
    padding: 18,
  };
  return { display: true, position: 'bottom', labels };
}

function hex(channel: number): string {
  return Math.round(channel).toString(16).padStart(2, '0');
}
