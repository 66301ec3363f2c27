import { AccelsimError, type Issue, show } from '../../errors.js';
import { codesOf, gridOf, type LevelGrid, levelsOf } from '../level-grid.js';
import { type LevelLayout, type LevelLayoutName, levelLayouts } from '../level-layout.js';
import { dorefaActivations } from './dorefa-activations.js';
import { dorefaWeights } from './dorefa-weights.js';
import { minMax } from './min-max.js';
import { mseOptimal } from './mse-optimal.js';
import { pact } from './pact.js';
import { largestMagnitude, type LevelRange, type Quantizer } from './quantizer.js';
import { sawb } from './sawb.js';

export type { LevelRange, Quantizer } from './quantizer.js';
export { type SawbCoefficients, sawbCoefficients } from './sawb.js';

/** Every quantizer; command-line help and menus derive from the keys. */
export const quantizers = {
  pact,
  'dorefa-activations': dorefaActivations,
  'dorefa-weights': dorefaWeights,
  sawb,
  'min-max': minMax,
  'mse-optimal': mseOptimal,
} as const satisfies Record<string, Quantizer>;

export type QuantizerName = keyof typeof quantizers;

export interface QuantizerRequest {
  readonly bits: number;
  /** The quantizer's own where left out. */
  readonly layout?: LevelLayoutName;
  /** For a quantizer whose clipping level is a parameter, and only for one. More than 0. */
  readonly clipLevel?: number;
}

/** A tensor as integers, in the order of the values, and what they stand for. */
export interface QuantizedTensor {
  readonly grid: LevelGrid;
  readonly codes: Int32Array;
}

/**
 * Rounds a tensor of any shape to `bits` bits. An all-zero tensor becomes zeros exactly, whatever the layout (step 0),
 * but under DoReFa, whose equation divides by the largest weight.
 * @throws AccelsimError if there are no values, one is not finite, or the request does not suit the quantizer
 */
export function quantize(name: QuantizerName, values: ArrayLike<number>, request: QuantizerRequest): QuantizedTensor {
  const quantizer: Quantizer = quantizers[name];
  const layout = request.layout ?? quantizer.layouts[0]!;
  const issues = [...requestIssues(name, request, layout), ...valueIssues(values)];
  if (issues.length > 0) throw new AccelsimError(issues);
  const prepared = quantizer.prepare(values);
  const clipLevel = request.clipLevel ?? quantizer.clipLevel(prepared, request.bits, layout);
  const grid = gridOf(layout, request.bits, clipLevel);
  return { grid, codes: codesOf(grid, prepared) };
}

/** The values that a quantized tensor stands for. */
export function dequantize({ grid, codes }: QuantizedTensor): Float64Array {
  return levelsOf(grid, codes);
}

/** Range of a grid for the straight-through estimate of the values that it rounds. */
export function rangeOf({ layout, clipLevel }: LevelGrid, values: ArrayLike<number>): LevelRange {
  return {
    least: levelLayouts[layout].signed ? -clipLevel : 0,
    greatest: clipLevel,
    largest: largestMagnitude(values),
  };
}

function requestIssues(name: QuantizerName, request: QuantizerRequest, layout: LevelLayoutName): Issue[] {
  const quantizer: Quantizer = quantizers[name];
  const issues: Issue[] = [];
  const add = (path: string, rule: string, found: unknown): void => {
    issues.push({ source: 'quantizer', path, rule, ...(found === undefined ? {} : { found: show(found) }) });
  };
  if (!quantizer.layouts.includes(layout)) {
    add('layout', `of ${name} must be ${quantizer.layouts.join(' or ')}`, layout);
  } else if (!quantizer.bits(layout).includes(request.bits)) {
    add('bits', `of ${name}, ${layout}, must be one of ${quantizer.bits(layout).join(', ')}`, request.bits);
  }
  const { clipLevel } = request;
  if (quantizer.clipping === 'given' && !(clipLevel !== undefined && clipLevel > 0 && clipLevel < Infinity)) {
    add('clipLevel', `of ${name} must be a finite number of more than 0`, clipLevel ?? 'none');
  }
  if (quantizer.clipping === 'chosen' && clipLevel !== undefined) {
    add('clipLevel', `must be left out: ${name} chooses its own`, clipLevel);
  }
  return issues;
}

function valueIssues(values: ArrayLike<number>): Issue[] {
  if (values.length === 0) return [{ source: 'quantizer', path: 'values', rule: 'must not be empty' }];
  for (let at = 0; at < values.length; at += 1) {
    if (Number.isFinite(values[at])) continue;
    return [{ source: 'quantizer', path: `values[${at}]`, rule: 'must be a finite number', found: show(values[at]) }];
  }
  return [];
}

/** Code range of a layout, for messages and tests. */
export function codeRange(layout: LevelLayoutName, bits: number): readonly [number, number] {
  const { leastCode, greatestCode }: LevelLayout = levelLayouts[layout];
  return [leastCode(bits), greatestCode(bits)];
}
