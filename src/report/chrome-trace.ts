import type { Timeline, TimelineEvent, TimelineLayer } from '../simulate/trace.js';
import { microsecondsOf, timelineLine, transferName } from './timeline-words.js';

/**
 * A timeline in the Trace Event Format (JSON object form), which Perfetto (ui.perfetto.dev) and chrome://tracing open:
 * `X` is a slice with start and duration, `b` and `e` begin and end one that may overlap others, `M` names a process
 * or thread.
 *
 * @see https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export interface ChromeTrace {
  readonly displayTimeUnit: 'ns';
  readonly otherData: Readonly<Record<string, string>>;
  readonly traceEvents: readonly TraceEvent[];
}

export interface TraceEvent {
  readonly name: string;
  readonly ph: 'X' | 'b' | 'e' | 'M';
  readonly pid: number;
  readonly tid: number;
  /** Microseconds; none where something is named. */
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly id?: number;
  readonly args?: Readonly<Record<string, string | number>>;
}

/** Processes, as they stand below each other. */
const LAYERS = 1;
const CHANNEL = 2;
const CORES = 3;
const DMA = 4;

const PROCESSES = [
  { pid: LAYERS, name: 'layers' },
  { pid: CHANNEL, name: 'off-chip channel' },
  { pid: CORES, name: 'cores' },
  { pid: DMA, name: 'DMA: from request to end' },
] as const;

export function chromeTrace(timeline: Timeline): ChromeTrace {
  const { layers, events, eventsLeftOut, workload } = timeline;
  const toMicroseconds = microsecondsOf(timeline);
  // A millionth of a microsecond is far below a cycle.
  const at = (cycles: number): number => Number(toMicroseconds(cycles).toFixed(6));
  const slices = layers.map(
    (layer): TraceEvent => ({
      name: layer.name,
      ph: 'X',
      pid: LAYERS,
      tid: 1,
      ts: at(layer.startCycle),
      dur: at(layer.cycles),
      args: { cycles: layer.cycles, computeCycles: layer.computeCycles, simulatedCycles: layer.simulatedCycles },
    }),
  );
  const played = events.flatMap((event, id) => traceEventsOf(event, id, layers[event.layer]!, at));
  return {
    displayTimeUnit: 'ns',
    otherData: {
      run: timelineLine(timeline),
      leftOut:
        eventsLeftOut === 0
          ? 'nothing'
          : `${eventsLeftOut} events after the first ${events.length}: ask for one --layer`,
    },
    traceEvents: [...namesOf(workload.name, [...slices, ...played], layers), ...slices, ...played],
  };
}

/** One event a line, so that a text tool can search it. */
export function chromeTraceText(timeline: Timeline): string {
  const { displayTimeUnit, otherData, traceEvents } = chromeTrace(timeline);
  const lines = traceEvents.map((event) => JSON.stringify(event)).join(',\n');
  return `{"displayTimeUnit":${JSON.stringify(displayTimeUnit)},"otherData":${JSON.stringify(otherData)},"traceEvents":[\n${lines}\n]}\n`;
}

function traceEventsOf(
  event: TimelineEvent,
  id: number,
  layer: TimelineLayer,
  at: (cycles: number) => number,
): TraceEvent[] {
  const { step } = event;
  const [ts, end] = [at(event.startCycle), at(event.endCycle)];
  const dur = Number((end - ts).toFixed(6));
  const args = { layer: layer.name, step };
  switch (event.what) {
    case 'compute':
      return [{ name: `step ${step}`, ph: 'X', pid: CORES, tid: unitThread(event.core, layer), ts, dur, args }];
    case 'latency':
      return [{ name: 'latency', ph: 'X', pid: CHANNEL, tid: 1, ts, dur, args }];
    case 'transfer': {
      const name = transferName(event.kind, layer);
      const cores = event.cores.length > 8 ? `${event.cores.length} cores` : event.cores.join(', ');
      const more = { ...args, cores, bytes: event.bytes };
      const dma = { name, cat: 'dma', id, pid: DMA, tid: 1 };
      return [
        { name, ph: 'X', pid: CHANNEL, tid: 1, ts, dur, args: more },
        { ...dma, ph: 'b', ts: at(event.requestedCycle), args: more },
        { ...dma, ph: 'e', ts: end },
      ];
    }
  }
}

/** Each core has a thread for its array and one for its vector unit. */
function unitThread(core: number, { engine }: TimelineLayer): number {
  return 2 * core + (engine === 'array' ? 1 : 2);
}

function namesOf(workload: string, named: readonly TraceEvent[], layers: readonly TimelineLayer[]): TraceEvent[] {
  const cores = [...new Set(named.filter(({ pid }) => pid === CORES).map(({ tid }) => tid))].sort((a, b) => a - b);
  const threads = [
    { pid: LAYERS, tid: 1, name: layers.length === 1 ? `one layer of ${workload}` : workload },
    { pid: CHANNEL, tid: 1, name: 'channel' },
    ...cores.map((tid) => ({
      pid: CORES,
      tid,
      name: `core ${Math.floor((tid - 1) / 2)} ${tid % 2 === 1 ? 'array' : 'vector unit'}`,
    })),
    { pid: DMA, tid: 1, name: 'DMA' },
  ];
  return [
    ...PROCESSES.flatMap(({ pid, name }): TraceEvent[] => [
      { name: 'process_name', ph: 'M', pid, tid: 0, args: { name } },
      { name: 'process_sort_index', ph: 'M', pid, tid: 0, args: { sort_index: pid } },
    ]),
    ...threads.flatMap(({ pid, tid, name }): TraceEvent[] => [
      { name: 'thread_name', ph: 'M', pid, tid, args: { name } },
      { name: 'thread_sort_index', ph: 'M', pid, tid, args: { sort_index: tid } },
    ]),
  ];
}
