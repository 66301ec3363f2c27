import { INPUT, SECOND, type Candidate } from '../mapping/candidate.js';

/** In how many transfers a load of inputs, of the second operand, or a store of all cores is made. */
export interface TransferParts {
  readonly inputs: number;
  readonly seconds: number;
  readonly outputs: number;
}

export const ONE_PART: TransferParts = { inputs: 1, seconds: 1, outputs: 1 };

/** Transfers that a load or a store of all cores is made of: one for each core, but for what several are sent at once. */
export function partsOf({ space, inputCopies, secondCopies }: Candidate): TransferParts {
  if (space === null) return ONE_PART;
  const { batch, groups, outputRows, outputChannels } = space.split;
  const inputs = batch * groups * outputRows * inputCopies;
  return {
    inputs,
    seconds: groups * outputChannels * secondCopies,
    outputs: batch * groups * outputRows * outputChannels,
  };
}

/**
 * Stores of one step among loads: each turns the bus around, and the load after it turns it back. Cores that wait for loads
 * of their own only run apart, and all their stores are such; cores that share a load keep step, and store in a row.
 */
export function storesApart(waits: number, { inputs, seconds, outputs }: TransferParts): number {
  return Math.min(waits & INPUT ? inputs : outputs, waits & SECOND ? seconds : outputs, outputs);
}
