import type { Timeline, TimelineLayer } from '../simulate/trace.js';
import { grouped, milliseconds, percent } from './figures.js';
import type { Document, Table } from './document.js';
import { documentToText } from './text.js';
import { microsecondsOf, timelineLine } from './timeline-words.js';

/** What a timeline came to, beside what the closed form says: a row a layer, for the terminal. */
export function timelineToText(timeline: Timeline): string {
  const { arch, cycles, layers } = timeline;
  const ms = microsecondsOf(timeline)(cycles) / 1e3;
  const document: Document = [
    {
      kind: 'facts',
      facts: [
        { label: 'run', value: timelineLine(timeline) },
        { label: 'played', value: `${grouped(cycles)} cycles, ${milliseconds(ms)} at ${arch.clockGHz} GHz` },
      ],
    },
    { kind: 'table', table: layerTable(layers) },
  ];
  return documentToText(document);
}

function layerTable(layers: readonly TimelineLayer[]): Table {
  const sum = (figure: (layer: TimelineLayer) => number) => layers.reduce((total, layer) => total + figure(layer), 0);
  const [played, simulated, computing, busy, steps] = [
    sum((layer) => layer.cycles),
    sum((layer) => layer.simulatedCycles),
    sum((layer) => layer.computeCycles),
    sum((layer) => layer.channelCycles + layer.latencyCycles),
    sum((layer) => layer.steps),
  ];
  const row = (
    name: string,
    cycles: number,
    closed: number,
    compute: number,
    channel: number,
    tiles: number,
  ): string[] => [
    name,
    grouped(cycles),
    grouped(closed),
    difference(cycles, closed),
    percent(compute / cycles),
    percent(channel / cycles),
    grouped(tiles),
  ];
  return {
    columns: [
      { header: 'layer', align: 'left' },
      { header: 'played\ncycles', align: 'right' },
      { header: 'simulated\ncycles', align: 'right' },
      { header: 'differs\nby', align: 'right' },
      { header: 'busiest core\ncomputes', align: 'right' },
      { header: 'channel\nbusy', align: 'right' },
      { header: 'tiles\na core', align: 'right' },
    ],
    rows: layers.map((layer) =>
      row(
        layer.name,
        layer.cycles,
        layer.simulatedCycles,
        layer.computeCycles,
        layer.channelCycles + layer.latencyCycles,
        layer.steps,
      ),
    ),
    ...(layers.length > 1 ? { footer: row('all', played, simulated, computing, busy, steps) } : {}),
  };
}

/** `+1.2 %` where playing took longer. */
function difference(played: number, simulated: number): string {
  const part = (played / simulated - 1) * 100;
  return `${part < 0 ? '-' : '+'}${grouped(Math.abs(part), 2)}%`;
}
