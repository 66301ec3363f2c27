import { accuracyOf } from './accuracy.js';
import type { BeganToFit, NetworkResult, Run, Speedup } from '../performance/result.js';
import { energyValue, layerValue, offChipValue, searchValue } from './layer-json.js';

/** Goes up when a field is renamed, removed or changes its meaning; a new field leaves it as it is. */
export const SCHEMA_VERSION = 1;

/**
 * Runs as JSON text: the run itself when there is one, `{ schemaVersion, runs }` when there are several. Keys always
 * come in the same order; an unlimited bandwidth is `"inf"`; what is not known is null.
 */
export function toJson(runs: readonly Run[]): string {
  return `${JSON.stringify(toJsonValue(runs), refuseNonFinite, 2)}\n`;
}

/** The same as a plain value. */
export function toJsonValue(runs: readonly Run[]): object {
  const [only] = runs;
  return runs.length === 1 && only !== undefined
    ? { schemaVersion: SCHEMA_VERSION, ...runValue(only) }
    : { schemaVersion: SCHEMA_VERSION, runs: runs.map(runValue) };
}

function runValue(run: Run): object {
  const { result, speedup, narrower } = run;
  const accuracy = accuracyOf(run);
  const { arch, workload, mode, objective, precision, totals, residency, layers, warnings } = result;
  return {
    arch: archValue(arch),
    workload: { name: workload.name, batch: workload.batch },
    mode,
    ...(objective === undefined ? {} : { objective }),
    precision: { ...precision },
    totals: {
      macs: totals.macs,
      totalCycles: totals.totalCycles,
      computeCycles: totals.computeCycles,
      stallCycles: totals.stallCycles,
      latencyMs: totals.latencyMs,
      inferencesPerSecond: totals.inferencesPerSecond,
      utilization: totals.utilization,
      peakMacsPerCycle: totals.peakMacsPerCycle,
      offChipBytes: offChipValue(totals.offChipBytes),
      compulsoryBytes: totals.compulsoryBytes,
      leastBytes: totals.leastBytes,
      search: searchValue(totals.search),
      areaMm2: totals.areaMm2,
      energyPj: energyValue(totals.energyPj),
      energyMj: totals.energyMj,
      topsPerWatt: totals.topsPerWatt,
      energyDelayProductMjMs: totals.energyDelayProductMjMs,
    },
    layers: layers.map(layerValue),
    residency: {
      exact: residency.exact,
      lowerBoundCycles: residency.lowerBoundCycles,
      optimalityGap: residency.optimalityGap,
      capacityBytes: residency.capacityBytes,
      peakBytes: residency.peakBytes,
      weightRegionBytes: residency.weightRegionBytes,
      tensors: residency.tensors.map(({ tensor, kind, bits, bytes, place, keptUntil }) => ({
        tensor,
        kind,
        bits,
        bytes,
        place,
        keptUntil,
      })),
      prefetched: residency.prefetched.map(({ layer, fraction }) => ({ layer, fraction })),
      chains: residency.chains.map(({ layers: names, stripes, heldWeights }) => ({
        layers: [...names],
        stripes,
        heldWeights: [...heldWeights],
      })),
    },
    warnings: [...warnings],
    speedup: speedup === null ? null : speedupValue(speedup),
    narrower:
      narrower === null
        ? null
        : {
            bits: narrower.bits,
            edgeBits: narrower.edgeBits,
            totalCycles: narrower.totalCycles,
            latencyMs: narrower.latencyMs,
            speedup: narrower.speedup,
            layerCycles: [...narrower.layerCycles],
          },
    accuracy:
      accuracy === null
        ? null
        : { top1Percent: accuracy.top1Percent, top5Percent: accuracy.top5Percent, source: accuracy.source },
  };
}

function archValue(arch: NetworkResult['arch']): object {
  return {
    name: arch.name,
    cores: arch.cores,
    rows: arch.rows,
    columns: arch.columns,
    macKind: arch.macKind,
    designBits: arch.designBits,
    arrayChoice: arch.arrayChoice,
    clockGHz: arch.clockGHz,
    scratchpadKiBPerCore: arch.scratchpadKiBPerCore,
    bandwidthGBps: arch.bandwidthGBps === Infinity ? 'inf' : arch.bandwidthGBps,
    memory: arch.memory && { name: arch.memory.name, channels: arch.memory.channels },
    effectiveGBps: arch.effectiveGBps,
    energyPjPerBit: arch.energyPjPerBit,
    technologyNm: arch.technologyNm,
    energyTable: arch.energyTable,
    packing: arch.packing,
    area: {
      macArrayMm2: arch.area.macArrayMm2,
      registersMm2: arch.area.registersMm2,
      scratchpadMm2: arch.area.scratchpadMm2,
      sharedBufferMm2: arch.area.sharedBufferMm2,
      vectorUnitMm2: arch.area.vectorUnitMm2,
      interconnectMm2: arch.area.interconnectMm2,
      offChipInterfaceMm2: arch.area.offChipInterfaceMm2,
      coresMm2: arch.area.coresMm2,
      totalMm2: arch.area.totalMm2,
    },
  };
}

function speedupValue({ baselineBits, value, factors, beganToFit }: Speedup): object {
  return {
    baselineBits,
    value,
    factors: { peak: factors.peak, utilization: factors.utilization, memoryRelief: factors.memoryRelief },
    beganToFit: beganToFit.map(fitValue),
  };
}

function fitValue({ tensor, kind, baselineBits, baselineBytes, bits, bytes, place }: BeganToFit): object {
  return { tensor, kind, baselineBits, baselineBytes, bits, bytes, place };
}

/** JSON has no word for these, and `JSON.stringify` would write null: a reader would take a bug for "not known". */
function refuseNonFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error(`${key} is ${value}, which JSON cannot say`);
  return value;
}
