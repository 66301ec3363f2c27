import { describe, expect, test } from 'vitest';
import { chromeTrace, chromeTraceText, type TraceEvent } from './chrome-trace.js';
import { tinyTimeline } from './timeline.test-data.js';

const { traceEvents, otherData, displayTimeUnit } = chromeTrace(tinyTimeline);

/** `cores/core 0 array`: the track a slice lies on, by the names the trace gives. */
function trackOf({ pid, tid }: TraceEvent): string {
  const named = (name: string, thread: number) =>
    traceEvents.find((event) => event.name === name && event.pid === pid && event.tid === thread)?.args?.['name'];
  return `${named('process_name', 0)}/${named('thread_name', tid)}`;
}

describe('a timeline as Chrome trace events', () => {
  test('has a track for the layers, the channel, and each core: times in microseconds', () => {
    const slices = traceEvents
      .filter(({ ph }) => ph === 'X')
      .map((event) => `${trackOf(event)}: ${event.name} ${event.ts} +${event.dur}`);
    expect(slices).toEqual([
      'layers/net: conv 0 +0.05',
      'layers/net: add 0.05 +0.01',
      'off-chip channel/channel: latency 0 +0.005',
      'off-chip channel/channel: weights 0.005 +0.005',
      'off-chip channel/channel: weights 0.01 +0.005',
      'cores/core 0 array: step 0 0.01 +0.0125',
      'cores/core 1 array: step 0 0.01 +0.0125',
      'cores/core 0 array: step 1 0.0225 +0.0125',
      'off-chip channel/channel: outputs 0.045 +0.005',
      'cores/core 0 vector unit: step 0 0.05 +0.01',
    ]);
  });

  test('shows each transfer from request to end, as slices that may overlap', () => {
    const requests = traceEvents.filter(({ ph }) => ph === 'b' || ph === 'e');
    expect(requests.map(({ ph, name, ts }) => [ph, name, ts])).toEqual([
      ['b', 'weights', 0],
      ['e', 'weights', 0.01],
      ['b', 'weights', 0.01],
      ['e', 'weights', 0.015],
      ['b', 'outputs', 0.035],
      ['e', 'outputs', 0.05],
    ]);
    // A viewer pairs them by category and id.
    for (const end of requests.filter(({ ph }) => ph === 'e')) {
      const begins = requests.filter(({ ph, id, cat }) => ph === 'b' && id === end.id && cat === end.cat);
      expect(begins.map(({ name }) => name)).toEqual([end.name]);
    }
  });

  test('keeps to the format: what each phase needs, and nothing that JSON would drop', () => {
    for (const event of traceEvents) {
      expect(JSON.parse(JSON.stringify(event))).toEqual(event);
      expect(event).toMatchObject({ name: expect.any(String), pid: expect.any(Number), tid: expect.any(Number) });
      if (event.ph !== 'M') expect(event.ts).toBeGreaterThanOrEqual(0);
      if (event.ph === 'X') expect(event.dur).toBeGreaterThanOrEqual(0);
      if (event.ph === 'b' || event.ph === 'e') expect(event).toMatchObject({ cat: 'dma', id: expect.any(Number) });
    }
    expect(displayTimeUnit).toBe('ns');
  });

  test('says what was run, and what is left out', () => {
    expect(otherData).toEqual({
      run: 'net, batch 1, 4 bits (edges 8), 64 GB/s, latency, machine tiny',
      leftOut: 'nothing',
    });
    expect(chromeTrace({ ...tinyTimeline, eventsLeftOut: 12 }).otherData['leftOut']).toBe(
      '12 events after the first 8: ask for one --layer',
    );
  });

  test('is a JSON object with an event a line', () => {
    const text = chromeTraceText(tinyTimeline);
    expect(JSON.parse(text)).toEqual({ displayTimeUnit, otherData, traceEvents });
    expect(text.split('\n')).toHaveLength(traceEvents.length + 3);
  });
});
