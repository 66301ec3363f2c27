import { describe, expect, it } from 'vitest';
import { readTrainRequest } from './train-options.js';

describe('options of trainings', () => {
  it.each([
    ['seeds', '9007199254740991', '--seeds: must be a whole number from 1 to 1000, written in digits'],
    ['epochs', '1e3', '--epochs: must be a whole number from 1 to 100000, written in digits (found "1e3")'],
    ['channels', '257', '--channels: must be a whole number from 1 to 256'],
    ['shift', '14', '--shift: must be a whole number from 1 to 13'],
    ['noise', '1e308', '--noise: must be 0 or a number from 1e-9 to 1000000000 (found "1e308")'],
    ['rate', '0', '--rate: must be a number from 1e-9 to 1000000000 (found "0")'],
    ['startLevel', '1e-308', '--start-level: must be a number from 1e-9 to 1000000000'],
    ['levelRate', 'NaN', '--level-rate: must be 0 or a number from 1e-9'],
  ])('refuses --%s %s', (name, value, message) => {
    expect(() => readTrainRequest({ [name]: value })).toThrow(message);
  });

  it('takes the ends of the ranges', () => {
    const { plans, difficulty } = readTrainRequest({
      seeds: '1000',
      scheme: 'pact',
      bits: '2',
      shift: '0',
      noise: '0',
    });
    expect(plans).toHaveLength(1000);
    expect(difficulty).toMatchObject({ shift: 0, noise: 0 });
  });
});
