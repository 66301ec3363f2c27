import type * as Accelsim from '../src/index.js';

/** No network of the zoo may take longer, milliseconds. */
const AIM_MS = 200;
/** Networks that take longer are shown. */
const SHOWN_FROM_MS = 50;
/** Shown in any case: a long chain of equal blocks. */
const ALWAYS_SHOWN = 'llama2-7b-decode';
const WIDTHS = [16, 8, 4, 2] as const;
const REPEATS = 3;

interface Row {
  readonly network: string;
  readonly layers: number;
  /** Layers that differ in shape or operands: equal ones share a search. */
  readonly 'layers that differ': number;
  readonly bits: number;
  readonly 'best ms': number;
  /** The first time in this process: code and shapes are new. */
  readonly 'first ms': number;
}

/** Simulates every network of the zoo at four widths in latency mode and prints what takes long. */
export function benchZoo(accelsim: typeof Accelsim, arch: Accelsim.ArchSpec): void {
  const names = Object.keys(accelsim.zoo);
  const rows = names.map((name) => slowestWidth(accelsim, arch, name)).sort((a, b) => b['best ms'] - a['best ms']);
  const shown = rows.filter(
    (row, index) => index === 0 || row['best ms'] > SHOWN_FROM_MS || row.network === ALWAYS_SHOWN,
  );
  console.log(`zoo: ${rows.length} networks, each at its slowest of ${WIDTHS.join(', ')} bits (aim < ${AIM_MS} ms);`);
  console.log(`shown: the slowest, those over ${SHOWN_FROM_MS} ms, ${ALWAYS_SHOWN}`);
  console.table(shown);
  const late = rows.filter((row) => row['best ms'] > AIM_MS).map((row) => row.network);
  if (late.length > 0) console.log(`over the aim: ${late.join(', ')}`);
}

function slowestWidth(accelsim: typeof Accelsim, arch: Accelsim.ArchSpec, name: string): Row {
  const network = accelsim.buildNetwork(accelsim.buildZooNetwork(name));
  const timed = WIDTHS.map((bits) => {
    const times = Array.from({ length: 1 + REPEATS }, () => {
      const start = performance.now();
      accelsim.simulateRun({ arch, network, mode: 'latency' }, { policy: 'edges', bits });
      return performance.now() - start;
    });
    return { bits, firstMs: times[0]!, bestMs: Math.min(...times) };
  });
  const { bits, firstMs, bestMs } = timed.reduce((slowest, one) => (one.bestMs > slowest.bestMs ? one : slowest));
  return {
    network: name,
    layers: network.layers.length,
    'layers that differ': distinctLayers(accelsim, arch, network, bits),
    bits,
    'best ms': Number(bestMs.toFixed(1)),
    'first ms': Number(firstMs.toFixed(1)),
  };
}

function distinctLayers(
  { assignPrecision, layerProblem, problemKey, resolveMachine }: typeof Accelsim,
  arch: Accelsim.ArchSpec,
  network: Accelsim.Network,
  bits: number,
): number {
  const precision = assignPrecision(network, { policy: 'edges', bits });
  const machine = resolveMachine(arch, { bits });
  const keys = network.layers.map(({ index, inputs }) => {
    const offChip = inputs.map(() => false);
    return problemKey(layerProblem(network, index, precision, machine, offChip, true, false));
  });
  return new Set(keys).size;
}
