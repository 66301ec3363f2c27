/** The layer model a second time, naively: a mapping is priced by running its loops. */
import type { Machine } from '../../src/arch/index.js';
import type { LayerProblem } from '../../src/mapping/problem.js';
import type { PlayedTile } from './layer-array.test-data.js';
import {
  cutsOf,
  everyPixelBlock,
  outputsOfBusiest,
  positionsRead,
  type Choice,
  type OperandChoice,
  type Tiling,
} from './layer-choices.test-data.js';
import { playSteps, type Step } from './layer-steps.test-data.js';

/** A mapping's figures by the stated rules. */
export interface Price {
  readonly cycles: number;
  readonly bytes: number;
  readonly bufferBytes: number;
  /** What staged operands take of the shared buffer. */
  readonly sharedBytes: number;
  readonly computeCycles: number;
  readonly deliveredBytes: number;
  readonly sharedTraffic: number;
  readonly interconnectTraffic: number;
  /** Quanta of 2^-10 pJ, but for what is the same whatever the mapping. */
  readonly energy: number;
}

/** Tiles in an order, played once; to be priced with any buffering and staging. */
export interface Play {
  readonly problem: LayerProblem;
  readonly machine: Machine;
  readonly steps: readonly Step[];
  /** Steps after the first with the one before each, those that ask for the same taken together. */
  readonly alike: readonly { readonly before: Step; readonly step: Step; readonly count: number }[];
  /** Of all tiles that move, as the weights of the steps count. */
  readonly meanWeights: Counts;
  readonly computeCycles: number;
  readonly deliveredBytes: number;
  /** The same of all cores, and how many cores get each input and each of the second operand. */
  readonly engineBytes: number;
  readonly readers: Pick<Counts, 'input' | 'second'>;
  readonly tiles: Counts;
  readonly loads: Counts;
  /** Elements of each operand that enter (or leave) the cores when each tile moves once. */
  readonly once: Counts;
  /** Inputs of the layer, each once. */
  readonly wholeInputs: number;
  /** Bytes of the largest tile of each operand, and of its sums. */
  readonly largest: Counts & { readonly sums: number };
  /** Sums of an uncut reduction need no room of their own. */
  readonly sumsStay: boolean;
}

interface Counts {
  readonly input: number;
  readonly second: number;
  readonly output: number;
}

export function priceOf(problem: LayerProblem, machine: Machine, choice: Choice): Price {
  return priceOfPlay(play(problem, machine, choice), choice.doubled, choice.staged);
}

export function play(
  problem: LayerProblem,
  machine: Machine,
  choice: Tiling & Pick<Choice, 'order'>,
  arrayTiles?: Map<string, PlayedTile>,
): Play {
  const { nest } = problem;
  const steps = playSteps(problem, machine, choice, arrayTiles);
  const { groups, pixels, outputChannels, reduction } = cutsOf(problem, choice);
  const kernel = nest.kernelRows * nest.kernelColumns;
  const { multicast } = machine.interconnect;
  const blocks = everyPixelBlock(problem, choice).map((block) => positionsRead(problem, block));
  const products = problem.engine === 'array' ? nest.groups * nest.outputChannels * nest.inputChannels * kernel : 0;
  const inputTile = largest(blocks);
  const pixelTile = largest(pixels.map(({ batch, rows, columns }) => batch.size * rows.size * columns.size));
  const [g, n, c] = [groups, outputChannels, reduction].map((ranges) => largest(ranges.map(({ size }) => size)));
  const secondTile = problem.engine === 'array' ? g! * n! * c! * kernel : 0;
  const everyPosition = positionsRead(problem, {
    batch: { from: 0, size: nest.batch },
    rows: { from: 0, size: nest.outputRows },
    columns: { from: 0, size: nest.outputColumns },
  });
  const vectorOperations = outputsOfBusiest(problem, choice) * problem.vectorOperationsPerOutput;
  return {
    problem,
    machine,
    steps,
    alike: alike(steps),
    meanWeights: {
      input: mean(steps.filter((step) => step.newInput).map((step) => step.inputWeight)),
      second: mean(steps.filter((step) => step.newSecond).map((step) => step.secondWeight)),
      output: mean(steps.filter((step) => step.newOutput).map((step) => step.outputWeight)),
    },
    computeCycles:
      problem.engine === 'array'
        ? sum(steps.map((step) => step.computeCycles))
        : // Lanes fill up over tiles, but no tile is done in less than a cycle.
          Math.max(steps.length, Math.ceil(vectorOperations / machine.vectorLanesPerCore)),
    deliveredBytes: Math.ceil(sum(steps.map((step) => step.deliveredBits)) / 8),
    engineBytes: Math.ceil(Math.round(engineBits(problem, choice, steps)) / 8),
    readers: {
      input: choice.split.outputChannels,
      second: choice.split.batch * choice.split.outputRows,
    },
    tiles: {
      input: groups.length * pixels.length * reduction.length,
      second: groups.length * outputChannels.length * reduction.length,
      output: groups.length * pixels.length * outputChannels.length,
    },
    loads: {
      input: steps.filter((step) => step.newInput).length,
      second: steps.filter((step) => step.newSecond).length,
      output: steps.filter((step) => step.newOutput).length,
    },
    once: {
      // Cores that share pixels have channels of their own, and the other way round.
      input: sum(blocks) * nest.groups * nest.inputChannels * (multicast ? 1 : choice.split.outputChannels),
      second: products * (multicast ? 1 : choice.split.batch * choice.split.outputRows),
      output: nest.batch * nest.groups * nest.outputChannels * nest.outputRows * nest.outputColumns,
    },
    wholeInputs: everyPosition * nest.groups * nest.inputChannels,
    largest: {
      input: bytesFor(inputTile * g! * c!, problem.inputBits + problem.sharedInputBits),
      second: bytesFor(secondTile, problem.secondBits + problem.sharedSecondBits),
      output: bytesFor(g! * n! * pixelTile, problem.outputBits + problem.sharedOutputBits),
      sums: bytesFor(g! * n! * pixelTile, problem.accumulatorBits),
    },
    sumsStay: choice.dataflow === null || (choice.dataflow.stationary === 'outputs' && reduction.length === 1),
  };
}

/** Bytes of one path, off-chip or on, over the whole layer: first entries of inputs and seconds, later ones, sums. */
interface PathBytes {
  readonly firstInputs: number;
  readonly laterInputs: number;
  readonly firstSeconds: number;
  readonly laterSeconds: number;
  readonly sumsBack: number;
  readonly stores: number;
  /** Of the next layer, in each step. */
  readonly prefetched: number;
  readonly perCycle: number;
}

export function priceOfPlay(played: Play, doubled: OperandChoice, staged: OperandChoice): Price {
  const { problem, machine, steps, tiles, loads, once, computeCycles, deliveredBytes } = played;
  const { burstBytes } = machine;
  const sweeps = { input: loads.input / tiles.input, second: loads.second / tiles.second };

  // Off-chip. A tile of a staged operand comes once; sums that are staged do not leave at all.
  const loaded = (elements: number, bits: number, count: number) =>
    inBursts(bytesFor(elements, bits), count, burstBytes);
  const inputBytes = staged.input
    ? loaded(played.wholeInputs, problem.inputBits, tiles.input)
    : loaded(once.input * sweeps.input, problem.inputBits, loads.input);
  const secondBytes = staged.second
    ? loaded(wholeSeconds(problem), problem.secondBits, tiles.second)
    : loaded(once.second * sweeps.second, problem.secondBits, loads.second);
  const outputBytes = loaded(once.output, problem.outputBits, tiles.output);
  const returns = loads.output - tiles.output;
  const spilledBytes = bytesFor((once.output * returns) / tiles.output, problem.accumulatorBits);
  const sumBytes = staged.output ? 0 : inBursts(spilledBytes, returns, burstBytes);
  const bytes = inputBytes + secondBytes + outputBytes + 2 * sumBytes + problem.prefetchBytes;

  const busy = Math.max(computeCycles, Math.ceil(deliveredBytes / machine.scratchpadBytesPerCycle));

  const offChip: PathBytes = {
    firstInputs: staged.input ? inputBytes / tiles.input : inputBytes / loads.input,
    laterInputs: staged.input ? 0 : inputBytes / loads.input,
    firstSeconds: staged.second ? secondBytes / tiles.second : secondBytes / loads.second,
    laterSeconds: staged.second ? 0 : secondBytes / loads.second,
    sumsBack: sumBytes / loads.output,
    stores: (outputBytes + sumBytes) / loads.output,
    prefetched: problem.prefetchBytes / steps.length,
    perCycle: machine.offChipBytesPerCycle,
  };
  const others = otherPaths(played, staged, { inputBytes, secondBytes, spilledBytes });
  const paths = [offChip, ...others.paths];

  const latency = machine.offChipLatencyCycles;
  const preload = sum(steps.map((step) => step.preloadCycles)) / steps.length;
  const delivery = Math.ceil(deliveredBytes / machine.scratchpadBytesPerCycle) / sum(steps.map((step) => step.macs));
  const perMac = computeCycles / sum(steps.map((step) => step.macs));
  /** A tile is under way until its core has computed it and its scratchpad has delivered it. */
  const computeOf = (step: Step): number => {
    const array = problem.engine === 'array' ? step.computeCycles - step.preloadCycles + preload : step.macs * perMac;
    return Math.max(array, delivery * step.macs);
  };
  const { meanWeights } = played;
  const weight = (own: number, other: number): number => (other > 0 ? own / other : 1);
  const inputOf = (step: Step): number => weight(step.inputWeight, meanWeights.input);
  const secondOf = (step: Step): number => weight(step.secondWeight, meanWeights.second);
  const outputOf = (step: Step): number => weight(step.outputWeight, meanWeights.output);
  const prefetches = problem.prefetchBytes > 0;
  /** What one path has to carry before a step, of the operands that are (or are not) double-buffered. */
  const onPath = (path: PathBytes, before: Step, step: Step, double: boolean): number => {
    let moved = double ? path.prefetched : 0;
    if (step.newInput && doubled.input === double)
      moved += inputOf(step) * (step.firstInput ? path.firstInputs : path.laterInputs);
    if (step.newSecond && doubled.second === double)
      moved += secondOf(step) * (step.firstSecond ? path.firstSeconds : path.laterSeconds);
    if (step.newOutput && doubled.output === double)
      moved += outputOf(step) * path.sumsBack + outputOf(before) * path.stores;
    return moved / path.perCycle;
  };
  const waits = (step: Step, double: boolean): boolean =>
    (step.newInput && doubled.input === double && inputBytes > 0 && (step.firstInput || !staged.input)) ||
    (step.newSecond && doubled.second === double && secondBytes > 0 && (step.firstSecond || !staged.second)) ||
    (step.newOutput && doubled.output === double && sumBytes > 0) ||
    (double && prefetches);
  const longest = (before: Step, step: Step, double: boolean): number =>
    Math.max(
      onPath(offChip, before, step, double) + (waits(step, double) ? latency : 0),
      ...others.paths.map((path) => onPath(path, before, step, double)),
    );

  // Before the first tile all loads are waited for, and after the last its store.
  const [first, last] = [steps[0]!, steps.at(-1)!];
  const lead = paths.map(
    ({ firstInputs, firstSeconds, sumsBack, perCycle }) =>
      (inputOf(first) * firstInputs + secondOf(first) * firstSeconds + outputOf(first) * sumsBack) / perCycle,
  );
  if (inputBytes + secondBytes > 0) lead[0]! += latency;
  let time = Math.max(...lead) + Math.max(...paths.map(({ stores, perCycle }) => (outputOf(last) * stores) / perCycle));
  const lastPrefetch = paths.map(({ prefetched, perCycle }) => prefetched / perCycle);
  if (prefetches) lastPrefetch[0]! += latency;
  time += Math.max(computeOf(last), ...lastPrefetch);
  for (const { before, step, count } of played.alike)
    time += count * (Math.max(computeOf(before), longest(before, step, true)) + longest(before, step, false));

  const floors = [
    bytes / machine.offChipBytesPerCycle,
    others.sharedTraffic / (machine.sharedBuffer?.bytesPerCycle ?? Infinity),
    others.interconnectTraffic / machine.interconnect.bytesPerCycle,
  ];
  const cycles = Math.max(Math.ceil(time - 1e-6), busy, ...floors.map(Math.ceil));
  return {
    cycles,
    bytes,
    bufferBytes: bufferOf(played, doubled),
    sharedBytes:
      (staged.input ? bytesFor(played.wholeInputs, problem.inputBits) : 0) +
      (staged.second ? bytesFor(wholeSeconds(problem), problem.secondBits) : 0) +
      (staged.output && returns > 0 ? bytesFor(once.output, problem.accumulatorBits) : 0),
    computeCycles,
    deliveredBytes,
    sharedTraffic: others.sharedTraffic,
    interconnectTraffic: others.interconnectTraffic,
    energy: energyOf(played, others, bytes, cycles),
  };
}

/** Bits between scratchpads and engines of all cores: of each core its own share, read as often as the busiest reads its. */
function engineBits({ nest }: LayerProblem, { split }: Tiling, steps: readonly Step[]): number {
  const cores = (length: number, count: number) => length / Math.ceil(length / count);
  const rows = cores(nest.batch, split.batch) * cores(nest.outputRows, split.outputRows);
  const groups = cores(nest.groups, split.groups);
  const channels = cores(nest.outputChannels, split.outputChannels);
  const total = (figure: (step: Step) => number) => sum(steps.map(figure));
  // Every core that shares pixels reads them; whether its groups are its own or as many as the busiest's is the stream's.
  return (
    total((step) => step.inputReadBits) * rows * split.outputChannels * (steps[0]!.ownGroups ? groups : split.groups) +
    total((step) => step.secondReadBits) * groups * channels * split.batch * split.outputRows +
    total((step) => step.sumBits) * rows * groups * channels
  );
}

/** By the rules of 6.12, from what was played. */
function energyOf(
  { problem, machine, engineBytes, readers }: Play,
  { crossing, spilledBytes, sharedTraffic, interconnectTraffic }: ReturnType<typeof otherPaths>,
  bytes: number,
  cycles: number,
): number {
  const { energy, interconnect, sharedBuffer } = machine;
  const copies = interconnect.multicast ? readers : { input: 1, second: 1 };
  const further = (copies.input - 1) * crossing.inputs + (copies.second - 1) * crossing.seconds;
  const prefetched = sharedBuffer === null ? problem.prefetchBytes : 0;
  const entering = copies.input * crossing.inputs + copies.second * crossing.seconds;
  const delivered = entering + crossing.outputs + 2 * spilledBytes + prefetched;
  const quanta = (count: number, pj: number | null) => Math.round(count * pj! * 1024);
  return (
    quanta(8 * (engineBytes + delivered), energy.scratchpadPjPerBit) +
    (sharedBuffer === null ? 0 : quanta(8 * sharedTraffic, energy.sharedBufferPjPerBit)) +
    quanta(8 * (interconnectTraffic * energy.interconnectHops + further), energy.interconnectPjPerBitHop) +
    quanta(8 * bytes, energy.offChipPjPerBit) +
    quanta(cycles / machine.clockGHz, energy.leakageMw)
  );
}

/** What moves over the shared buffer's port, and between the cores and the rest. */
function otherPaths(
  { problem, machine, steps, loads, tiles, once }: Play,
  staged: OperandChoice,
  offChip: { readonly inputBytes: number; readonly secondBytes: number; readonly spilledBytes: number },
) {
  const { sharedBuffer, interconnect } = machine;
  const inputs = (bits: number) => bytesFor((once.input * loads.input) / tiles.input, bits);
  const seconds = (bits: number) => bytesFor((once.second * loads.second) / tiles.second, bits);
  const outputs = (bits: number) => bytesFor(once.output, bits);
  const crossing = {
    inputs: inputs(problem.inputBits + problem.sharedInputBits),
    seconds: seconds(problem.secondBits + problem.sharedSecondBits),
    outputs: outputs(problem.outputBits + problem.sharedOutputBits),
  };
  const toCores = {
    firstInputs: crossing.inputs / loads.input,
    laterInputs: crossing.inputs / loads.input,
    firstSeconds: crossing.seconds / loads.second,
    laterSeconds: crossing.seconds / loads.second,
    sumsBack: offChip.spilledBytes / loads.output,
    stores: (crossing.outputs + offChip.spilledBytes) / loads.output,
    prefetched: sharedBuffer === null ? problem.prefetchBytes / steps.length : 0,
    perCycle: interconnect.bytesPerCycle,
  };
  // A staged operand is written to the shared buffer as it comes, and read from it for each load of a core.
  const sharedInputs = staged.input ? crossing.inputs : inputs(problem.sharedInputBits);
  const sharedSeconds = staged.second ? crossing.seconds : seconds(problem.sharedSecondBits);
  const sharedOutputs = outputs(problem.sharedOutputBits);
  const sharedSums = staged.output ? offChip.spilledBytes : 0;
  const stagedInputs = staged.input ? offChip.inputBytes : 0;
  const stagedSeconds = staged.second ? offChip.secondBytes : 0;
  const shared = {
    firstInputs: sharedInputs / loads.input + stagedInputs / tiles.input,
    laterInputs: sharedInputs / loads.input,
    firstSeconds: sharedSeconds / loads.second + stagedSeconds / tiles.second,
    laterSeconds: sharedSeconds / loads.second,
    sumsBack: sharedSums / loads.output,
    stores: (sharedOutputs + sharedSums) / loads.output,
    prefetched: sharedBuffer === null ? 0 : problem.prefetchBytes / steps.length,
    perCycle: sharedBuffer?.bytesPerCycle ?? Infinity,
  };
  return {
    crossing,
    spilledBytes: offChip.spilledBytes,
    paths: [shared, toCores],
    sharedTraffic:
      sharedInputs +
      stagedInputs +
      sharedSeconds +
      stagedSeconds +
      sharedOutputs +
      2 * sharedSums +
      shared.prefetched * steps.length,
    interconnectTraffic:
      crossing.inputs +
      crossing.seconds +
      crossing.outputs +
      2 * offChip.spilledBytes +
      toCores.prefetched * steps.length,
  };
}

function alike(steps: readonly Step[]): Play['alike'] {
  const kinds = new Map<string, { readonly before: Step; readonly step: Step; count: number }>();
  for (const [at, step] of steps.slice(1).entries()) {
    const before = steps[at]!;
    const key = [
      step.newInput,
      step.newSecond,
      step.newOutput,
      step.firstInput,
      step.firstSecond,
      step.inputWeight,
      step.secondWeight,
      step.outputWeight,
      before.outputWeight,
      before.macs,
      before.computeCycles - before.preloadCycles,
    ].join();
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { before, step, count: 1 });
    else kind.count += 1;
  }
  return [...kinds.values()];
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length;
}

/** What the steps of the busiest core move off-chip when added up, without staging; on one core it is all there is. */
export function addedUpBytes({ problem, steps }: Play): number {
  const total = (figure: (step: Step) => number, bits: number) => bytesFor(sum(steps.map(figure)), bits);
  return (
    total((step) => step.inputElements, problem.inputBits) +
    total((step) => step.secondElements, problem.secondBits) +
    total((step) => step.outputElements, problem.outputBits) +
    total((step) => step.sumLoadElements, problem.accumulatorBits) +
    total((step) => step.sumStoreElements, problem.accumulatorBits) +
    problem.prefetchBytes
  );
}

/** Bytes of one core's scratchpad, largest tiles, by the rules of `buffers.ts`. */
function bufferOf({ tiles, loads, largest: tile, sumsStay }: Play, doubled: OperandChoice): number {
  const input = tile.input * (doubled.input && tiles.input > 1 ? 2 : 1);
  const second = tile.second * (doubled.second && tiles.second > 1 ? 2 : 1);
  if (loads.output > tiles.output) return input + second + tile.sums * (doubled.output ? 3 : 1);
  const leaving = doubled.output && tiles.output > 1 ? tile.output : 0;
  return input + second + (sumsStay ? tile.output : tile.sums) + leaving;
}

function wholeSeconds({ nest, engine }: LayerProblem): number {
  const { groups, outputChannels, inputChannels, kernelRows, kernelColumns } = nest;
  return engine === 'array' ? groups * outputChannels * inputChannels * kernelRows * kernelColumns : 0;
}

/** A mean transfer takes whole bursts. */
function inBursts(bytes: number, transfers: number, burstBytes: number): number {
  if (bytes === 0) return 0;
  return burstBytes === 1 ? bytes : transfers * Math.ceil(bytes / transfers / burstBytes) * burstBytes;
}

function bytesFor(elements: number, bits: number): number {
  return Math.ceil((elements * bits) / 8);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
