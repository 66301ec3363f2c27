import { describe, expect, it } from 'vitest';
import { energyScale, MAX_TECHNOLOGY_NM, MIN_TECHNOLOGY_NM } from './technology.js';

const nodesNm = [7, 10, 14, 16, 20, 32, 45, 65, 90, 130];

describe('energyScale', () => {
  it('follows the published parabolas at 0.9 V', () => {
    // 45 nm: 1.103 x 0.81 - 0.362 x 0.9 + 0.2767 = 0.84433; 14 nm: 0.2363 x 0.81 - 0.09675 x 0.9 + 0.02239 = 0.126718
    expect(energyScale(45, 14)).toBeCloseTo(0.126718 / 0.84433, 6);
    // 7 nm: 0.1776 x 0.81 - 0.09097 x 0.9 + 0.02447 = 0.086453
    expect(energyScale(45, 7)).toBeCloseTo(0.086453 / 0.84433, 6);
  });

  it('is 1 at the same node, and there and back again is 1', () => {
    for (const from of [...nodesNm, 28, 12.5]) {
      expect(energyScale(from, from)).toBe(1);
      for (const to of nodesNm) expect(energyScale(from, to) * energyScale(to, from)).toBeCloseTo(1, 12);
    }
  });

  it('never takes more at a smaller node, between the nodes of the fit too', () => {
    let before = Infinity;
    for (let node = MAX_TECHNOLOGY_NM; node >= MIN_TECHNOLOGY_NM; node -= 0.5) {
      const scale = energyScale(MAX_TECHNOLOGY_NM, node);
      expect(scale, `${node} nm`).toBeLessThanOrEqual(before);
      before = scale;
    }
  });

  it('interpolates linearly: 26 nm takes the mean of 20 and 32 nm', () => {
    expect(energyScale(45, 26)).toBeCloseTo((energyScale(45, 20) + energyScale(45, 32)) / 2, 12);
  });

  it.each([5, 180])('refuses %i nm, which the fit does not cover', (node) => {
    expect(() => energyScale(45, node)).toThrow(RangeError);
  });
});
