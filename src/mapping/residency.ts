import { addLabel, type Label } from './residency-labels.js';
import type { LayerDecision, ResidencyLayer, ResidencyPlan, ResidencyProblem } from './residency-problem.js';

/** A layer for which no mapping fits even with nothing resident. */
export class NoRoom {
  readonly layer: number;

  constructor(layer: number) {
    this.layer = layer;
  }
}

interface State {
  /** By position in the list of live tensors: readers that still find it on chip are up to this one (0: none). */
  readonly codes: readonly number[];
  readonly labels: Label[];
}

/** A region is given out in this many parts: finer ones would hold hardly more weights and take far longer to choose. */
const REGION_PARTS = 1024;

/** Bytes of a region that weights take: whole parts of it. */
export function allocatedBytes(weightBytes: number, regionBytes: number): number {
  const part = Math.ceil(regionBytes / REGION_PARTS);
  return Math.ceil(weightBytes / part) * part;
}

/**
 * States kept per layer, and labels in all of them together. Networks with few live tensors stay far below (ResNet50
 * has 4 states, and at most some thousand labels with a region for weights); beyond, the plan is not called exact.
 */
const MAX_STATES = 256;
const MAX_LABELS = 12_288;

/** Labels kept over all layers together, and the fewest in a layer: a network of thousands of layers stays in memory. */
const MAX_LABELS_IN_ALL = 2 ** 20;
const MIN_LABELS = 64;

/**
 * The fastest choice of what stays on chip, by dynamic programming over layers in order. A state says for each live
 * tensor whether, and up to which of its readers, it is kept; the choice is made when the tensor is produced. Layers'
 * times add, and a layer's time depends on the state around it only, so the cheapest way into each state is enough.
 *
 * `weightRegionBytes` are set aside for weights that stay from one inference to the next; which weights use them is
 * chosen with the rest, so labels also carry how much of the region is taken, in whole parts (`allocatedBytes`). With `assumeWeightsFit` every weight
 * is taken to be on chip: exact when all of them fit the region, otherwise a lower bound on the time.
 */
export function planResidency(
  problem: ResidencyProblem,
  weightRegionBytes: number,
  assumeWeightsFit: boolean,
): ResidencyPlan | NoRoom {
  let states = new Map<string, State>([
    ['', { codes: [], labels: [{ cycles: 0, bytes: 0, regionUsed: 0, step: null }] }],
  ]);
  let live: number[] = [];
  let exact = true;
  const maxLabels = Math.min(MAX_LABELS, Math.max(MIN_LABELS, Math.floor(MAX_LABELS_IN_ALL / problem.layers.length)));

  for (const [index, layer] of problem.layers.entries()) {
    const liveAfter = tensorsLiveAfter(problem, live, layer, index);
    const next = new Map<string, State>();
    for (const state of states.values()) {
      extend(problem, index, layer, live, liveAfter, state, weightRegionBytes, assumeWeightsFit, next);
    }
    if (next.size === 0) return new NoRoom(index);
    exact = limit(next, maxLabels) && exact;
    states = next;
    live = liveAfter;
  }

  let winner: Label | undefined;
  for (const state of states.values()) {
    for (const label of state.labels) {
      if (
        winner === undefined ||
        label.cycles < winner.cycles ||
        (label.cycles === winner.cycles && label.bytes < winner.bytes)
      ) {
        winner = label;
      }
    }
  }
  return trace(problem, winner!, weightRegionBytes, exact);
}

function tensorsLiveAfter(
  problem: ResidencyProblem,
  live: readonly number[],
  layer: ResidencyLayer,
  index: number,
): number[] {
  const after = live.filter((tensor) => problem.tensors[tensor]!.consumers.at(-1)! > index);
  if (problem.tensors[layer.output]!.consumers.length > 0) after.push(layer.output);
  return after;
}

function extend(
  problem: ResidencyProblem,
  index: number,
  layer: ResidencyLayer,
  live: readonly number[],
  liveAfter: readonly number[],
  state: State,
  weightRegionBytes: number,
  assumeWeightsFit: boolean,
  next: Map<string, State>,
): void {
  let resident = weightRegionBytes;
  const inputsOnChip = layer.inputs.map(() => false);
  let replaceable = 0;
  const codesAfter: number[] = [];
  for (const [at, tensor] of live.entries()) {
    const { bytes, consumers } = problem.tensors[tensor]!;
    const code = state.codes[at]!;
    const input = layer.inputs.indexOf(tensor);
    const lastRead = consumers.at(-1) === index;
    if (code > 0) {
      resident += bytes;
      const dropped = input >= 0 && consumers.indexOf(index) + 1 === code;
      if (input >= 0) inputsOnChip[input] = true;
      if (dropped) replaceable = Math.max(replaceable, bytes);
      if (!lastRead) codesAfter.push(dropped ? 0 : code);
    } else if (!lastRead) codesAfter.push(0);
  }

  const output = problem.tensors[layer.output]!;
  const readers = output.consumers.length;
  for (let code = 0; code <= readers; code++) {
    const kept = code > 0 ? output.bytes - (layer.inPlace ? Math.min(replaceable, output.bytes) : 0) : 0;
    const taken = Math.ceil((resident + kept) / problem.cores);
    const free = problem.scratchpadBytesPerCore - taken;
    if (free < 0) continue;
    const outputWritten = readers === 0 || code < readers;
    const codes = readers > 0 ? [...codesAfter, code] : codesAfter;
    const key = codes.join();
    for (const weightsOnChip of assumeWeightsFit && layer.weightBytes > 0 ? [true] : [false, true]) {
      if (weightsOnChip && (weightRegionBytes === 0 || layer.weightBytes === 0)) continue;
      const mapping = problem.best(index, inputsOnChip, outputWritten, weightsOnChip, free);
      if (mapping === undefined) continue;
      const regionBytes = weightsOnChip && !assumeWeightsFit ? allocatedBytes(layer.weightBytes, weightRegionBytes) : 0;
      const decision: LayerDecision = {
        mapping,
        inputsOnChip,
        outputWritten,
        weightsOnChip,
        occupiedBytes: resident + kept + mapping.bufferBytesPerCore * problem.cores,
      };
      for (const label of state.labels) {
        const regionUsed = label.regionUsed + regionBytes;
        if (regionUsed > weightRegionBytes) continue;
        let target = next.get(key);
        if (target === undefined) next.set(key, (target = { codes, labels: [] }));
        addLabel(target.labels, label.cycles + mapping.cycles, label.bytes + mapping.offChipBytes, regionUsed, {
          before: label,
          decision,
          outputCode: code,
        });
      }
    }
  }
  if (liveAfter.length !== codesAfter.length + (readers > 0 ? 1 : 0))
    throw new Error('residency: live tensors and state differ');
}

/** Keeps the search within its limits; false when something had to go. */
function limit(states: Map<string, State>, maxLabels: number): boolean {
  let whole = true;
  if (states.size > MAX_STATES) {
    const ranked = [...states].sort(([, a], [, b]) => fastest(a) - fastest(b));
    for (const [key, state] of ranked.slice(MAX_STATES)) {
      // The state with nothing on chip can always go on, so it stays whatever it costs.
      if (state.codes.some((code) => code > 0)) states.delete(key);
    }
    whole = false;
  }
  const share = Math.max(1, Math.floor(maxLabels / states.size));
  for (const { labels } of states.values()) {
    if (labels.length <= share) continue;
    // Ordered by region used, labels fall in cycles, so the last are the fastest; the first takes least of the region and
    // can always go on.
    labels.splice(1, labels.length - share);
    whole = false;
  }
  return whole;
}

function fastest({ labels }: State): number {
  return labels.at(-1)!.cycles;
}

function trace(problem: ResidencyProblem, winner: Label, weightRegionBytes: number, exact: boolean): ResidencyPlan {
  const layers: LayerDecision[] = [];
  const readersOnChip = problem.tensors.map(() => 0);
  for (let step = winner.step; step !== null; step = step.before.step) {
    layers.push(step.decision);
    readersOnChip[problem.layers[problem.layers.length - layers.length]!.output] = step.outputCode;
  }
  return { layers: layers.reverse(), readersOnChip, weightRegionBytes, exact };
}
