import { describe, expect, it } from 'vitest';
import { resnet50 } from '../build/resnet50.js';
import { buildNetwork } from '../read-network.js';
import type { LayerJson } from '../schema.js';
import { networkTotals } from '../totals.js';
import { readScalesim, toScalesim } from './index.js';

function exported(channels: number, ...layers: LayerJson[]): ReturnType<typeof toScalesim> {
  return toScalesim(buildNetwork({ name: 'n', inputs: [{ name: 'x', channels, height: 9, width: 7 }], layers }));
}

const HEADER = 'Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,\n';

describe('toScalesim', () => {
  it('writes inputs padded, and only as far as windows reach', () => {
    // 9 + 2 rows: 5 windows of 3 at stride 2 touch 4 x 2 + 3 = 11 rows; 7 + 2 columns: 4 windows touch 9.
    const { text, notes } = exported(4, {
      name: 'a',
      kind: 'convolution',
      input: 'x',
      outputChannels: 8,
      kernel: 3,
      stride: 2,
      padding: 1,
    });
    expect(text).toBe(`${HEADER}a, 11, 9, 3, 3, 4, 8, 2,\n`);
    expect(notes).toEqual([]);
  });

  it('marks depthwise layers, splits groups, unrolls dilation, and says so', () => {
    const { text, notes } = exported(
      4,
      { name: 'dw', kind: 'convolution', input: 'x', outputChannels: 8, kernel: 3, groups: 4 },
      { name: 'ADP,T', kind: 'convolution', input: 'dw', outputChannels: 2, kernel: 1, groups: 2 },
      { name: 'far', kind: 'convolution', input: 'ADP,T', outputChannels: 6, kernel: 3, dilation: 2 },
      { name: 'pool', kind: 'pooling', input: 'far', type: 'max', kernel: 'global' },
    );
    // 7 x 5 outputs behind the first; the dilated one spans 5, which leaves 3 x 1.
    expect(text.split('\n').slice(1, -1)).toEqual([
      'dw_DP, 9, 7, 3, 3, 4, 2, 1,',
      'AD_P_T.g0, 7, 5, 1, 1, 4, 1, 1,',
      'AD_P_T.g1, 7, 5, 1, 1, 4, 1, 1,',
      'far, 3, 1, 1, 1, 18, 6, 1,',
    ]);
    expect(notes).toEqual([
      'left out, a topology has only layers with MACs: pool',
      'one row for each group: ADP,T',
      'dilated, written as the matrix product it comes to: far',
      'renamed, a comma or DP would mean something: dw, ADP,T',
    ]);
  });

  it('writes a product of activations once for each head', () => {
    const sequence = buildNetwork({
      name: 's',
      inputs: [
        { name: 'q', channels: 8, height: 5, width: 1 },
        { name: 'k', channels: 8, height: 6, width: 1 },
      ],
      layers: [{ name: 'scores', kind: 'matmul', inputs: ['q', 'k'], groups: 2, transposeSecond: true }],
    });
    // 5 positions by 4 channels, times 4 by 6, twice.
    expect(toScalesim(sequence).text.split('\n').slice(1, -1)).toEqual([
      'scores.g0, 5, 1, 1, 1, 4, 6, 1,',
      'scores.g1, 5, 1, 1, 1, 4, 6, 1,',
    ]);
  });

  it('is read back with the same MACs and weights', () => {
    const network = buildNetwork(resnet50('v1'));
    const back = buildNetwork(readScalesim(toScalesim(network).text, 'back.csv').network);
    const { macs, weightElements } = networkTotals(network);
    expect(networkTotals(back)).toMatchObject({ layers: 54, macs, weightElements });
  });
});
