/** Bytes of the candidate priced last. */
export interface PricedTraffic {
  /** Off-chip, by operand. */
  inputBytes: number;
  secondBytes: number;
  /** Final outputs. */
  outputBytes: number;
  /** Partial sums, written and read again. */
  partialSumBytes: number;
  /** Weights of the next layer. */
  prefetchBytes: number;
  /** Of the machine's own off-chip channel at work. */
  channelCycles: number;
  /** In and out of the shared buffer, and of all cores. */
  sharedBytes: number;
  interconnectBytes: number;
  /** Elements that enter the cores over all loads, each core's own copies counted where they are sent one by one. */
  inputElements: number;
  secondElements: number;
  /** Partial sums that leave the cores, each way. */
  spilledBytes: number;
}
