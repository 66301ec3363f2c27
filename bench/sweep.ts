// A process of its own, so that its memory is that of the sweep alone. The first sweep is compiled as it runs.
import { getHeapStatistics } from 'node:v8';
import type * as Accelsim from '../src/index.js';
import type * as AccelsimNode from '../src/node/index.js';

const axes = {
  bits: [16, 8, 4, 2],
  bandwidthsGBps: Array.from({ length: 16 }, (_, step) => 4 * 2 ** (step / 2)),
  scratchpadKiB: [32, 48, 64, 96, 128, 192, 256, 512],
  cores: [4, 8, 16, 32],
};
/** One point in so many is simulated by itself, too. */
const SAMPLE = 64;

const built = new URL('../dist/', import.meta.url);
const { simulateRun, sweep } = (await import(new URL('index.js', built).href)) as typeof Accelsim;
const { readArchFile, readWorkloadFile } = (await import(new URL('node/index.js', built).href)) as typeof AccelsimNode;
const arch = readArchFile('arch/default.json');
const network = readWorkloadFile('resnet50');

/** Points a second of a sweep over 2,048 machines; some of its points. */
function timedSweep(): { readonly perSecond: number; readonly points: number; readonly sample: Accelsim.SweepPoint[] } {
  let points = 0;
  const sample: Accelsim.SweepPoint[] = [];
  const start = performance.now();
  for (const point of sweep({ arch, network, mode: 'latency', ...axes })) {
    if (points % SAMPLE === SAMPLE / 2) sample.push(point);
    points += 1;
  }
  return { perSecond: (1000 * points) / (performance.now() - start), points, sample };
}

const first = timedSweep();
const again = timedSweep();
const residentMiB = process.resourceUsage().maxRSS / 1024;
const begin = performance.now();
for (const { cores, bits, bandwidthGBps, scratchpadKiB, totals } of again.sample) {
  const own = { ...arch, cores, scratchpad: { ...arch.scratchpad, capacityKiB: scratchpadKiB } };
  const alone = simulateRun({ arch: own, network, mode: 'latency' }, { policy: 'edges', bits }, bandwidthGBps);
  if (alone.totals.totalCycles !== totals?.totalCycles) throw new Error('the sweep does not answer as a run does');
}
const alonePerSecond = (1000 * again.sample.length) / (performance.now() - begin);
console.log(
  `sweep: ${again.points} points, ${again.perSecond.toFixed(0)} a second (aim 1000), ${first.perSecond.toFixed(0)} the ` +
    `first time; one by one ${alonePerSecond.toFixed(0)} a second ` +
    `(${(again.perSecond / alonePerSecond).toFixed(1)} times slower); ${residentMiB.toFixed(0)} MiB at most (aim < 200 MiB), the heap ` +
    `kept to ${(getHeapStatistics().heap_size_limit / 2 ** 20).toFixed(0)} MiB`,
);
