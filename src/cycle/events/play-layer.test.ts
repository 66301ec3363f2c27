import { describe, expect, test } from 'vitest';
import type { Arbitration } from './channel.js';
import { DOUBLED, machineOf, oneElement, planOf, problemOf, watch } from './plays.test-data.js';
import { playLayer } from './play-layer.js';

/** Four channels in, three out, a tile each: 4 bytes of inputs once, and 4 of weights, 4 cycles and 1 byte out a tile. */
const product = problemOf({ inputChannels: 4, outputChannels: 3 });
const machine = oneElement();
const byChannel = (doubleBuffered = DOUBLED) =>
  planOf(machine, product.nest, { outputChannels: 1 }, { doubleBuffered });

describe('one core', () => {
  test('two buffers: the next weights come, and the last output goes, while a tile is computed', () => {
    const { play, log } = watch(product, byChannel(), machine);
    expect(log).toEqual([
      'latency 0-2',
      'inputs 2-6',
      'second 6-10',
      // Asked for at 10, when the first tile starts.
      'latency 10-12',
      'compute 10-14',
      'second 12-16',
      // Asked for at 14, but the channel serves one request at a time.
      'outputs 16-17',
      'latency 17-19',
      'compute 16-20',
      'second 19-23',
      'outputs 23-24',
      'compute 23-27',
      'outputs 27-28',
    ]);
    expect(play).toEqual({
      cycles: 28,
      computeCycles: 12,
      channelCycles: 19,
      latencyCycles: 6,
      steps: 3,
      bytes: { inputs: 4, second: 12, outputs: 3, partialSums: 0, prefetch: 0, total: 19 },
    });
  });

  test('one buffer for weights: they are asked for when the tile is done, after its store', () => {
    const { play, log } = watch(product, byChannel({ ...DOUBLED, second: false }), machine);
    expect(log.slice(3)).toEqual([
      'compute 10-14',
      'outputs 14-15',
      'latency 15-17',
      'second 17-21',
      'compute 21-25',
      'outputs 25-26',
      'latency 26-28',
      'second 28-32',
      'compute 32-36',
      'outputs 36-37',
    ]);
    expect(play.cycles).toBe(37);
  });

  test('one buffer for outputs: the next tile waits until the one before is stored', () => {
    const { play, log } = watch(product, byChannel({ ...DOUBLED, outputs: false }), machine);
    expect(log.filter((line) => /compute|outputs/.test(line))).toEqual([
      'compute 10-14',
      'outputs 16-17',
      'compute 17-21',
      'outputs 23-24',
      'compute 24-28',
      'outputs 28-29',
    ]);
    expect(play.cycles).toBe(29);
  });

  test('partial sums leave before they are asked back for', () => {
    // Two channels in and out, a tile each, inputs outermost; sums of 4 bytes; a product a tile; no latency.
    const layer = problemOf({ inputChannels: 2, outputChannels: 2 });
    const noLatency = oneElement({ latencyNs: 0 });
    const plan = planOf(
      noLatency,
      layer.nest,
      { inputChannels: 1, outputChannels: 1 },
      {
        order: ['reduction', 'pixels', 'outputChannels'],
      },
    );
    const { play, log } = watch(layer, plan, noLatency);
    expect(log).toEqual([
      'inputs 0-1',
      'second 1-2',
      'compute 2-3',
      'second 2-3',
      // At 3 the sums of the first tile leave; and as the second tile starts, all that the third needs is asked for.
      'compute 3-4',
      'storedSums 3-7',
      'inputs 7-8',
      'second 8-9',
      'loadedSums 9-13',
      'compute 13-14',
      'storedSums 13-17',
      'second 17-18',
      'loadedSums 18-22',
      'compute 22-23',
      'outputs 22-23',
      'outputs 23-24',
    ]);
    expect(play.bytes).toMatchObject({ inputs: 2, second: 4, outputs: 2, partialSums: 16 });
  });

  test('what is resident moves nothing and is not waited for', () => {
    const resident = { ...product, inputBits: 0, secondBits: 0, outputBits: 0 };
    expect(watch(resident, byChannel(), machine).log).toEqual(['compute 0-4', 'compute 4-8', 'compute 8-12']);
  });

  test('weights of the next layer come in equal parts, one a tile, behind what the tile needs itself', () => {
    const prefetching = { ...product, inputBits: 0, outputBits: 0, prefetchBytes: 6 };
    const { play, log } = watch(prefetching, byChannel(), machine);
    expect(log).toEqual([
      'latency 0-2',
      'second 2-6',
      'latency 6-8',
      'compute 6-10',
      'second 8-12',
      'prefetch 12-14',
      'latency 14-16',
      'compute 12-16',
      'second 16-20',
      'prefetch 20-22',
      'latency 22-24',
      'compute 20-24',
      'prefetch 24-26',
    ]);
    expect(play).toMatchObject({ cycles: 26, bytes: { second: 12, prefetch: 6 } });
  });

  test('transfers take whole bursts', () => {
    const bursts = oneElement({ latencyNs: 0, burstBytes: 3 });
    const { play } = watch(product, planOf(bursts, product.nest, { outputChannels: 1 }), bursts);
    // 4 bytes in 2 bursts, 1 byte in one.
    expect(play.bytes).toMatchObject({ inputs: 6, second: 18, outputs: 9 });
  });
});

describe('several cores on one channel', () => {
  const split = { batch: 1, groups: 1, outputRows: 1, outputChannels: 2 };
  const both = problemOf({ inputChannels: 4, outputChannels: 4 });
  const twoCores = (sketch = {}) => oneElement({ cores: 2, latencyNs: 0, ...sketch });
  const plan = (on: ReturnType<typeof twoCores>) => planOf(on, both.nest, { outputChannels: 1 }, { split });

  test('what both read is sent once, what each reads is sent in turn', () => {
    const on = twoCores();
    const { play, log } = watch(both, plan(on), on);
    expect(log.slice(0, 4)).toEqual(['inputs.01 0-4', 'second 4-8', 'compute 8-12', 'second.1 8-12']);
    expect(play.bytes).toMatchObject({ inputs: 4, second: 16, outputs: 4 });
  });

  test('without multicast each fetches its own', () => {
    const on = twoCores({ multicast: false });
    expect(watch(both, plan(on), on).play.bytes).toMatchObject({ inputs: 8, second: 16, outputs: 4 });
  });

  test('a tile for both is sent when the slower has room for it', () => {
    // Two pixels outside, four channels in; 2 channels out for the first core, 1 for the second, which could go on to
    // the next pixel at once: it has to wait until the first core starts its last tile of the pixel before.
    const layer = problemOf(
      { outputColumns: 2, inputChannels: 4, outputChannels: 3 },
      { secondBits: 0, outputBits: 0 },
    );
    const on = twoCores();
    const tiles = { outputColumns: 1, outputChannels: 1 };
    const { log } = watch(layer, planOf(on, layer.nest, tiles, { split }), on);
    expect(log).toEqual([
      'inputs.01 0-4',
      'compute 4-8',
      'compute.1 4-8',
      'compute 8-12',
      'inputs.10 8-12',
      'compute.1 12-16',
      'compute 12-16',
      'compute 16-20',
    ]);
  });

  test('the loads of a step wait for the first byte once, of whatever core', () => {
    const on = twoCores({ latencyNs: 2 });
    expect(watch(both, plan(on), on).play.latencyCycles).toBe(4);
  });
});

describe('arbitration', () => {
  const split = { batch: 1, groups: 1, outputRows: 1, outputChannels: 2 };
  const on = oneElement({ cores: 2, latencyNs: 0 });
  const lastComeFirstServed: Arbitration = (waiting) => waiting.length - 1;
  const storesFirst: Arbitration = (waiting) =>
    Math.max(
      0,
      waiting.findIndex(({ kind }) => kind === 'outputs'),
    );

  test('last come, first served lets a core starve: 42 cycles instead of 38', () => {
    // 10 products a tile, the first operand and outputs on chip. In turn, cores start at 4 and 8 and never wait again:
    // 8 + 3 x 10. The second core's first weights wait while the first core's next ones pass: 12 + 3 x 10.
    const layer = problemOf({ inputChannels: 10, outputChannels: 6 }, { inputBits: 0, outputBits: 0, secondBits: 3.2 });
    const plan = planOf(on, layer.nest, { outputChannels: 1 }, { split });
    expect(watch(layer, plan, on).play.cycles).toBe(38);
    expect(watch(layer, plan, on, lastComeFirstServed).play.cycles).toBe(42);
  });

  test('stores of one core before loads of the other: 21 cycles instead of 20', () => {
    // Two tiles each, of 4 bytes of weights, 2 cycles and 1 byte out. In turn the channel is never idle: 4 x 4 + 4 x 1.
    // Stores that overtake put the last weights off from 13 to 14; computing their tile, 18 to 20, leaves the channel
    // with the first core's last byte only, so that it is idle for a cycle before the last store.
    const layer = problemOf({ inputChannels: 2, outputChannels: 4 }, { inputBits: 0, secondBits: 16 });
    const plan = planOf(on, layer.nest, { outputChannels: 1 }, { split });
    expect(watch(layer, plan, on).play.cycles).toBe(20);
    expect(watch(layer, plan, on, storesFirst).play.cycles).toBe(21);
  });
});

test('memories and buses that the engine does not know are refused, by name', () => {
  const shared = machineOf({ shared: { bytes: 4096, bytesPerCycle: 8 } });
  expect(() => playLayer(product, planOf(shared, product.nest), shared)).toThrow(/sharedBuffer: must be left out/);
});
