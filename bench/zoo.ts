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
  readonly 'median ms': number;
  readonly 'first ms': number;
}

/** Simulates every network of the zoo at four widths in latency mode and prints what takes long. */
export function benchZoo(accelsim: typeof Accelsim, arch: Accelsim.ArchSpec): void {
  const names = Object.keys(accelsim.zoo);
  const rows = names.map((name) => slowestWidth(accelsim, arch, name)).sort((a, b) => b['median ms'] - a['median ms']);
  const shown = rows.filter(
    (row, index) => index === 0 || row['median ms'] > SHOWN_FROM_MS || row.network === ALWAYS_SHOWN,
  );
  console.log(`zoo: ${rows.length} networks, each at its slowest of ${WIDTHS.join(', ')} bits (aim < ${AIM_MS} ms);`);
  console.log(`shown: the slowest, those over ${SHOWN_FROM_MS} ms, ${ALWAYS_SHOWN}`);
  console.table(shown);
  const late = rows.filter((row) => row['median ms'] > AIM_MS).map((row) => row.network);
  if (late.length > 0) console.log(`over the aim: ${late.join(', ')}`);
}

/** `first ms` is what a process that does nothing else would take, as far as code of networks before is not yet compiled. */
function slowestWidth(accelsim: typeof Accelsim, arch: Accelsim.ArchSpec, name: string): Row {
  const network = accelsim.buildNetwork(accelsim.buildZooNetwork(name));
  const timed = WIDTHS.map((bits) => {
    const times = Array.from({ length: 1 + REPEATS }, () => {
      const start = performance.now();
      accelsim.simulateRun({ arch, network, mode: 'latency' }, { policy: 'edges', bits });
      return performance.now() - start;
    });
    const [first = 0, ...more] = times;
    return { bits, first, median: more.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? first };
  });
  const { bits, first, median } = timed.reduce((slowest, one) => (one.median > slowest.median ? one : slowest));
  return {
    network: name,
    layers: network.layers.length,
    'layers that differ': distinctLayers(accelsim, arch, network, bits),
    bits,
    'median ms': Number(median.toFixed(1)),
    'first ms': Number(first.toFixed(1)),
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
