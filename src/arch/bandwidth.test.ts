import { describe, expect, it } from 'vitest';
import { checkBandwidth, parseBandwidthList } from './index.js';

describe('parseBandwidthList', () => {
  it('reads GB/s in the order given', () => {
    expect(parseBandwidthList('inf,64, 32,0.5', '--bandwidth')).toEqual([Infinity, 64, 32, 0.5]);
  });

  it.each(['', '64,', '0', '-1', '1e3', 'Infinity', '0x10', '64 GB/s', '99999999999'])('refuses %j', (text) => {
    expect(() => parseBandwidthList(text, '--bandwidth')).toThrow('--bandwidth: must be a number of GB/s');
  });

  it('refuses a bandwidth named twice, and tells of every wrong entry', () => {
    expect(() => parseBandwidthList('64,32,64.0', '--bandwidth')).toThrow(
      'must name each bandwidth once (found "64.0")',
    );
    expect(() => parseBandwidthList('fast,slow', '--bandwidth')).toThrow(/"fast"[^]*"slow"/);
  });
});

describe('checkBandwidth', () => {
  it('passes unlimited and refuses what is none', () => {
    expect(checkBandwidth(Infinity, 'test')).toBe(Infinity);
    expect(() => checkBandwidth(-64, 'test')).toThrow('test: bandwidthGBps');
  });
});
