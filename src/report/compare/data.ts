import type { MachineComparison } from '../../explore/index.js';
import type { LayerResult, NetworkResult } from '../../performance/result.js';
import { csvField } from '../to-csv.js';
import { SCHEMA_VERSION } from '../to-json.js';
import { comparedFigures, ratioOf } from './figures.js';
import { layerDifferences, type LayerDifference } from './layer-differences.js';

/** The comparisons as JSON text: `first`, `second` and `ratio` (second over first) of every figure. */
export function comparisonToJson(comparisons: readonly MachineComparison[]): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, comparisons: comparisons.map(valueOf) }, null, 2)}\n`;
}

function valueOf(comparison: MachineComparison): object {
  const { first, second, speedup, fitsFirst } = comparison;
  return {
    first: machineValue(first),
    second: machineValue(second),
    workload: { name: second.workload.name, batch: second.workload.batch },
    mode: second.mode,
    ...(second.objective === undefined ? {} : { objective: second.objective }),
    precision: { ...second.precision },
    figures: Object.fromEntries(
      comparedFigures.map(({ key, value }) => {
        const [one, other] = [value(first), value(second)];
        return [key, { first: finite(one), second: finite(other), ratio: ratioOf(one, other) }];
      }),
    ),
    speedup: { value: speedup.value, factors: { ...speedup.factors } },
    fitsSecondOnly: speedup.beganToFit.map(({ tensor, kind, bytes, place }) => ({ tensor, kind, bytes, place })),
    fitsFirstOnly: fitsFirst.map(({ tensor, kind, bytes, place }) => ({ tensor, kind, bytes, place })),
    layers: layerDifferences(comparison).map(layerValue),
  };
}

function machineValue({ arch }: NetworkResult): object {
  const { name, cores, rows, columns, macKind, arrayChoice } = arch;
  return { name, cores, rows, columns, macKind, arrayChoice };
}

function layerValue({ first, second, firstUs, secondUs, differenceUs, shareFraction, why }: LayerDifference): object {
  return {
    name: first.name,
    kind: first.kind,
    first: { ...sideValue(first), us: firstUs },
    second: { ...sideValue(second), us: secondUs },
    differenceUs,
    shareFraction,
    changes: [...why],
  };
}

function sideValue({ totalCycles, computeCycles, stallCycles, offChipBytes, bound, resident, mapping }: LayerResult) {
  return {
    totalCycles,
    computeCycles,
    stallCycles,
    offChipBytes: offChipBytes.total,
    bound,
    resident: [...resident],
    dataflow: mapping.dataflow,
  };
}

function finite(value: number | null): number | 'inf' | null {
  return value === Infinity ? 'inf' : value;
}

/** One row per comparison and layer, in the order of the network. */
export function comparisonToCsv(comparisons: readonly MachineComparison[]): string {
  const rows = comparisons.flatMap((comparison) => {
    const { first, second } = comparison;
    const differences = new Map(layerDifferences(comparison).map((difference) => [difference.first, difference]));
    return first.layers.map((layer) => {
      const { second: other, firstUs, secondUs, differenceUs, shareFraction, why } = differences.get(layer)!;
      return {
        firstArch: first.arch.name,
        secondArch: second.arch.name,
        workload: second.workload.name,
        bits: second.precision.bits,
        firstBandwidthGBps: finite(first.arch.bandwidthGBps),
        secondBandwidthGBps: finite(second.arch.bandwidthGBps),
        layer: layer.name,
        kind: layer.kind,
        firstCycles: layer.totalCycles,
        secondCycles: other.totalCycles,
        firstUs,
        secondUs,
        differenceUs,
        shareFraction,
        firstOffChipBytes: layer.offChipBytes.total,
        secondOffChipBytes: other.offChipBytes.total,
        firstBound: layer.bound,
        secondBound: other.bound,
        firstDataflow: layer.mapping.dataflow,
        secondDataflow: other.mapping.dataflow,
        changes: why.join('; '),
      };
    });
  });
  const header = Object.keys(rows[0] ?? {});
  return [header, ...rows.map((row) => Object.values(row))].map((row) => `${row.map(csvField).join(',')}\n`).join('');
}
