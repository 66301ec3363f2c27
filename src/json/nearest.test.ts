import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest.js';
import { sameButForUnit } from './unit-suffix.js';

describe('nearestName', () => {
  const fields = ['capacityKiB', 'width', 'height', 'stride', 'convolution'];

  it.each([
    ['capacityKib', 'capacityKiB'], // case only
    ['CAPACITYKIB', 'capacityKiB'],
    ['widht', 'width'], // two letters swapped
    ['stride_', 'stride'],
    ['strides', 'stride'],
    ['conv', 'convolution'], // begins it
    ['WIDTH', 'width'],
  ])('takes %s for %s', (name, meant) => {
    expect(nearestName(name, fields)).toBe(meant);
  });

  it('prefers the nearest, not the first', () => {
    // layer12 is one letter from layer1 and from layer22, none from itself in capitals.
    expect(nearestName('LAYER12', ['layer1', 'layer22', 'layer12'])).toBe('layer12');
  });

  it.each(['color', 'x', '', 'depth'])('suggests nothing for %j', (name) => {
    expect(nearestName(name, ['capacityKiB', 'stride', 'convolution'])).toBeUndefined();
  });
});

describe('sameButForUnit', () => {
  const fields = ['clockGHz', 'capacityKiB', 'bandwidthGBps', 'columns'];

  it.each([
    ['clockMHz', 'clockGHz'],
    ['clockMhz', 'clockGHz'],
    ['clock', 'clockGHz'],
    ['capacityMB', 'capacityKiB'],
    ['capacityBytes', 'capacityKiB'],
    ['bandwidthGbps', 'bandwidthGBps'],
  ])('sees %s as %s in another unit', (name, meant) => {
    expect(sameButForUnit(name, fields)).toBe(meant);
  });

  it('leaves a difference of case alone to nearestName', () => {
    expect(sameButForUnit('capacityKib', fields)).toBeUndefined();
    expect(sameButForUnit('clockghz', fields)).toBeUndefined();
    expect(sameButForUnit('colum', fields)).toBeUndefined();
  });
});
