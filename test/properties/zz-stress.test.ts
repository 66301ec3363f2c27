import * as fc from 'fast-check';
import { it } from 'vitest';
import { searchMappings } from '../../src/mapping/index.js';
import { LayerPricer } from '../../src/performance/index.js';
import { everyChoice, priceOf } from './layer-oracle.test-data.js';
import { machineOf, smallMachine } from './machines.test-data.js';
import { smallProblem } from './problems.test-data.js';
it('stress', () => {
  const t0 = Date.now(); let n = 0, skipped = 0, bad = 0; const sizes: number[] = [];
  const arb = fc.tuple(smallProblem, smallMachine, fc.constantFrom(1,2,4,8,16,24,32), fc.constantFrom(0.001,0.003,0.01,0.05,0.3,1,3,8,100));
  while (Date.now() - t0 < 60000) {
    const [p0, sk0, acc, bw] = fc.sample(arb, 1)[0]!;
    const p = { ...p0, accumulatorBits: process.env.ACC ? acc : p0.accumulatorBits }; const sk = { ...sk0, bandwidthGBps: bw };
    const m = machineOf(sk);
    const ch = everyChoice(p, m);
    sizes.push(ch.length);
    if (ch.length > 4000) { skipped++; continue; }
    n++;
    const pr = ch.map((c) => priceOf(p, m, c));
    const f = searchMappings(p, m, new LayerPricer(p, m));
    const caps = [...new Set(pr.map((x) => x.bufferBytes))].filter((x) => x <= m.scratchpadBytesPerCore);
    for (const cap of caps) {
      let best: any; for (const x of pr) if (x.bufferBytes <= cap && (!best || x.cycles < best.cycles || (x.cycles === best.cycles && x.bytes < best.bytes))) best = x;
      const got = f.best(cap)!;
      if (got.cycles !== best.cycles || got.offChipBytes !== best.bytes) { bad++; if (bad < 4) console.log(JSON.stringify({ p, sk, cap, best, got: { cycles: got.cycles, bytes: got.offChipBytes } })); break; }
    }
  }
  sizes.sort((a, b) => a - b);
  console.log({ n, skipped, bad, med: sizes[sizes.length >> 1], p90: sizes[Math.floor(sizes.length * 0.9)], max: sizes.at(-1) });
});
