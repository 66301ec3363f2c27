import type { TransferKind } from '../cycle/events/index.js';
import type { Timeline, TimelineLayer } from '../simulate/trace.js';
import { bandwidth } from './figures.js';
import { precisionLabel } from './question.js';

/** What crosses the off-chip channel, as a person says it. */
export function transferName(kind: TransferKind, { secondOperand }: TimelineLayer): string {
  return {
    inputs: 'inputs',
    second: secondOperand === 'weights' ? 'weights' : 'second factor',
    outputs: 'outputs',
    storedSums: 'partial sums out',
    loadedSums: 'partial sums back',
    prefetch: 'weights of the next layer',
  }[kind];
}

/** `resnet50, batch 1, 4 bits (edges 8), 64 GB/s, latency, machine default`. */
export function timelineLine({ workload, precision, arch, mode, objective }: Timeline): string {
  const chosenFor = objective === undefined ? '' : ` with the least ${objective}`;
  return (
    `${workload.name}, batch ${workload.batch}, ${precisionLabel(precision)}, ` +
    `${bandwidth(arch.bandwidthGBps)}, ${mode}${chosenFor}, machine ${arch.name}`
  );
}

export function microsecondsOf({ arch }: Timeline): (cycles: number) => number {
  return (cycles) => cycles / (arch.clockGHz * 1e3);
}
