// `npm run bench`: what speed is claimed, measured in one run on the built code. Machines differ and are noisy: read the
// ratios, and the times against the aims beside them.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Bench } from 'tinybench';
import type * as Accelsim from '../src/index.js';
import type * as AccelsimNode from '../src/node/index.js';
import type * as AccelsimOnnx from '../src/onnx.js';
import { benchExplore } from './explore.js';
import { largeOnnxFile } from './onnx-file.js';
import { benchPareto } from './pareto.js';
import { plainSearch } from './plain-search.js';
import { benchZoo } from './zoo.js';

const built = new URL('../dist/', import.meta.url);
const accelsim = (await import(new URL('index.js', built).href)) as typeof Accelsim;
const {
  assignPrecision,
  buildNetwork,
  layerProblem,
  LayerPricer,
  resolveMachine,
  searchMappings,
  simulateNetwork,
  simulateRuns,
} = accelsim;
const { readArchFile, readWorkloadFile } = (await import(new URL('node/index.js', built).href)) as typeof AccelsimNode;
const { importOnnx } = (await import(new URL('onnx.js', built).href)) as typeof AccelsimOnnx;

const arch = readArchFile('arch/default.json');
const network = readWorkloadFile('resnet50');
const precision = assignPrecision(network, { policy: 'edges', bits: 4 });
const machine = resolveMachine(arch, { bits: 4 });
const onnxFile = largeOnnxFile(25);
const main = fileURLToPath(new URL('node/cli/main.js', built));

const cold = performance.now();
simulateNetwork(network, precision, machine, 'latency');
const firstMs = performance.now() - cold;

const at16Bits = assignPrecision(network, { policy: 'edges', bits: 16 });
let bandwidthGBps = 64;
const bench = new Bench({ time: 2000, warmupTime: 500 });
bench
  .add('ResNet50, 4 bits, latency: search, residency, times (aim < 50 ms)', () => {
    simulateNetwork(network, precision, machine, 'latency');
  })
  .add('the same at another bandwidth each time (aim < 10 ms)', () => {
    bandwidthGBps = bandwidthGBps === 64 ? 32 : 64;
    simulateNetwork(network, precision, resolveMachine(arch, { bits: 4, bandwidthGBps }), 'latency');
  })
  .add('the same at 16 bits (aim < 10 ms)', () => {
    bandwidthGBps = bandwidthGBps === 64 ? 32 : 64;
    simulateNetwork(network, at16Bits, resolveMachine(arch, { bits: 16, bandwidthGBps }), 'latency');
  })
  .add('ResNet50, 4 bits, throughput: weights may stay', () => {
    simulateNetwork(network, precision, machine, 'throughput');
  })
  .add('ResNet50, 16,8,4,2 bits x 3 bandwidths, each explained', () => {
    simulateRuns({ arch, network, bits: [16, 8, 4, 2], bandwidthsGBps: [Infinity, 64, 32], mode: 'latency' });
  })
  .add('import of a 25 MB ONNX file (aim < 1000 ms)', () => {
    buildNetwork(importOnnx(onnxFile, 'large.onnx').network);
  })
  .add('whole command: accelsim --bits 4 (aim < 600 ms)', () => {
    execFileSync(process.execPath, [main, '--bits', '4']);
  });
await bench.run();
console.table(
  bench.tasks.map((task) => {
    const { result } = task;
    if (!('latency' in result)) throw new Error(`${task.name} did not run`);
    const { p50, min } = result.latency;
    return { task: task.name, 'median ms': Number(p50.toFixed(1)), 'best ms': Number(min.toFixed(1)) };
  }),
);

// Numbers, not networks: what a quantizer and a training step get through.
const { quantize } = (await import(new URL('index.js', built).href)) as typeof Accelsim;
const weights = Float64Array.from({ length: 100_000 }, (_, at) => Math.sin(at) ** 3);
for (const name of ['dorefa-weights', 'sawb', 'min-max', 'mse-optimal'] as const) {
  const start = performance.now();
  let rounds = 0;
  while (performance.now() - start < 500) {
    quantize(name, weights, { bits: 4 });
    rounds += 1;
  }
  const perSecond = (rounds * weights.length) / ((performance.now() - start) / 1000);
  console.log(`${name}: ${(perSecond / 1e6).toFixed(1)} M values per second`);
}
const trainStart = performance.now();
const [images, epochs] = [2000, 3];
const words = ['--scheme', 'pact', '--bits', '4', '--seeds', '1', '--images', `${images}`, '--epochs', `${epochs}`];
execFileSync(process.execPath, [main, 'train', ...words], { stdio: 'pipe' });
const trainSeconds = (performance.now() - trainStart) / 1000;
console.log(`training: ${((images * epochs) / trainSeconds).toFixed(0)} images per second, start and test included`);

let candidates = 0;
let pruned = 0;
let searchMs = 0;
for (const layer of network.layers) {
  const problem = layerProblem(
    network,
    layer.index,
    precision,
    machine,
    layer.inputs.map(() => false),
    true,
    false,
  );
  const start = performance.now();
  const frontier = searchMappings(problem, machine, new LayerPricer(problem, machine));
  searchMs += performance.now() - start;
  candidates += frontier.considered;
  pruned += frontier.pruned;
}
console.log(`first simulation in this process: ${firstMs.toFixed(0)} ms`);
console.log(
  `search: ${(candidates / searchMs / 1000).toFixed(1)} M mappings per second, ` +
    `${((100 * pruned) / candidates).toFixed(0)} % of them by bound alone`,
);

// The same layer searched, and every schedule of every tile choice priced one after the other by the same cost function.
const wide = network.layers.find(({ name }) => name === 'layer2.0.conv3')!;
const offChip = layerProblem(network, wide.index, precision, machine, [false], true, false);
const timed = <Result>(run: () => Result): { readonly ms: number; readonly result: Result } => {
  const start = performance.now();
  const result = run();
  return { ms: performance.now() - start, result };
};
timed(() => plainSearch(offChip, machine, new LayerPricer(offChip, machine)));
const plain = timed(() => plainSearch(offChip, machine, new LayerPricer(offChip, machine)));
const pruning = timed(() => searchMappings(offChip, machine, new LayerPricer(offChip, machine)));
console.log(
  `${wide.name}: ${plain.result.schedules} schedules of ${plain.result.tileChoices} tile choices priced plainly in ` +
    `${plain.ms.toFixed(0)} ms, searched in ${pruning.ms.toFixed(1)} ms (${(plain.ms / pruning.ms).toFixed(0)} times faster)`,
);

const SWEEP_HEAP_MIB = 96;
const sweepScript = fileURLToPath(new URL('sweep.ts', import.meta.url));
// With much memory Node lets garbage lie: a small heap shows what is needed.
execFileSync(process.execPath, [`--max-old-space-size=${SWEEP_HEAP_MIB}`, '--import', 'tsx', sweepScript], {
  stdio: 'inherit',
});
benchZoo(accelsim, arch);
benchPareto(accelsim);
await benchExplore(built);
