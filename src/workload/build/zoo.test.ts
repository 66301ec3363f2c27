import { describe, expect, it } from 'vitest';
import { buildNetwork, readNetwork } from '../read-network.js';
import { writeNetwork } from '../write-network.js';
import { buildZooNetwork, isZooName, parseZooName, zoo, zooOtherParameters } from './index.js';

const names = Object.keys(zoo);

describe.each(names)('the network %s', (name) => {
  it('says what it is and where its shapes are from', () => {
    const { name: built, description, source } = buildZooNetwork(name);
    expect(built).toBe(name);
    expect(description).toMatch(/^\S.*[^.\s]$/);
    expect(source).toMatch(/\d{4}/);
  });

  it('can be written and read again', () => {
    const text = writeNetwork(buildZooNetwork(name));
    expect(text.length).toBeLessThan(200_000);
    expect(readNetwork(text, 'file')).toEqual(buildNetwork(buildZooNetwork(name)));
  });

  it('learns whole numbers of parameters beside its weights', () => {
    for (const count of Object.values(zooOtherParameters(name))) expect(Number.isSafeInteger(count)).toBe(true);
  });

  it('can be built at both ends of each of its parameters, and says so in its name', () => {
    for (const [key, { minimum, maximum, default: standard }] of Object.entries(
      zoo[name as keyof typeof zoo].parameters,
    )) {
      expect(standard).toBeGreaterThanOrEqual(minimum);
      expect(standard).toBeLessThanOrEqual(maximum);
      for (const value of [minimum, maximum]) {
        const network = buildNetwork(buildZooNetwork(name, { [key]: value }));
        expect(network.name).toBe(value === standard ? name : `${name}:${key}=${value}`);
      }
    }
  });
});

describe('asking for a network', () => {
  it('reads parameters behind a colon', () => {
    expect(parseZooName('resnet50', '--workload')).toEqual({ name: 'resnet50', values: {} });
    expect(parseZooName('bert-base:sequence=384', '--workload')).toEqual({
      name: 'bert-base',
      values: { sequence: 384 },
    });
    expect(parseZooName('x: a = 1 , b=2', '--workload').values).toEqual({ a: 1, b: 2 });
  });

  it.each([
    ['bert-base:', '--workload: must be name=number, such as sequence=128 (found "")'],
    ['bert-base:sequence', '--workload: must be name=number, such as sequence=128 (found "sequence")'],
    ['bert-base:sequence=1e3', '--workload: must be name=number, such as sequence=128 (found "sequence=1e3")'],
    ['bert-base:a=1,a=2', '--workload: must name each parameter once (found "a=2")'],
  ])('refuses %s', (text, message) => {
    expect(() => parseZooName(text, '--workload')).toThrow(message);
  });

  it('gives the nearest of an unknown name or parameter, and the range of a value', () => {
    expect(() => buildZooNetwork('bert-bas')).toThrow(
      'workload: no such network (found "bert-bas"); did you mean bert-base?',
    );
    expect(() => buildZooNetwork('bert-base', { sequnce: 3 }, '--workload')).toThrow(
      '--workload: sequnce: no such parameter; did you mean sequence?',
    );
    expect(() => buildZooNetwork('resnet50', { depth: 3 })).toThrow('depth: no such parameter; resnet50 has none');
    expect(() => buildZooNetwork('bert-base', { sequence: 513 })).toThrow(
      'sequence: must be a whole number from 1 to 512 (found 513)',
    );
    expect(() => buildZooNetwork('bert-base', { sequence: 0.5 })).toThrow('must be a whole number from 1 to 512');
    expect(() => buildZooNetwork('__proto__')).toThrow('no such network');
    expect(() => buildZooNetwork('bert-base', { toString: 1 })).toThrow('no such parameter');
    expect([isZooName('resnet50'), isZooName('constructor')]).toEqual([true, false]);
  });
});
