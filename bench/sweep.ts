import type * as Accelsim from '../src/index.js';

const axes = {
  bits: [16, 8, 4, 2],
  bandwidthsGBps: Array.from({ length: 16 }, (_, step) => 4 * 2 ** (step / 2)),
  scratchpadKiB: [32, 48, 64, 96, 128, 192, 256, 512],
  cores: [4, 8, 16, 32],
};
/** One point in so many is simulated by itself, too. */
const SAMPLE = 64;

/** Sweeps a network over 2,048 machines, and simulates some of them one by one, which must come to the same. */
export function benchSweep(
  { simulateRun, sweep }: typeof Accelsim,
  arch: Accelsim.ArchSpec,
  network: Accelsim.Network,
): void {
  let points = 0;
  const sample: Accelsim.SweepPoint[] = [];
  const start = performance.now();
  for (const point of sweep({ arch, network, mode: 'latency', ...axes })) {
    if (points % SAMPLE === SAMPLE / 2) sample.push(point);
    points += 1;
  }
  const perSecond = (1000 * points) / (performance.now() - start);
  const begin = performance.now();
  for (const { cores, bits, bandwidthGBps, scratchpadKiB, totals } of sample) {
    const own = { ...arch, cores, scratchpad: { ...arch.scratchpad, capacityKiB: scratchpadKiB } };
    const alone = simulateRun({ arch: own, network, mode: 'latency' }, { policy: 'edges', bits }, bandwidthGBps);
    if (alone.totals.totalCycles !== totals?.totalCycles) throw new Error('the sweep does not answer as a run does');
  }
  const alonePerSecond = (1000 * sample.length) / (performance.now() - begin);
  console.log(
    `sweep: ${points} points, ${perSecond.toFixed(0)} a second (aim 1000); ` +
      `one by one ${alonePerSecond.toFixed(0)} a second (${(perSecond / alonePerSecond).toFixed(1)} times slower)`,
  );
}
