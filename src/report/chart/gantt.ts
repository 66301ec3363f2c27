import { failure } from '../../errors.js';
import type { Timeline, TimelineEvent, TimelineLayer } from '../../simulate/trace.js';
import { percent, plural } from '../figures.js';
import { microsecondsOf, timelineLine, transferName } from '../timeline-words.js';
import type { Drawing, PlainObject } from './drawing.js';
import { axis, barStyle, baseOptions, FILLS } from './theme.js';

/** Bars of more tiles could not be told apart. */
const MAX_TILES = 24;
/** Of more cores the first and the last ones are drawn. */
const MAX_CORES = 4;
const ROW_PX = 44;
/** Title, axis and legend. */
const FRAME_PX = 250;

/** A bar: the row it lies in, and from when to when. */
interface Bar {
  readonly row: string;
  readonly startCycle: number;
  readonly endCycle: number;
}

/**
 * Draws one layer over time: a row for each thing that crosses the off-chip channel, one for each core. Of a layer with
 * many tiles its beginning.
 * @throws AccelsimError if there are several layers
 */
export function drawGantt(timeline: Timeline): Drawing {
  const [layer] = timeline.layers;
  if (layer === undefined || timeline.layers.length > 1) {
    throw failure('--chart', '', 'draws one layer', `${timeline.layers.length} layers`, 'name it with --layer');
  }
  const end = endOfWindow(timeline, layer);
  const events = timeline.events.filter(({ startCycle }) => startCycle < end);
  const { first, last, leftOut } = drawnCores(events);
  const cores = new Set([...first, ...last]);
  const unit = layer.engine === 'array' ? 'array' : 'vector unit';
  const coreRow = (core: number): string => `core ${core} ${unit}`;
  const moves = events.flatMap((event): (Bar & { readonly kind: string })[] =>
    event.what === 'transfer' ? [{ ...event, row: transferName(event.kind, layer) }] : [],
  );
  const waits = events.flatMap((event): Bar[] => (event.what === 'latency' ? [{ ...event, row: 'latency' }] : []));
  const computes = events.flatMap((event): Bar[] =>
    event.what === 'compute' && cores.has(event.core) ? [{ ...event, row: coreRow(event.core) }] : [],
  );
  const rows = [
    ...(waits.length > 0 ? ['latency'] : []),
    ...ROW_ORDER.flatMap((kind) => moves.find((move) => move.kind === kind)?.row ?? []),
    ...first.map(coreRow),
    ...(leftOut === 0 ? [] : [`${plural(leftOut, 'more core')}, not drawn`]),
    ...last.map(coreRow),
  ];
  const microseconds = microsecondsOf(timeline);
  const bars = (label: string, fill: string, drawn: readonly Bar[], borderWidth: number): PlainObject => ({
    label,
    data: drawn.map(({ row, startCycle, endCycle }) => ({
      x: [microseconds(startCycle), microseconds(Math.min(endCycle, end))],
      y: row,
    })),
    grouped: false,
    barPercentage: 0.8,
    categoryPercentage: 0.9,
    pointStyle: 'rect',
    ...barStyle(fill),
    borderWidth,
    borderSkipped: false,
  });
  return {
    widthPx: 1200,
    heightPx: FRAME_PX + ROW_PX * rows.length,
    configuration: {
      type: 'bar',
      data: {
        labels: rows,
        datasets: [
          bars('channel moves data', FILLS.dark, moves, 0),
          bars('channel waits for the first byte', FILLS.light, waits, 1),
          bars(`${unit} computes`, FILLS.middle, computes, 1),
        ],
      },
      options: baseOptions(
        {
          title: `${layer.name} over time`,
          subtitle: [timelineLine(timeline), summary(layer, end)],
        },
        {
          x: axis('time (µs)', { min: 0, max: microseconds(end), position: 'top' }),
          y: axis('', { grid: { display: false }, title: { display: false } }, { autoSkip: false }),
        },
        { indexAxis: 'y' },
      ),
    },
  };
}

const ROW_ORDER = ['inputs', 'second', 'loadedSums', 'prefetch', 'storedSums', 'outputs'] as const;

function summary(layer: TimelineLayer, end: number): string {
  const busy = `channel busy ${percent((layer.channelCycles + layer.latencyCycles) / layer.cycles)}`;
  const whole = `${plural(layer.cycles, 'cycle')} in ${plural(layer.steps, 'tile')} a core, ${busy} of them`;
  return end < layer.cycles ? `${whole}; drawn: the first ${MAX_TILES} tiles` : whole;
}

/** When core 0 is through with as many tiles as are drawn. */
function endOfWindow({ events }: Timeline, layer: TimelineLayer): number {
  if (layer.steps <= MAX_TILES) return layer.cycles;
  const last = events.find((event) => event.what === 'compute' && event.core === 0 && event.step === MAX_TILES - 1);
  return last?.endCycle ?? layer.cycles;
}

/** Which of the cores that compute are drawn above and below the gap, and how many lie in it. */
function drawnCores(events: readonly TimelineEvent[]) {
  const cores = [...new Set(events.flatMap((event) => (event.what === 'compute' ? [event.core] : [])))];
  cores.sort((a, b) => a - b);
  if (cores.length <= MAX_CORES) return { first: cores, last: [], leftOut: 0 };
  return {
    first: cores.slice(0, MAX_CORES / 2),
    last: cores.slice(-MAX_CORES / 2),
    leftOut: cores.length - MAX_CORES,
  };
}
