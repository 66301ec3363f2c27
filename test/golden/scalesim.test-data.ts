import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SystolicDataflowName } from '../../src/cycle/systolic/index.js';

/** One layer as SCALE-Sim ran it. `scalesim-v2-resnet50.json` says where it comes from and what its columns mean. */
export interface ScaleSimRow {
  readonly dataflow: SystolicDataflowName;
  readonly layer: string;
  readonly ifmapHeight: number;
  readonly ifmapWidth: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly channels: number;
  readonly filters: number;
  readonly stride: number;
  readonly gemmM: number;
  readonly gemmN: number;
  readonly gemmK: number;
  readonly computeCycles: number;
}

const path = fileURLToPath(new URL('scalesim-v2-resnet50.json', import.meta.url));

const file: {
  readonly arrayRows: number;
  readonly arrayColumns: number;
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly (string | number)[])[];
} = JSON.parse(readFileSync(path, 'utf8'));

export const { arrayRows, arrayColumns } = file;

export const scaleSimRows: readonly ScaleSimRow[] = file.rows.map((row) => {
  const names = Object.keys(file.columns);
  return Object.fromEntries(names.map((name, at) => [name, row[at]])) as unknown as ScaleSimRow;
});

export interface Product {
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/**
 * What SCALE-Sim v2 reports for a product of m x k by k x n: folds times cycles per fold, less one, as it reports the
 * index of the last cycle and counts from 0.
 */
export const scaleSimCycles: Readonly<
  Record<SystolicDataflowName, (product: Product, rows: number, columns: number) => number>
> = {
  'weight-stationary': ({ m, k, n }, rows, columns) =>
    Math.ceil(k / rows) * Math.ceil(n / columns) * (m + 2 * rows + columns - 2) - 1,
  'output-stationary': ({ m, k, n }, rows, columns) =>
    Math.ceil(m / rows) * Math.ceil(n / columns) * (k + rows + columns - 2) - 1,
  'input-stationary': ({ m, k, n }, rows, columns) =>
    Math.ceil(k / rows) * Math.ceil(m / columns) * (n + 2 * rows + columns - 2) - 1,
};
