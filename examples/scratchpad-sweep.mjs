// How much of the super-linear speedup hangs on the size of the on-chip memory? The library does what the command does,
// with plain values in and out.
import { simulateRuns } from 'accelsim';
import { readArchFile, readWorkloadFile } from 'accelsim/node';

const arch = readArchFile('default');
const network = readWorkloadFile('resnet50');

console.log('MiB on chip  16 bits ms  4 bits ms  speedup');
for (const capacityKiB of [64, 96, 128, 256]) {
  const sized = { ...arch, scratchpad: { ...arch.scratchpad, capacityKiB } };
  const [wide, narrow] = simulateRuns({ arch: sized, network, bits: [16, 4], mode: 'latency' });
  const figures = [
    ((arch.cores * capacityKiB) / 1024).toFixed(2).padStart(11),
    wide.result.totals.latencyMs.toFixed(3).padStart(10),
    narrow.result.totals.latencyMs.toFixed(3).padStart(9),
    `${narrow.speedup.value.toFixed(2)}x`.padStart(7),
  ];
  console.log(figures.join('  '));
}
