import { expect, test } from 'vitest';
import { tinyLayer, tinyTimeline } from './timeline.test-data.js';
import { timelineToText } from './timeline-text.js';

test('a row a layer, played beside simulated, and all of them', () => {
  expect(timelineToText(tinyTimeline)).toBe(
    [
      'run     net, batch 1, 4 bits (edges 8), 64 GB/s, latency, machine tiny',
      'played  120 cycles, 60.0 ns at 2 GHz',
      '',
      'layer  played  simulated  differs  busiest core  channel   tiles',
      '       cycles     cycles       by      computes     busy  a core',
      '-----  ------  ---------  -------  ------------  -------  ------',
      'conv      100         80  +25.00%         50.0%    40.0%       2',
      'add        20         20   +0.00%        100.0%     0.0%       1',
      '-----  ------  ---------  -------  ------------  -------  ------',
      'all       120        100  +20.00%         58.3%    33.3%       3',
      '',
    ].join('\n'),
  );
});

test('one layer needs no sum', () => {
  expect(timelineToText(tinyLayer)).not.toContain('all ');
});
