import type { Candidate } from '../mapping/candidate.js';
import type { LayerProblem } from '../mapping/problem.js';

/** Bytes that `elements` values of `bits` take; their product is a whole number of bits but for rounding. */
export function wholeBytes(elements: number, bits: number): number {
  return Math.ceil(Math.round(elements * bits) / 8);
}

/**
 * Bytes that every order of these tiles moves beyond each operand once. With pixels and output channels both cut, either
 * inputs cross again for each further channel tile or the second operand for each further pixel tile. With the
 * reduction cut as well as one of them, both do (reduction innermost), or partial sums leave and come back.
 */
export function unavoidableReloads(input: number, second: number, candidate: Candidate, problem: LayerProblem): number {
  const { pixelTrips: m, channelTrips: k, reductionTrips: c } = candidate;
  const inputs = (k - 1) * input;
  const seconds = (m - 1) * second;
  // Bytes are rounded up once per operand, after multiplying: each term may come out a byte less per sweep.
  if (c === 1) return m > 1 && k > 1 ? Math.max(0, Math.min(inputs - k, seconds - m)) : 0;
  if (m === 1 && k === 1) return 0;
  const sums = ((c - 1) * candidate.outputElements * problem.accumulatorBits) / 4;
  return Math.max(0, Math.min(inputs + seconds - k - m, sums));
}

/** Bytes that `loads` transfers of these bytes take in all, each a mean one and a whole number of bursts. */
export function inBursts(bytes: number, loads: number, burstBytes: number): number {
  return burstBytes === 1 || bytes === 0 ? bytes : loads * burstBytes * Math.ceil(bytes / (loads * burstBytes));
}
