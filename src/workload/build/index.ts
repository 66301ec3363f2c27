import { AccelsimError, failure, show } from '../../errors.js';
import { nearestName } from '../../json/index.js';
import type { Issue } from '../../errors.js';
import type { NetworkJson } from '../schema.js';
import { cnns } from './cnn/index.js';
import { transformers } from './transformer/index.js';
import { unet } from './unet.js';
import type { ZooNetwork, ZooValues } from './zoo-network.js';

export type { ZooNetwork, ZooParameter, ZooValues } from './zoo-network.js';

/** Every network that accelsim can build, by the name that `--workload` takes. */
export const zoo = { ...cnns, unet, ...transformers } as const satisfies Record<string, ZooNetwork>;

export type ZooName = keyof typeof zoo;

export function isZooName(name: string): name is ZooName {
  return Object.hasOwn(zoo, name);
}

/**
 * Builds a network of the zoo. It is called by its name and the parameters that differ from their defaults:
 * `gpt2-prefill:sequence=128`, which is also what `--workload` takes.
 *
 * @param values parameters that differ from their defaults
 * @param source what to call the request in messages
 * @throws AccelsimError with every issue: no such network or parameter, a value out of its range
 */
export function buildZooNetwork(name: string, values: ZooValues = {}, source = 'workload'): NetworkJson {
  const { network, all } = resolve(name, values, source);
  const changed = Object.entries(network.parameters).filter(([key, parameter]) => all[key] !== parameter.default);
  const parameters = changed.map(([key]) => `${key}=${all[key]}`).join(',');
  const { description, source: published, inputs, layers } = network.build(all);
  const described = description === undefined ? {} : { description };
  const sourced = published === undefined ? {} : { source: published };
  return { name: parameters === '' ? name : `${name}:${parameters}`, ...described, ...sourced, inputs, layers };
}

/**
 * What a network of the zoo learns that its layers do not show, by what it is.
 *
 * @throws AccelsimError as `buildZooNetwork` does
 */
export function zooOtherParameters(name: string, values: ZooValues = {}, source = 'workload'): ZooValues {
  const { network, all } = resolve(name, values, source);
  return network.otherParameters(all);
}

/**
 * Reads a name with parameters behind a colon, `gpt2-prefill:sequence=128`. Whether there are such is checked later.
 *
 * @throws AccelsimError where what follows the colon is not a list of `name=number`
 */
export function parseZooName(text: string, source: string): { readonly name: string; readonly values: ZooValues } {
  const [name = '', ...rest] = text.split(':');
  if (rest.length === 0) return { name, values: {} };
  return { name, values: parseZooValues(rest.join(':'), source) };
}

/**
 * Reads `sequence=128` or `sequence=128,size=224`.
 *
 * @throws AccelsimError with each entry that is not a `name=number`, or that stands twice
 */
export function parseZooValues(text: string, source: string): ZooValues {
  const values = new Map<string, number>();
  const issues: Issue[] = [];
  for (const entry of text.split(',')) {
    const [, key, digits] = /^\s*([a-z][\w-]*)\s*=\s*(\d{1,15})\s*$/i.exec(entry) ?? [];
    if (key === undefined || values.has(key)) {
      const rule = key === undefined ? 'must be name=number, such as sequence=128' : 'must name each parameter once';
      issues.push({ source, path: '', rule, found: show(entry) });
    } else values.set(key, Number(digits));
  }
  if (issues.length > 0) throw new AccelsimError(issues);
  return Object.fromEntries(values);
}

function resolve(name: string, values: ZooValues, source: string): { network: ZooNetwork; all: ZooValues } {
  if (!isZooName(name)) {
    const nearest = nearestName(name, Object.keys(zoo));
    const hint = nearest === undefined ? undefined : `did you mean ${nearest}?`;
    throw failure(source, '', 'no such network', name, hint);
  }
  const network: ZooNetwork = zoo[name];
  const names = Object.keys(network.parameters);
  const issues: Issue[] = [];
  for (const [key, value] of Object.entries(values)) {
    const parameter = Object.hasOwn(network.parameters, key) ? network.parameters[key] : undefined;
    if (parameter === undefined) {
      const nearest = nearestName(key, names);
      const known = names.length === 0 ? `${name} has none` : `${name} has ${names.join(', ')}`;
      const hint = nearest === undefined ? known : `did you mean ${nearest}?`;
      issues.push({ source, path: key, rule: 'no such parameter', hint });
    } else if (!Number.isSafeInteger(value) || value < parameter.minimum || value > parameter.maximum) {
      const rule = `must be a whole number from ${parameter.minimum} to ${parameter.maximum}`;
      issues.push({ source, path: key, rule, found: show(value) });
    }
  }
  if (issues.length > 0) throw new AccelsimError(issues);
  const defaults = Object.entries(network.parameters).map(([key, parameter]) => [key, parameter.default]);
  return { network, all: { ...Object.fromEntries(defaults), ...values } };
}
