import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/arch/index.js';
import { searchMappings, type Mapping } from '../../src/mapping/index.js';
import { LayerPricer } from '../../src/performance/index.js';
import { assignPrecision } from '../../src/precision/index.js';
import { layerProblem } from '../../src/simulate/index.js';
import { hasWeights } from '../../src/workload/index.js';
import { machineOf } from './machines.test-data.js';
import { forAnyRun, simulate } from './runs.test-data.js';

/** Every number inside a value, with the path to it. */
function numbersIn(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}.${key}`));
}

type Checked = Parameters<Parameters<typeof forAnyRun>[0]>;

/** The layers that read each tensor last on chip, by tensor; -1 where it is not kept. */
function lastReaders({ residency, layers }: Checked[0]): number[] {
  const activations = residency.tensors.filter(({ kind }) => kind === 'activation');
  return activations.map((tensor) => layers.findIndex(({ name }) => name === tensor.keptUntil));
}

/** Bytes that tensors and the weights' region take while a layer runs. */
function keptBytes(result: Checked[0], { network }: Checked[1], index: number): number {
  const activations = result.residency.tensors.filter(({ kind }) => kind === 'activation');
  const until = lastReaders(result);
  const { inputs, output, inPlace } = network.layers[index]!;
  let kept = result.residency.weightRegionBytes;
  for (const [tensor, { producer }] of network.tensors.entries())
    if (producer <= index && until[tensor]! >= index) kept += activations[tensor]!.bytes;
  const dying = inputs.filter((tensor) => until[tensor] === index).map((tensor) => activations[tensor]!.bytes);
  if (inPlace && until[output]! >= 0) kept -= Math.min(Math.max(0, ...dying), activations[output]!.bytes);
  return kept;
}

/** What a search finds for the layer in the memory that is left: of the scratchpads, or of the shared buffer. */
function bestBeside(
  kept: number,
  index: number,
  result: Checked[0],
  { network, choice }: Checked[1],
  machine: Machine,
): Mapping | undefined {
  const { inputs, output } = network.layers[index]!;
  const until = lastReaders(result);
  const onChip = [...new Set(inputs)].map((tensor) => until[tensor]! >= index);
  const weights = result.layers[index]!.resident.includes('weights');
  const written = result.residency.tensors[output]!.place !== 'on-chip';
  const problem = layerProblem(network, index, assignPrecision(network, choice), machine, onChip, written, weights);
  const room =
    machine.sharedBuffer === null
      ? machine.scratchpadBytesPerCore - Math.ceil(kept / machine.cores)
      : machine.sharedBuffer.bytes - kept;
  return searchMappings(problem, machine, new LayerPricer(problem, machine)).best(room);
}

describe('figures of a layer', () => {
  it('keep the floors: peak, bandwidth, compute, compulsory bytes', () => {
    forAnyRun(({ layers }, _asked, machine) => {
      for (const layer of layers) {
        if (layer.macs > 0) expect(layer.totalCycles).toBeGreaterThanOrEqual(layer.macs / layer.peakMacsPerCycle);
        if (layer.macs > 0) expect(layer.computeCycles).toBeGreaterThanOrEqual(layer.macs / layer.peakMacsPerCycle);
        expect(layer.totalCycles).toBeGreaterThanOrEqual(layer.offChipBytes.total / machine.offChipBytesPerCycle);
        expect(layer.totalCycles).toBeGreaterThanOrEqual(layer.computeCycles);
        expect(layer.totalCycles).toBeGreaterThanOrEqual(
          layer.scratchpadBytesPerCore / machine.scratchpadBytesPerCycle,
        );
        const { sharedBufferBytes, interconnectBytes } = layer;
        const perCycle = machine.sharedBuffer?.bytesPerCycle ?? Infinity;
        expect(layer.totalCycles).toBeGreaterThanOrEqual((sharedBufferBytes ?? 0) / perCycle);
        const crossing = interconnectBytes ?? 0;
        expect(layer.totalCycles).toBeGreaterThanOrEqual(crossing / machine.interconnect.bytesPerCycle);
        expect(layer.offChipBytes.total).toBeGreaterThanOrEqual(layer.leastBytes);
        expect(layer.leastBytes).toBeGreaterThanOrEqual(layer.compulsoryBytes);
        expect(layer.utilization).toBeLessThanOrEqual(1);
        expect(Number.isInteger(layer.totalCycles) && Number.isInteger(layer.computeCycles)).toBe(true);
        const { weights, inputs, outputs, total } = layer.offChipBytes;
        expect(weights + inputs + outputs).toBe(total);
        expect(Number.isInteger(total)).toBe(true);
      }
    });
  });

  it('are finite and not negative, but for a bandwidth without limit', () => {
    forAnyRun((result) => {
      for (const [path, number] of numbersIn(result)) {
        if (path === '.arch.bandwidthGBps') continue;
        expect(Number.isFinite(number), path).toBe(true);
        expect(number, path).toBeGreaterThanOrEqual(0);
      }
    });
  });

  it('say truly what is resident: no bytes of it move', () => {
    forAnyRun(({ layers, residency }, { network }) => {
      for (const [index, { resident, offChipBytes }] of layers.entries()) {
        if (resident.includes('weights')) expect(offChipBytes.weights).toBe(0);
        if (resident.includes('input')) expect(offChipBytes.inputs).toBe(0);
        const isOutput = network.tensors[network.layers[index]!.output]!.consumers.length === 0;
        if (isOutput) expect(resident).not.toContain('output');
        const { place, keptUntil } = residency.tensors[network.layers[index]!.output]!;
        expect(resident.includes('output')).toBe(place === 'on-chip');
        const readers = network.tensors[network.layers[index]!.output]!.consumers.map((reader) => layers[reader]!.name);
        expect(place).toBe(keptUntil === null ? 'off-chip' : keptUntil === readers.at(-1) ? 'on-chip' : 'both');
        if (keptUntil !== null) expect(readers).toContain(keptUntil);
        if (!hasWeights(network.layers[index]!)) expect(offChipBytes.weights).toBe(0);
      }
    });
  });

  it('are those of the best mapping for what is resident and the room that is left', () => {
    forAnyRun((result, asked, machine) => {
      for (const [index, layer] of result.layers.entries()) {
        const best = bestBeside(keptBytes(result, asked, index), index, result, asked, machine);
        expect([layer.totalCycles, layer.offChipBytes.total]).toEqual([best?.cycles, best?.offChipBytes]);
      }
    });
  });

  it('cut the MACs into tiles that sum to the layer', () => {
    forAnyRun(({ layers }, { network }) => {
      for (const [index, { macs, mapping }] of layers.entries()) {
        const { nest } = network.layers[index]!;
        const { coreSplit, tile } = mapping;
        const shares = [
          cutInto(nest.batch, coreSplit.batch, tile.batch),
          cutInto(nest.groups, coreSplit.groups, tile.groups),
          cutInto(nest.outputRows, coreSplit.outputRows, tile.outputRows),
          cutInto(nest.outputColumns, 1, tile.outputColumns),
          cutInto(nest.outputChannels, coreSplit.outputChannels, tile.outputChannels),
          cutInto(nest.inputChannels, 1, tile.inputChannels),
        ];
        const products = shares.reduce((all, { lengths }) => all * lengths.reduce((sum, length) => sum + length, 0), 1);
        if (macs > 0) expect(products * nest.kernelRows * nest.kernelColumns).toBe(macs);
        // The first core has a rounded-up share of every loop.
        expect(mapping.tiles).toBe(shares.reduce((all, { firstCore }) => all * firstCore, 1));
      }
    });
  });
});

/** A loop shared among cores and each share cut into tiles: the lengths of all tiles, and how many the first core has. */
function cutInto(length: number, cores: number, tile: number): { lengths: number[]; firstCore: number } {
  const share = Math.ceil(length / cores);
  const lengths: number[] = [];
  for (let from = 0; from < length; from += share)
    for (let at = from; at < Math.min(length, from + share); at += tile)
      lengths.push(Math.min(tile, Math.min(length, from + share) - at));
  return { lengths, firstCore: Math.ceil(share / tile) };
}

describe('figures of a network', () => {
  it('are sums of its layers, and ratios of the sums', () => {
    forAnyRun(({ layers, totals, workload }, { network }, machine) => {
      const sum = (figure: (layer: (typeof layers)[number]) => number) =>
        layers.reduce((all, layer) => all + figure(layer), 0);
      expect(totals.macs).toBe(sum((layer) => layer.macs));
      expect(totals.totalCycles).toBe(sum((layer) => layer.totalCycles));
      expect(totals.computeCycles).toBe(sum((layer) => layer.computeCycles));
      expect(totals.stallCycles).toBe(totals.totalCycles - totals.computeCycles);
      expect(totals.offChipBytes.total).toBe(sum((layer) => layer.offChipBytes.total));
      expect(totals.offChipBytes.weights).toBe(sum((layer) => layer.offChipBytes.weights));
      expect(totals.compulsoryBytes).toBe(sum((layer) => layer.compulsoryBytes));
      expect(totals.utilization).toBeLessThanOrEqual(1);
      expect(totals.latencyMs).toBeCloseTo(totals.totalCycles / (machine.clockGHz * 1e6), 12);
      expect(totals.inferencesPerSecond * (totals.latencyMs / 1000)).toBeCloseTo(network.batch, 9);
      expect(workload.batch).toBe(network.batch);
    });
  });

  it('never use more memory than there is, by their own account and by the tensors they name', () => {
    forAnyRun((result, asked, machine) => {
      const { residency, layers } = result;
      const capacity = machine.sharedBuffer?.bytes ?? machine.cores * machine.scratchpadBytesPerCore;
      expect(residency.capacityBytes).toBe(capacity);
      expect(residency.peakBytes).toBeLessThanOrEqual(capacity);
      const weights = residency.tensors.filter(({ kind, place }) => kind === 'weights' && place === 'on-chip');
      const weightBytes = weights.reduce((sum, { bytes }) => sum + bytes, 0);
      expect(weightBytes).toBeLessThanOrEqual(residency.weightRegionBytes);
      let peak = 0;
      for (const [index, { name, mapping }] of layers.entries()) {
        const kept = keptBytes(result, asked, index);
        // Tiles lie in the scratchpads; beside what is kept lies what is staged, if there is a shared buffer.
        const staged = () => bestBeside(kept, index, result, asked, machine)!.sharedBufferBytes;
        const used = kept + (machine.sharedBuffer === null ? machine.cores * mapping.bufferBytesPerCore : staged());
        expect(mapping.bufferBytesPerCore).toBeLessThanOrEqual(machine.scratchpadBytesPerCore);
        expect(used, name).toBeLessThanOrEqual(capacity);
        peak = Math.max(peak, used);
      }
      // Of mappings as good as each other one that stages more may be taken, below what a search tells apart.
      if (machine.sharedBuffer === null) expect(residency.peakBytes).toBe(peak);
      else expect(residency.peakBytes).toBeGreaterThanOrEqual(peak);
    });
  });

  it('are the same each time', () => {
    forAnyRun((result, asked) => {
      expect(simulate(asked)).toEqual(result);
    }, 40);
  });

  it('stall only for latency where no path is limited', () => {
    forAnyRun((_, asked) => {
      const { shared } = asked.sketch;
      const unlimited = {
        bandwidthGBps: Infinity,
        shared: shared && { ...shared, bytesPerCycle: Infinity },
        scratchpadBytesPerCycle: Infinity,
        interconnectBytesPerCycle: Infinity,
      };
      const machine = machineOf({ ...asked.sketch, ...unlimited });
      const { layers } = simulate(asked, machine)!;
      for (const { stallCycles, mapping, offChipCycles } of layers) {
        expect(stallCycles).toBeLessThanOrEqual(mapping.tiles * machine.offChipLatencyCycles);
        expect(offChipCycles).toBe(0);
      }
    }, 60);
  });
});
