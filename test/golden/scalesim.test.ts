import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { playProduct, systolicDataflows, type SystolicDataflowName } from '../../src/cycle/systolic/index.js';
import { searchMappings } from '../../src/mapping/index.js';
import { arrayCycles, LayerPricer } from '../../src/performance/index.js';
import { assignPrecision } from '../../src/precision/index.js';
import { simulateNetwork } from '../../src/simulate/index.js';
import { buildNetwork } from '../../src/workload/index.js';
import { machineOf } from '../properties/machines.test-data.js';
import { problemOf } from '../properties/problems.test-data.js';
import {
  arrayColumns,
  arrayRows,
  scaleSimCycles,
  scaleSimRows,
  type Product,
  type ScaleSimRow,
} from './scalesim.test-data.js';

const dataflows = Object.keys(systolicDataflows) as SystolicDataflowName[];

/** SCALE-Sim reports the index of the last cycle, counted from 0: one less than the cycles that pass. */
const LAST_CYCLE = -1;

/** What SCALE-Sim's CALC mode runs on: one core, one product per element and cycle, preloads waited for, no memory. */
function machine(dataflow: SystolicDataflowName, rows: number, columns: number) {
  return machineOf({
    cores: 1,
    rows,
    columns,
    dataflows: [dataflow],
    preload: 'exposed',
    mac: 'configurable',
    bandwidthGBps: Infinity,
    latencyNs: 0,
    capacityKiB: 2 ** 20,
  });
}

/** Output rows (and columns: all its layers are square) by SCALE-Sim's own rule, which rounds up. */
function outputsOf({ ifmapHeight, filterHeight, stride }: ScaleSimRow): number {
  return Math.ceil((ifmapHeight - filterHeight + stride) / stride);
}

/**
 * The layers under one dataflow, each with an input of its own. SCALE-Sim counts a last window that hangs over the
 * edge; here the input is made as large as the windows reach.
 */
function networkOf(rows: readonly ScaleSimRow[]) {
  return buildNetwork({
    name: 'resnet50-of-scale-sim',
    description: 'layers of ResNet50 as SCALE-Sim has them, without padding',
    source: 'github.com/scalesim-project/scale-sim-v2, topologies/conv_nets/Resnet50.csv',
    inputs: rows.map((row) => {
      const size = (outputsOf(row) - 1) * row.stride + row.filterHeight;
      return { name: `${row.layer}.input`, channels: row.channels, height: size, width: size };
    }),
    layers: rows.map((row) => ({
      name: row.layer,
      kind: 'convolution',
      input: `${row.layer}.input`,
      outputChannels: row.filters,
      kernel: row.filterHeight,
      stride: row.stride,
    })),
  });
}

function productOf({ gemmM: m, gemmK: k, gemmN: n }: ScaleSimRow): Product {
  return { m, k, n };
}

/** Cycles on the clock of the registers; the values of the operands do not matter to it. */
function clockedCycles(dataflow: SystolicDataflowName, { m, k, n }: Product, rows: number, columns: number): number {
  const format = { bits: 2, signed: true };
  const array = { rows, columns, lanes: 1, multiplierBits: 2, accumulatorBits: 32, preload: 'exposed' } as const;
  return playProduct(systolicDataflows[dataflow], array, {
    groups: 1,
    pixels: m,
    reduction: k,
    outputChannels: n,
    inputs: new Int32Array(m * k),
    weights: new Int32Array(k * n),
    inputFormat: format,
    weightFormat: format,
  }).cycles;
}

describe('the layers of ResNet50 as SCALE-Sim v2 has them', () => {
  it('are 21 under each of three dataflows, square, and the products that it says', () => {
    for (const dataflow of dataflows) expect(scaleSimRows.filter((row) => row.dataflow === dataflow)).toHaveLength(21);
    expect(scaleSimRows).toHaveLength(63);
    for (const row of scaleSimRows) {
      expect([row.ifmapWidth, row.filterWidth]).toEqual([row.ifmapHeight, row.filterHeight]);
      expect(productOf(row)).toEqual({
        m: outputsOf(row) ** 2,
        k: row.channels * row.filterHeight * row.filterWidth,
        n: row.filters,
      });
    }
  });

  describe.each(dataflows)('%s', (dataflow) => {
    const rows = scaleSimRows.filter((row) => row.dataflow === dataflow);

    it('take the cycles that SCALE-Sim reports, and one', () => {
      const network = networkOf(rows);
      const precision = assignPrecision(network, { policy: 'uniform', bits: 16 });
      const { layers } = simulateNetwork(network, precision, machine(dataflow, arrayRows, arrayColumns), 'latency');
      const table = (cycles: readonly number[]) => rows.map(({ layer }, at) => `${layer}: ${cycles[at]}`);
      const reported = table(rows.map((row) => row.computeCycles));
      expect(layers.map(({ name }) => name)).toEqual(rows.map(({ layer }) => layer));
      expect(table(layers.map(({ computeCycles }) => computeCycles + LAST_CYCLE))).toEqual(reported);
      // Nothing but computing takes time on this machine.
      expect(table(layers.map(({ totalCycles }) => totalCycles + LAST_CYCLE))).toEqual(reported);
    });

    it('take them register by register as well, where that is quickly played', () => {
      const short = rows.filter(({ computeCycles }) => computeCycles < 32_000);
      expect(short.length).toBeGreaterThan(0);
      for (const row of short) {
        const cycles = clockedCycles(dataflow, productOf(row), arrayRows, arrayColumns);
        expect(`${row.layer}: ${cycles + LAST_CYCLE}`).toBe(`${row.layer}: ${row.computeCycles}`);
      }
    });

    it('keep to the formula', () => {
      for (const row of rows) {
        expect(scaleSimCycles[dataflow](productOf(row), arrayRows, arrayColumns)).toBe(row.computeCycles);
      }
    });
  });
});

describe.each(dataflows)("SCALE-Sim's formula, %s", (dataflow) => {
  const any = (largest: number) => fc.integer({ min: 1, max: largest });

  it('holds for any product on any array', () => {
    const shape = fc.record({ m: any(5000), k: any(5000), n: any(3000) });
    fc.assert(
      fc.property(shape, any(256), any(256), (product, rows, columns) => {
        const on = machine(dataflow, rows, columns);
        const { m, k, n } = product;
        const problem = problemOf({ outputRows: m, inputChannels: k, outputChannels: n });
        const mappings = searchMappings(problem, on, new LayerPricer(problem, on));
        // The layer in one tile, or cut in a way that costs no cycle: memory is no limit, so none is slower.
        const { candidate } = mappings.best(on.scratchpadBytesPerCore)!;
        const cycles = arrayCycles(candidate, problem, on);
        expect(cycles + LAST_CYCLE).toBe(scaleSimCycles[dataflow](product, rows, columns));
      }),
      { numRuns: 200 },
    );
  });

  it('is what the clock of the registers says', () => {
    const shape = fc.record({ m: any(40), k: any(40), n: any(40) });
    fc.assert(
      fc.property(shape, any(12), any(12), (product, rows, columns) => {
        const cycles = clockedCycles(dataflow, product, rows, columns);
        expect(cycles + LAST_CYCLE).toBe(scaleSimCycles[dataflow](product, rows, columns));
      }),
      { numRuns: 200 },
    );
  });
});
