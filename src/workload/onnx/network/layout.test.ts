import { describe, expect, it } from 'vitest';
import { arrange, imageLayout, reshapeLayout, sequenceLayout, transposeLayout } from './layout.js';

describe('layouts', () => {
  it('axes that share a place are multiplied', () => {
    expect(arrange([1, 8, 5, 7], imageLayout(4))).toEqual({ channels: 8, height: 5, width: 7 });
    expect(arrange([2, 5, 8], sequenceLayout(3))).toEqual({ channels: 8, height: 10, width: 1 });
    expect(arrange([], [])).toEqual({ channels: 1, height: 1, width: 1 });
  });

  it('an axis that is split stays where it was, so the tensor looks as before', () => {
    const layout = reshapeLayout([1, 5, 8], sequenceLayout(3), [1, 5, 2, 4]);
    expect(layout.slice(1)).toEqual(['height', 'channels', 'channels']);
  });

  it('rows and columns that become one are positions, channels with them features', () => {
    expect(reshapeLayout([1, 8, 3, 5], imageLayout(4), [1, 8, 15]).slice(1)).toEqual(['channels', 'height']);
    expect(reshapeLayout([1, 8, 3, 5], imageLayout(4), [1, 120]).slice(1)).toEqual(['channels']);
  });

  it('has a place for every axis, those of size 1 at the end too', () => {
    expect(reshapeLayout([1, 8], sequenceLayout(2), [1, 8, 1, 1])).toHaveLength(4);
    expect(reshapeLayout([1, 8, 1, 1], imageLayout(4), [1, 8])).toHaveLength(2);
    expect(reshapeLayout([1], ['channels'], [])).toEqual([]);
  });

  it('a transposed tensor looks as before', () => {
    const layout = transposeLayout(imageLayout(4), [0, 2, 3, 1]);
    expect(arrange([1, 5, 7, 8], layout)).toEqual(arrange([1, 8, 5, 7], imageLayout(4)));
  });
});
