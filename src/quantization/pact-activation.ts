import { AccelsimError, type Issue, show } from '../errors.js';
import { levelLayouts } from './level-layout.js';
import { type ActivationShape, activationCount, type PactScope, type PactScopeName, pactScopes } from './pact-scope.js';

/** PACT as one layer of a network in training. */
export interface PactActivation {
  readonly scope: PactScopeName;
  /** Null: clipped, not rounded. */
  readonly bits: number | null;
  /** The clipping levels a, each more than 0; as many as the scope has. */
  readonly clipLevels: Float32Array;
}

/**
 * `y = clip(x, 0, a)`, then rounded to the nearest of 2^k levels from 0 to a.
 * @param x, y of `shape`; y is written, and may be x
 * @throws AccelsimError if sizes do not match, or a level is not a finite number of more than 0
 */
export function pactForward(
  { scope, bits, clipLevels }: PactActivation,
  shape: ActivationShape,
  x: Float32Array,
  y: Float32Array,
): void {
  check(scope, shape, clipLevels, { x, y });
  const run = pactScopes[scope].run(shape);
  const steps = bits === null ? null : levelLayouts.unsigned.greatestCode(bits);
  for (let start = 0, at = 0; start < x.length; start += run, at = at + 1 === clipLevels.length ? 0 : at + 1) {
    const level = clipLevels[at]!;
    const end = start + run;
    if (steps === null) {
      for (let i = start; i < end; i += 1) y[i] = x[i]! <= 0 ? 0 : x[i]! >= level ? level : x[i]!;
      continue;
    }
    const [perStep, step] = [steps / level, level / steps];
    for (let i = start; i < end; i += 1) {
      const value = x[i]!;
      y[i] = value <= 0 ? 0 : value >= level ? level : Math.floor(value * perStep + 0.5) * step;
    }
  }
}

/**
 * Straight-through estimate of the paper: dy/dx is 1 where 0 <= x < a, else 0; dy/da is 1 where x >= a,
 * else 0.
 * @param gradientY of the loss by y; `gradientX` is written and may be `gradientY`
 * @param gradientLevels added to: the sum over all values that share the level
 * @throws AccelsimError as `pactForward`
 */
export function pactBackward(
  { scope, clipLevels }: PactActivation,
  shape: ActivationShape,
  x: Float32Array,
  gradientY: Float32Array,
  gradientX: Float32Array,
  gradientLevels: Float32Array,
): void {
  check(scope, shape, clipLevels, { x, gradientY, gradientX });
  const run = pactScopes[scope].run(shape);
  for (let start = 0, at = 0; start < x.length; start += run, at = at + 1 === clipLevels.length ? 0 : at + 1) {
    const level = clipLevels[at]!;
    let above = 0;
    for (let i = start; i < start + run; i += 1) {
      const value = x[i]!;
      if (value >= level) {
        above += gradientY[i]!;
        gradientX[i] = 0;
      } else gradientX[i] = value >= 0 ? gradientY[i]! : 0;
    }
    gradientLevels[at]! += above;
  }
}

/** The L2 penalty on clipping levels, `strength / 2 x sum of a^2`: what the loss is raised by. */
export function pactPenalty(clipLevels: ArrayLike<number>, strength: number): number {
  let squares = 0;
  for (let at = 0; at < clipLevels.length; at += 1) squares += clipLevels[at]! ** 2;
  return (strength / 2) * squares;
}

/** Adds the penalty's gradient, `strength x a`. */
export function addPactPenaltyGradient(clipLevels: Float32Array, strength: number, gradientLevels: Float32Array): void {
  for (let at = 0; at < clipLevels.length; at += 1) gradientLevels[at]! += strength * clipLevels[at]!;
}

function check(
  scope: PactScopeName,
  shape: ActivationShape,
  clipLevels: Float32Array,
  tensors: Readonly<Record<string, Float32Array>>,
): void {
  const { count }: PactScope = pactScopes[scope];
  const issues: Issue[] = [];
  const add = (path: string, rule: string, found: unknown): void => {
    issues.push({ source: 'PACT', path, rule, found: show(found) });
  };
  const expected = activationCount(shape);
  for (const [name, { length }] of Object.entries(tensors)) {
    if (length !== expected) add(name, `must be ${expected} values`, length);
  }
  if (clipLevels.length !== count(shape)) {
    add('clipLevels', `must be ${count(shape)} for scope ${scope}`, clipLevels.length);
  }
  const bad = clipLevels.findIndex((level) => !(level > 0 && level < Infinity));
  if (bad !== -1) add(`clipLevels[${bad}]`, 'must be a finite number of more than 0', clipLevels[bad]);
  if (issues.length > 0) throw new AccelsimError(issues);
}
